"""Calls of the call list, open and done, to look up."""

from django.contrib import admin
from django.http import HttpRequest

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE
from herne_bildung.freshness.models import Call


@admin.register(Call)
class CallAdmin(OwnEntriesAdmin):
    """Read only: calls are made on the call list. The right to change opens it."""

    rights = {OFFICE: ("view", "change")}
    list_display = ["entry", "reason", "since", "tries", "next_try_on", "result"]
    list_display += ["closed_by"]
    list_filter = ["reason", "result"]
    list_select_related = ["entry", "closed_by"]
    search_fields = ["entry__title", "entry__organisation__name_de"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Call | None = None
    ) -> bool:
        return False
