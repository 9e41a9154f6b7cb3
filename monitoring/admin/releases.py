"""Releases: looked at, compared, put on the site at a time, corrected, withdrawn."""

from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from goals.admin.tree import form_path
from herne_bildung.city.admin import language_fieldsets
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES
from monitoring.admin.base import MonitoringAdmin
from monitoring.admin.preview import page_of_draft
from monitoring.admin.release_page import shown_release
from monitoring.admin.release_rows import moment, sees_drafts, step_path
from monitoring.admin.release_steps import STEPS, ReleaseStep, steps_of
from monitoring.choices import WAS_PUBLIC
from monitoring.models import Release
from monitoring.releases import actions


@admin.register(Release)
class ReleaseAdmin(MonitoringAdmin):
    """Values are made and published on pages of their own; the form has the words of
    public ones, for their languages.
    """

    list_display = ["link", "state", "moment", "is_correction"]
    list_display_links = None
    list_filter = ["state", "is_correction", "indicator__theme"]
    list_select_related = ["indicator"]
    search_fields = ["indicator__name_de"]
    ordering = ["-number", "indicator"]
    fieldsets = language_fieldsets("what_changed", "withdrawn_because")

    @admin.display(description=_("release"), ordering="indicator")
    def link(self, release: Release) -> str:
        return format_html('<a href="{}">{}</a>', step_path("steps", release), release)

    @admin.display(description=_("public since"), ordering="published_at")
    def moment(self, release: Release) -> str:
        return moment(release)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Others see values when everyone does."""
        releases = super().get_queryset(request)
        if sees_drafts(request):
            return releases
        return releases.filter(state__in=WAS_PUBLIC)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list[URLPattern]:
        pages = [("", "steps", self.steps_view), ("vorschau/", "preview", self.preview)]
        pages += [
            (f"{one.word}/", one.name, partial(self.step_view, one)) for one in STEPS
        ]
        return [
            *(
                path(
                    f"<int:pk>/fassung/{rest}",
                    self.admin_site.admin_view(view),
                    name=f"monitoring_release_{name}",
                )
                for rest, name, view in pages
            ),
            *super().get_urls(),
        ]

    def response_post_save_change(
        self, request: HttpRequest, obj: Release
    ) -> HttpResponse:
        return redirect(step_path("steps", obj))

    def steps_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What a release says, how it differs, and what can be done with it."""
        release = self._release(request, pk)
        context = {
            "shown": shown_release(release),
            "steps": [
                (one.label, step_path(one.name, release))
                for one in steps_of(release, request.user)
            ],
            "languages": LANGUAGES,
            "may_edit": self.has_change_permission(request, release),
        }
        return self._page(request, "release", release, str(release), context)

    def preview(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The indicator's page with these values; no cache keeps it."""
        release = self._release(request, pk)
        language = BY_CODE.get(
            request.GET.get("sprache", ""), BY_CODE[DEFAULT_LANGUAGE]
        )
        response = HttpResponse(page_of_draft(request, release, language.code))
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def step_view(
        self, step: ReleaseStep, request: HttpRequest, pk: int
    ) -> HttpResponse:
        """Says what will come of it, and asks once more."""
        release = self._release(request, pk)
        if not step.may(request.user):
            raise PermissionDenied
        if release.state not in step.states:
            self.message_user(request, TOO_LATE, messages.WARNING)
            return redirect(step_path("steps", release))
        form = step.form(release, request.POST if request.method == "POST" else None)
        if form.is_valid():
            return self._take(step, request, release, form)
        context = {"step": step, "form": form, "together": []}
        if step.is_of_run:
            others = actions.together(release)
            context["together"] = [one for one in others if one.pk != release.pk]
        return self._page(request, "step", release, str(step.label), context)

    def _take(
        self, step: ReleaseStep, request: HttpRequest, release: Release, form: Any
    ) -> HttpResponse:
        try:
            with transaction.atomic():
                self.log_change(request, release, str(step.label))
                step.take(release, form, request.user)
        except actions.ReleaseError as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect(step_path("steps", release))
        self.message_user(request, step.done)
        if Release.objects.filter(pk=release.pk).exists():
            return redirect(step_path("steps", release))
        return redirect(f"{form_path(release.indicator)}#releases")

    def _release(self, request: HttpRequest, pk: int) -> Release:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = self.get_queryset(request).filter(pk=pk)
        release = found.select_related(
            "indicator__theme", "run__table_set__rule"
        ).first()
        if release is None:
            raise Http404
        return release

    def _page(
        self,
        request: HttpRequest,
        name: str,
        release: Release,
        title: str,
        context: dict[str, Any],
    ) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        common = {
            "title": title,
            "opts": self.opts,
            "release": release,
            "indicator": release.indicator,
            "indicator_path": form_path(release.indicator),
        }
        shown = {**frame, **common, **context}
        return render(request, f"admin/monitoring/{name}.html", shown)


TOO_LATE = _("Somebody else was quicker: this step is not possible any more.")
