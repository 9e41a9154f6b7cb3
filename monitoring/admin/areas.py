from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.rights import ADVISERS, OFFICE, STATISTICS
from herne_bildung.lib.tables import csv_lines
from monitoring.admin.base import SOURCE, MonitoringAdmin
from monitoring.admin.lists import KeyStays
from monitoring.models import Area
from monitoring.supply.overview import supply_overview


@admin.register(Area)
class AreaAdmin(KeyStays, MonitoringAdmin):
    """What figures are known for. Names and shapes of Herne's parts are those of their
    districts.
    """

    # Names are German in all languages: there is nothing to translate.
    rights = {
        OFFICE: ("view", "add", "change"),
        ADVISERS: ("view",),
        STATISTICS: ("view",),
    }
    change_list_template = "admin/monitoring/area_list.html"
    list_display = ["name", "level", "official_key", "parent", "is_neighbour", "order"]
    list_filter = ["level", "is_neighbour"]
    list_select_related = ["parent"]
    search_fields = ["name", "key", "official_key"]
    autocomplete_fields = ["parent", "district", "school"]
    fieldsets = [
        (None, {"fields": ["key", ("level", "order"), "name", "official_key"]}),
        (
            _("Where does it belong?"),
            {"fields": ["parent", "district", "school", "is_neighbour"]},
        ),
        (_("Shape"), {"fields": ["shape"], "classes": ["collapse"]}),
        SOURCE,
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Values rest on its level: another one is another area."""
        fields = super().get_readonly_fields(request, obj)
        return fields if obj is None else [*fields, "level"]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.supply_view)
        name = "monitoring_area_supply"
        return [path("angebote/", view, name=name), *super().get_urls()]

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        supply_path = reverse("admin:monitoring_area_supply")
        context = {**(extra_context or {}), "supply_path": supply_path}
        return super().changelist_view(request, context)

    def supply_view(self, request: HttpRequest) -> HttpResponse:
        """Offers by district and age beside indicators; as CSV with `file=csv`."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = supply_overview(request.GET)
        if request.GET.get("file") == "csv" and found.form.is_valid():
            notes = [found.left_out] if found.left_out else []
            return HttpResponse(
                csv_lines(*found.file(), notes),
                content_type="text/csv; charset=utf-8",
                headers={"Content-Disposition": 'attachment; filename="angebote.csv"'},
            )
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Children and offers"),
            "opts": self.opts,
            "supply": found,
        }
        return render(request, "admin/monitoring/supply.html", context)
