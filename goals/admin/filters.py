"""Filters of the lists: what somebody should look after."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from goals import care_lists
from herne_bildung.lib import clock


class ChosenFilter(admin.SimpleListFilter):
    """Choices, each with the rows it keeps of a list."""

    choices_of: dict[str, tuple[Any, Any]] = {}

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(value, label) for value, (label, _rows) in self.choices_of.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        _label, rows = self.choices_of.get(self.value(), (None, None))
        return rows(queryset, clock.today()) if rows else queryset


class MeasureCareFilter(ChosenFilter):
    """Of open periods only: closed ones are history."""

    title, parameter_name = _("to look after"), "care"
    choices_of = {
        "overdue": (_("overdue"), care_lists.overdue_measures),
        "milestones": (
            _("with overdue milestones"),
            care_lists.with_overdue_milestones,
        ),
        "no-progress": (
            _("without progress this year"),
            care_lists.without_progress,
        ),
        "nobody": (_("without responsible"), care_lists.without_responsible),
        "no-figure": (_("without a figure"), care_lists.without_figure),
    }


class GoalCareFilter(ChosenFilter):
    title, parameter_name = _("to look after"), "care"
    choices_of = {
        "no-criterion": (
            _("without success criterion"),
            care_lists.without_criterion,
        ),
        "no-short": (_("without plain words"), care_lists.without_short),
        "nobody": (_("without responsible"), care_lists.goals_without_responsible),
        "no-indicator": (_("without an indicator"), care_lists.goals_without_indicator),
    }


class MandateCareFilter(ChosenFilter):
    title, parameter_name = _("to look after"), "care"
    choices_of = {
        "overdue": (_("overdue"), care_lists.overdue_mandates),
        "nobody": (_("without responsible"), care_lists.mandates_without_responsible),
    }
