"""Rows somebody should look after, never of closed periods: one saying for filters of
lists and for the start of the administration.
"""

from datetime import date

from django.db.models import Q, QuerySet

from goals.choices import FINISHED
from goals.models import Milestone
from goals.querysets import MandateQuerySet, MeasureQuerySet


def overdue_measures(measures: MeasureQuerySet, day: date) -> QuerySet:
    """Planned to end before this day and not finished."""
    found = measures.in_open_periods().filter(planned_end__lt=day)
    return found.exclude(status__in=FINISHED)


def overdue_milestones(day: date) -> QuerySet:
    """Not done, their day past."""
    return Milestone.objects.overdue(day)


def with_overdue_milestones(measures: QuerySet, day: date) -> QuerySet:
    """Measures of such milestones."""
    return measures.filter(pk__in=overdue_milestones(day).values("measure"))


def without_progress(measures: MeasureQuerySet, day: date) -> QuerySet:
    """Not finished, and nothing was noted of the year of this day."""
    found = measures.in_open_periods()
    return found.exclude(status__in=FINISHED).exclude(progress__year=day.year)


def without_responsible(measures: MeasureQuerySet, day: date) -> QuerySet:
    """Not finished, and neither organisation nor role is named."""
    return _without_anybody(measures.in_open_periods()).exclude(status__in=FINISHED)


def without_figure(measures: MeasureQuerySet, day: date) -> QuerySet:
    """No finding led to them, and no indicator says what comes of them."""
    return measures.in_open_periods().filter(findings=None, indicators=None)


def goals_without_indicator(goals: QuerySet, day: date) -> QuerySet:
    return goals.filter(period__is_closed=False, indicators=None)


def goals_without_responsible(goals: QuerySet, day: date) -> QuerySet:
    return _without_anybody(goals.filter(period__is_closed=False))


def mandates_without_responsible(mandates: MandateQuerySet, day: date) -> QuerySet:
    return _without_anybody(mandates.in_open_periods())


def _without_anybody(entries: QuerySet) -> QuerySet:
    """Neither organisation nor role is named."""
    return entries.filter(organisation=None, role=None)


def without_criterion(goals: QuerySet, day: date) -> QuerySet:
    """Nobody can see that they are reached."""
    return _without("success_criterion_de", goals)


def without_short(goals: QuerySet, day: date) -> QuerySet:
    return _without("short_de", goals)


def _without(column: str, goals: QuerySet) -> QuerySet:
    empty = Q(**{column: ""}) | Q(**{column: None})
    return goals.filter(empty, period__is_closed=False)


def overdue_mandates(mandates: MandateQuerySet, day: date) -> QuerySet:
    """Their day is past, and they are neither done nor dropped."""
    return mandates.overdue(day)
