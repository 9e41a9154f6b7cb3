"""The admin, safe against addresses that were tampered with."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import SuspiciousOperation
from django.db.models import ForeignObjectRel
from django.http import HttpRequest, HttpResponse

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
            for name, values in request.GET.lists():
                if "\0" in name or any("\0" in value for value in values):
                    raise SuspiciousOperation("NUL in a parameter")
            return checked(request, *args, **kwargs)

        return without_nul

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return ChoicesView.as_view(admin_site=self)(request)


class PortalAdminConfig(AdminConfig):
    default_site = "herne_bildung.city.admin_site.PortalAdminSite"
