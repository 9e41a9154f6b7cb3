"""The admin, safe against addresses that were tampered with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import SuspiciousOperation
from django.db.models import ForeignObjectRel
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from herne_bildung.city import typed_forms, typed_views
from herne_bildung.lib.row_numbers import is_row_number

View = Callable[..., HttpResponse]


class ChoicesView(AutocompleteJsonView):
    """What a field offers while one types; only for fields that forms may have."""

    def process_request(self, request: HttpRequest) -> tuple[Any, ...]:
        found = super().process_request(request)
        _term, _model_admin, field, _to_field_name = found
        if isinstance(field, ForeignObjectRel):
            raise SuspiciousOperation("choices of a field that no form has")
        return found


class PortalAdminSite(AdminSite):
    """Django's admin. PostgreSQL knows no NUL in a text: no view is asked with one."""

    def admin_view(self, view: View, cacheable: bool = False) -> View:
        checked = super().admin_view(view, cacheable)

        @wraps(checked)
        def without_nul(request: HttpRequest, *args: Any, **kwargs: Any):
            if any("\0" in str(part) for part in (*args, *kwargs.values())):
                raise Http404
            for name, values in request.GET.lists():
                if "\0" in name or any("\0" in value for value in values):
                    raise SuspiciousOperation("NUL in a parameter")
            if request.method != "POST":
                return checked(request, *args, **kwargs)
            _leave_out_no_rows(request)
            if not self.has_permission(request):
                _keep_typed(request)
            response = checked(request, *args, **kwargs)
            typed_forms.discard_when_saved(request, response)
            return response

        return without_nul

    def get_urls(self) -> list[URLPattern]:
        typed, discarded = typed_views.keep_typed, typed_views.discard_typed
        return [
            path("getippt/", self.admin_view(typed), name="typed_form"),
            path(
                "getippt/verwerfen/", self.admin_view(discarded), name="typed_discard"
            ),
            *super().get_urls(),
        ]

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ChoicesView.as_view(admin_site=self)(request)


def _leave_out_no_rows(request: HttpRequest) -> None:
    """Of the rows ticked in a list keep those that can be one."""
    ticked = request.POST.getlist(ACTION_CHECKBOX_NAME)
    if not all(map(is_row_number, ticked)):
        sent = request.POST.copy()
        sent.setlist(ACTION_CHECKBOX_NAME, list(filter(is_row_number, ticked)))
        request.POST = sent


def _keep_typed(request: HttpRequest) -> None:
    """Keep what was typed in a session that ended, and say so where one signs in."""
    kept = typed_forms.keep_when_signed_out(request)
    if kept is not None and kept.was_sent:
        messages.info(
            request,
            _("You are signed out. What you typed is kept; sign in again to save it."),
        )
