"""The public page of an entry as it would be with what is typed: nothing is saved.

The form is saved, the page is written, and all of it is undone. It is shown on a page
of the administration, in a frame as wide as a telephone that has its text in itself:
no public address may be framed (see docs/decisions/2026-11-22-previews.md).
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.translation import gettext as _

from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.admin.conflicts import PREVIEW
from herne_bildung.city.typed_forms import without_secrets
from herne_bildung.lib.languages import BY_CODE, DEFAULT_LANGUAGE, LANGUAGES

LANGUAGE = "preview_language"
# Writes the public page of an entry as HTML, in the language that is active.
PublicPage = Callable[[HttpRequest, Any, str], str]
KEPT_OF_REQUEST = ("SERVER_NAME", "SERVER_PORT", "HTTP_HOST", "wsgi.url_scheme")


_pages: dict[type[Model], PublicPage] = {}


def give_page(model: type[Model], page: PublicPage) -> None:
    """Entries of this model have this public page, which an upper app writes."""
    _pages[model] = page


class PreviewAdmin(OwnEntriesAdmin):
    """For admin classes whose entries have a public page (`give_page`)."""

    def preview_link(self, request: HttpRequest, entry: Model) -> tuple[str, bool]:
        """Address of the saved draft for people without a login, empty if none, and
        whether it shows a change that waits.
        """
        return "", False

    def changeform_view(
        self, request: HttpRequest, *args: Any, **options: Any
    ) -> HttpResponse:
        if request.method != "POST" or PREVIEW not in request.POST:
            return super().changeform_view(request, *args, **options)
        with transaction.atomic():
            response = super().changeform_view(request, *args, **options)
            context = getattr(response, "context_data", None) or {}
            if "adminform" in context:
                response = self._faults(request, context)
            transaction.set_rollback(True)
        return response

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        entry = context.get("original")
        context["previews"] = LANGUAGES
        link, is_of_change = self.preview_link(request, entry) if entry else ("", False)
        context |= {"preview_link": link, "preview_link_is_of_change": is_of_change}
        return super().render_change_form(request, context, *args, **options)

    def response_add(
        self, request: HttpRequest, obj: Model, post_url_continue: str | None = None
    ) -> HttpResponse:
        if PREVIEW in request.POST:
            return self._preview(request, obj)
        return super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Model) -> HttpResponse:
        if PREVIEW in request.POST:
            return self._preview(request, obj)
        return super().response_change(request, obj)

    def _preview(self, request: HttpRequest, entry: Model) -> HttpResponse:
        language = BY_CODE.get(request.POST.get(LANGUAGE, ""))
        language = language or BY_CODE[DEFAULT_LANGUAGE]
        with translation.override(language.code):
            page = _pages[self.model](request, entry, language.code)
        # Links of the page lead nowhere: the frame may open no window.
        page = page.replace("<head>", '<head><base target="_blank">', 1)
        kept = [
            (name, value)
            for name, values in without_secrets(request.POST).lists()
            for value in values
            if name != LANGUAGE
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview: nothing is saved"),
            "opts": self.opts,
            "page_html": page,
            "kept": kept,
            "languages": LANGUAGES,
            "language": language,
            "language_name": LANGUAGE,
        }
        response = render(request, "admin/preview/page.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    def _faults(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        """What keeps the page from being shown, in the window of the preview."""
        form = context["adminform"].form
        found = _errors_of(form)
        for one in context["inline_admin_formsets"]:
            found += [("", text) for text in one.formset.non_form_errors()]
            for row in one.formset.forms:
                found += _errors_of(row)
        # Said to the form, which is not shown here.
        list(messages.get_messages(request))
        shown = {
            **self.admin_site.each_context(request),
            "title": _("No preview yet"),
            "opts": self.opts,
            "faults": found,
        }
        return render(request, "admin/preview/faults.html", shown)


def public_request(request: HttpRequest, path: str) -> HttpRequest:
    """A visitor's request for a public page, for its template."""
    public = HttpRequest()
    public.method, public.path, public.path_info = "GET", path, path
    public.META = {
        name: request.META[name] for name in KEPT_OF_REQUEST if name in request.META
    }
    public.user = AnonymousUser()
    public.LANGUAGE_CODE = translation.get_language()
    return public


def _errors_of(form: Any) -> list[tuple[str, str]]:
    return [
        (str(form.fields[name].label) if name in form.fields else "", text)
        for name, texts in form.errors.items()
        for text in texts
    ]
