"""Filters of lists of the administration."""

from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.rhythm import State
from herne_bildung.freshness.states import in_state
from herne_bildung.lib import clock


class StateFilter(admin.SimpleListFilter):
    """How fresh entries are."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in State.values:
            return queryset
        return queryset.filter(in_state(self.value(), clock.today()))


class KindFilter(admin.SimpleListFilter):
    """Offers, organisations, …"""

    title = _("kind")
    parameter_name = "kind"
    column = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [
            (kind.name, kind.label) for kind in kinds().values() if kind.is_confirmed
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() not in kinds():
            return queryset
        return queryset.filter(**{self.column: self.value()})


class KindOfEntryFilter(KindFilter):
    """The same for rows about an entry."""

    column = "entry__kind"


class YesNoFilter(admin.SimpleListFilter):
    """Rows for which `condition` holds or does not hold."""

    condition: Q

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("yes", _("Yes")), ("no", _("No"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        if self.value() == "yes":
            return queryset.filter(self.condition)
        return queryset.exclude(self.condition) if self.value() == "no" else queryset
