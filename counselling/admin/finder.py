"""Versions of the finder: staff edit a draft, look at it, leads publish it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.finder import actions
from counselling.finder.checks import problems_of
from counselling.finder.drawing import branches
from counselling.finder.page import finder_page
from counselling.finder.tree import load
from counselling.models import FinderVersion
from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.preview import public_request
from herne_bildung.city.rights import OFFICE, approves
from herne_bildung.lib.languages import BY_CODE, LANGUAGES


@admin.register(FinderVersion)
class FinderVersionAdmin(OwnEntriesAdmin):
    """Made by `begin_draft` only; what was published stays as it was."""

    rights = {OFFICE: ("view", "add", "change")}
    list_display = ["tree_link", "state", "note", "published_at", "published_by"]
    list_display_links = None
    list_select_related = ["published_by"]
    fields = ["number", "state", "note", "published_at", "published_by"]
    readonly_fields = ["number", "state", "published_at", "published_by"]
    change_list_template = "admin/counselling/finder_list.html"

    @admin.display(description=gettext_lazy("questions"))
    def tree_link(self, version: FinderVersion) -> str:
        text = _("Version %(number)s") % {"number": version.number}
        return format_html('<a href="{}">{}</a>', tree_path(version), text)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: FinderVersion | None = None
    ) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or obj.is_draft)

    def response_post_save_change(
        self, request: HttpRequest, obj: FinderVersion
    ) -> HttpResponse:
        return redirect(tree_path(obj))

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("", "tree", self.tree_view),
            ("entwurf/", "draft", self.draft_view),
            ("vorschau/<slug:language>/", "preview", self.preview_view),
            ("veroeffentlichen/", "publish", self.publish_view),
            ("verwerfen/", "discard", self.discard_view),
        ]
        return [
            *(
                path(
                    f"<int:pk>/fragen/{rest}",
                    self.admin_site.admin_view(view),
                    name=f"counselling_finderversion_{name}",
                )
                for rest, name, view in pages
            ),
            *super().get_urls(),
        ]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """With what to do next: edit, or go on with the draft."""
        drafts = FinderVersion.objects.drafts()
        context = {
            "draft": drafts.first(),
            "published": FinderVersion.objects.published().first(),
            "may_begin": self._may_edit(request),
        }
        return super().changelist_view(request, {**context, **(extra_context or {})})

    def tree_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The tree as nested lists, with its problems and the next steps."""
        version = self._version(request, pk)
        tree = load(version)
        problems = problems_of(tree)
        context = {
            "version": version,
            "branches": branches(tree),
            "problems": problems,
            "may_edit": self._may_edit(request) and version.is_draft,
            "may_begin": self._may_edit(request) and not version.is_draft,
            "may_publish": version.is_draft and approves(request.user),
            "has_errors": any(problem.is_error for problem in problems),
            "languages": LANGUAGES,
        }
        return self._page(request, "tree", _("Questions of the finder"), context)

    def draft_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Begin a draft with the questions of a version: editing, or restoring."""
        version = self._for_a_step(request, pk)
        if isinstance(version, HttpResponse):
            return version
        try:
            draft = actions.begin_draft(version)
        except actions.DraftExists:
            text = _("There is a draft already. Publish it or throw it away first.")
            self.message_user(request, text, messages.WARNING)
            return redirect(
                tree_path(FinderVersion.objects.drafts().first() or version)
            )
        self.log_addition(request, draft, _("from version %s") % version.number)
        return redirect(tree_path(draft))

    def preview_view(self, request: HttpRequest, pk: int, language: str):
        """The public page with these questions; no cache keeps it, nothing counts."""
        version = self._version(request, pk)
        if language not in BY_CODE:
            raise Http404
        with translation.override(language):
            public = public_request(request, reverse("finder"))
            page = finder_page(load(version), request.GET, language, is_preview=True)
            shown = render(public, "counselling/finder.html", {"finder": page})
        shown.headers["Cache-Control"] = "no-store"
        shown.headers["X-Robots-Tag"] = "noindex"
        return shown

    def publish_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, and says what is still open."""
        version = self._version(request, pk)
        if not approves(request.user):
            raise PermissionDenied
        if not version.is_draft:
            return redirect(tree_path(version))
        problems = problems_of(load(version))
        has_errors = any(problem.is_error for problem in problems)
        if request.method == "POST" and not has_errors:
            try:
                actions.publish(version, by=request.user)
            except actions.Refused:
                return redirect(tree_path(version))
            self.message_user(request, _("The public sees these questions now."))
            return redirect(tree_path(version))
        context = {"version": version, "problems": problems, "has_errors": has_errors}
        return self._page(request, "publish", _("Publish the draft?"), context)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        version = self._for_a_step(request, pk)
        if isinstance(version, HttpResponse):
            return version
        try:
            actions.discard(version)
        except actions.Refused:
            return redirect(tree_path(version))
        self.message_user(request, _("The draft is thrown away."))
        return redirect("admin:counselling_finderversion_changelist")

    def _version(self, request: HttpRequest, pk: int) -> FinderVersion:
        if not self.has_view_permission(request):
            raise PermissionDenied
        version = FinderVersion.objects.filter(pk=pk).first()
        if version is None:
            raise Http404
        return version

    def _for_a_step(
        self, request: HttpRequest, pk: int
    ) -> FinderVersion | HttpResponse:
        """The version, for who may edit; a step is never taken by following a link."""
        version = self._version(request, pk)
        if not self._may_edit(request):
            raise PermissionDenied
        return version if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    def _may_edit(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request)

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        shown = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            **context,
        }
        return render(request, f"admin/counselling/finder_{name}.html", shown)


def tree_path(version: FinderVersion) -> str:
    """The page of the tree of a version."""
    return reverse("admin:counselling_finderversion_tree", args=[version.pk])
