"""What people decide about with the buttons of its page, and nobody edits."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.pages import MISSING


class ToDecideAdmin(OwnEntriesAdmin):
    """Rows about an entry, such as reports. Subclasses say in `decide` what a button
    does, and in `context_of` what the page shows beside the fields.
    """

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return lookup == "entry__id__exact" or super().lookup_allowed(
            lookup, value, request
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list:
        do = self.admin_site.admin_view(self.do_view)
        name = f"freshness_{self.opts.model_name}_do"
        return [path("<int:pk>/tun/", do, name=name), *super().get_urls()]

    def do_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, row):
            raise PermissionDenied
        return self.decide(request, row)

    def decide(self, request: HttpRequest, row: Any) -> HttpResponse:
        """Do what the button says, or nothing; then lead on."""
        raise NotImplementedError

    def context_of(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row: Model | None = self.get_object(request, object_id)
        more: dict[str, Any] = {"show_save": False, "show_save_and_continue": False}
        if row is not None:
            more |= {"is_missing": MISSING in request.GET, **self.context_of(row)}
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )
