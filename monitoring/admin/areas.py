from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.rights import ADVISERS, OFFICE, STATISTICS
from monitoring.admin.base import SOURCE, MonitoringAdmin
from monitoring.admin.lists import KeyStays
from monitoring.models import Area


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
