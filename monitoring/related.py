"""What an indicator is linked with: other definitions of the same thing, goals,
measures, instruments.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.choices import Publication
from goals.in_words import goal_link, measure_link
from goals.models import Goal, Measure
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from monitoring.choices import Level, ReleaseState, ValueState
from monitoring.in_words import indicator_url, period_in_words, unit_in_words
from monitoring.models import (
    Indicator,
    IndicatorRelation,
    Instrument,
    Observation,
    Release,
)
from monitoring.series import Point
from monitoring.tables import Cell, Row, Table, cell_of

MOST_YEARS = 12


@dataclass(frozen=True, slots=True)
class OtherDefinition:
    """Another indicator of the same thing: why it differs, and for Herne both values
    of the years that both have.
    """

    name: Text
    question: Text
    url: str
    explanation: Text
    table: Table | None


def with_relations() -> list[Prefetch]:
    """What `other_definitions` needs: relations whose other side is public."""
    of_public = {
        "relations_on": IndicatorRelation.objects.filter(
            second__state=Publication.PUBLISHED
        ).select_related("second"),
        "relations_back": IndicatorRelation.objects.filter(
            first__state=Publication.PUBLISHED
        ).select_related("first"),
    }
    return [Prefetch(name, rows) for name, rows in of_public.items()]


def with_links() -> list[Prefetch]:
    """Public goals, measures and instruments of an indicator."""
    return [
        Prefetch("goals", Goal.objects.published().select_related("period")),
        Prefetch("measures", Measure.objects.published().in_their_places()),
        Prefetch("instruments", Instrument.objects.published()),
    ]


def links(indicator: Indicator, language: str) -> dict[str, list[dict[str, Any]]]:
    """What `monitoring/linked.html` shows, by kind."""
    return {
        "goals": [goal_link(one, language) for one in indicator.goals.all()],
        "measures": [measure_link(one, language) for one in indicator.measures.all()],
        "instruments": [
            {
                "title": localized_entry(one, "name", language),
                "url": reverse("survey", args=[one.slug]),
            }
            for one in indicator.instruments.all()
        ],
    }


def _others(
    indicator: Indicator,
) -> Iterator[tuple[Indicator, IndicatorRelation]]:
    for relation in indicator.relations_on.all():
        yield relation.second, relation
    for relation in indicator.relations_back.all():
        yield relation.first, relation


def other_definitions(
    indicator: Indicator, release: Release | None, language: str
) -> list[OtherDefinition]:
    """The other definitions, side by side with this one; one query for all values,
    none where there is no other definition.
    """
    others = list(_others(indicator))
    if not others:
        return []
    points = _points(release, [other for other, _relation in others])
    mine = points.get(indicator.pk, {})
    return [
        OtherDefinition(
            name=localized_entry(other, "name", language),
            question=localized_entry(other, "question", language),
            url=indicator_url(other),
            explanation=localized_entry(relation, "explanation", language),
            table=_beside(indicator, mine, other, points.get(other.pk, {}), language),
        )
        for other, relation in others
    ]


def _points(
    release: Release | None, others: list[Indicator]
) -> dict[int, dict[str, Point]]:
    """The values of Herne by indicator and period."""
    shown = Q(release__state=ReleaseState.PUBLISHED, release__indicator__in=others)
    if release is not None:
        shown |= Q(release=release)
    rows: QuerySet = (
        Observation.objects.totals()
        .filter(shown, area__level=Level.CITY)
        .values_list(
            "release__indicator", "period", "starts_on", "state", "value", "base"
        )
    )
    found: dict[int, dict[str, Point]] = {}
    for indicator, period, starts_on, state, *rest in rows:
        point = Point(period, starts_on, ValueState(state), *rest)
        found.setdefault(indicator, {})[period] = point
    return found


def _beside(
    indicator: Indicator,
    mine: dict[str, Point],
    other: Indicator,
    theirs: dict[str, Point],
    language: str,
) -> Table | None:
    ours, others = _by_year(mine), _by_year(theirs)
    years = sorted(ours.keys() & others.keys(), reverse=True)
    if not years:
        return None
    units = dict.fromkeys([unit_in_words(indicator), unit_in_words(other)])
    return Table(
        f"beside-{other.slug}",
        Text(_("Both definitions side by side: Herne")),
        listed(units),
        _("Year"),
        head=[
            localized_entry(indicator, "name", language),
            localized_entry(other, "name", language),
        ],
        rows=[
            Row(
                Text(str(year)),
                [
                    _dated(ours[year], year, indicator, language),
                    _dated(others[year], year, other, language),
                ],
            )
            for year in years[:MOST_YEARS]
        ],
        title=localized_entry(other, "name", language).text,
    )


def _by_year(points: dict[str, Point]) -> dict[int, Point]:
    """The last value of each year: two sources seldom count on the same day."""
    in_order = sorted(points.values(), key=lambda point: point.starts_on)
    return {point.starts_on.year: point for point in in_order}


def _dated(point: Point, year: int, indicator: Indicator, language: str) -> Cell:
    """A value that says what it is of, where that is not the whole year."""
    cell = cell_of(point, indicator, language)
    if point.period == str(year):
        return cell
    return replace(cell, note=Text(period_in_words(point.period, language)))
