"""Raw values: figures before their protection, to read only, each look in the log."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import audit
from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import STATISTICS, reads_raw_values
from monitoring.models import Indicator, RawValue


@admin.register(RawValue)
class RawValueAdmin(OwnEntriesAdmin):
    """For members of the statistics office alone: not for administrators, either."""

    rights = {STATISTICS: ("view",)}
    list_display = [
        "indicator",
        "area",
        "period",
        "category_1",
        "category_2",
        "category_3",
        "state",
        "value",
        "base",
    ]
    list_display_links = None
    list_select_related = [
        "indicator",
        "area",
        "category_1",
        "category_2",
        "category_3",
    ]
    list_filter = ["indicator", "area__level", "state"]
    search_fields = ["area__name", "period"]
    search_help_text = _("Area or period")
    ordering = ["indicator", "-starts_on", "area", "pk"]
    actions = None

    def has_module_permission(self, request: HttpRequest) -> bool:
        return reads_raw_values(request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: RawValue | None = None
    ) -> bool:
        return reads_raw_values(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: RawValue | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: RawValue | None = None
    ) -> bool:
        return False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        answer = super().changelist_view(request, extra_context)
        _note(request)
        return answer

    def change_view(
        self, request: HttpRequest, object_id: str, *args: Any, **options: Any
    ) -> HttpResponse:
        answer = super().change_view(request, object_id, *args, **options)
        _note(request)
        return answer


def _note(request: HttpRequest) -> None:
    """Who looked, and at what: the indicator, and by what the list was filtered."""
    wanted = request.GET.get("indicator__id__exact", "")
    indicator = Indicator.objects.filter(pk=wanted if wanted.isdecimal() else None)
    audit.record(
        audit.Action.READ_RAW,
        by=request.user,
        about=indicator.first() or str(RawValue._meta.verbose_name_plural),
        model=RawValue._meta.label_lower,
        filters=sorted(request.GET),
    )
