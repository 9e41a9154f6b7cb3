"""Rules of protection, sets of linked tables, and what protection did."""

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, STATISTICS
from monitoring.models import ProtectionRule, ProtectionRun, TableSet


class OfStatistics(OwnEntriesAdmin):
    """The statistics office decides; the Bildungsbüro reads."""

    rights = {STATISTICS: ("view", "add", "change"), OFFICE: ("view",)}

    def has_add_permission(self, request: HttpRequest) -> bool:
        return admin.ModelAdmin.has_add_permission(self, request)


@admin.register(ProtectionRule)
class ProtectionRuleAdmin(OfStatistics):
    list_display = ["name", "smallest_count", "distance", "zeros_are_secret"]
    fields = [
        "name",
        "smallest_count",
        "distance",
        "zeros_are_secret",
        "complements_count",
        "dominance_contributors",
        "dominance_percent",
        "about",
    ]


@admin.register(TableSet)
class TableSetAdmin(OfStatistics):
    list_display = ["name", "rule"]
    list_select_related = ["rule"]


@admin.register(ProtectionRun)
class ProtectionRunAdmin(OwnEntriesAdmin):
    """To read only: numbers and reasons, never values."""

    rights = {STATISTICS: ("view",), OFFICE: ("view",)}
    list_display = ["table_set", "started_at", "cells", "primary", "secondary"]
    list_select_related = ["table_set"]
    list_filter = ["table_set"]
    fields = [
        "table_set",
        "started_at",
        "finished_at",
        "started_by",
        "rule",
        "cells",
        "primary",
        "secondary",
        "report",
        "failure",
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
