"""What people look for: a table for staff, nothing to change."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.finder.looked_for import LEAST_TOLD, number_in_words, table
from counselling.models import ConcernCount
from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE


@admin.register(ConcernCount)
class ConcernCountAdmin(OwnEntriesAdmin):
    """Months and concerns; a single row is shown to nobody, a file has no small
    numbers, and nothing can be filtered by them.
    """

    rights = {OFFICE: ("view",)}
    # For the file; the page is a table of its own.
    list_display = ["concern", "month", "told"]
    list_display_links = None
    list_select_related = ["concern"]

    @admin.display(description=gettext_lazy("number, at least"))
    def told(self, row: ConcernCount) -> str:
        return number_in_words(row.number)

    def has_view_permission(
        self, request: HttpRequest, obj: ConcernCount | None = None
    ) -> bool:
        return obj is None and super().has_view_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: ConcernCount | None = None
    ) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("What people look for"),
            "opts": self.opts,
            "table": table(),
            "least": LEAST_TOLD,
            "exports": [(form, self._export_path(form)) for form in ("csv", "xlsx")],
        }
        return render(request, "admin/counselling/concern_counts.html", context)
