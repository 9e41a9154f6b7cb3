"""Public values of a release, as tables and charts take them: few areas, one part of
the breakdowns, never a whole release. Ask only for releases that are shown.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, german
from monitoring.choices import ValueState
from monitoring.models import Area, Category, Observation, Release
from monitoring.models.value import category_columns

COLUMNS = ("area_id", "period", "starts_on", "state", "value", "base")
FURTHER = ("participation", "note")
# A series never has more: thirty years of months.
MOST_POINTS = 400
Parts = Sequence[Category | None]


@dataclass(frozen=True, slots=True)
class Point:
    """A value of an area; `value` only where `state` is a value. `base` is the people
    it rests on, `participation` in percent; None where not known.
    """

    period: str
    starts_on: date
    state: ValueState
    value: Decimal | None
    base: Decimal | None = None
    participation: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The values of an area in the order of time; periods without a row are missing."""

    label: Text
    points: tuple[Point, ...]
    area: Area


def area_name(area: Area, language: str) -> Text:
    """The name of an area, which is German."""
    return german(area.name, language)


def of_parts(release: Release, categories: Parts = ()) -> QuerySet[Observation]:
    """One part of each breakdown (None or less: the total). A whole table: narrow it
    by areas before it is read; the index `observation_once` finds them.
    """
    return Observation.objects.filter(release=release, **category_columns(categories))


def observations(
    release: Release, areas: Iterable[Area], categories: Parts = ()
) -> QuerySet[Observation]:
    """Those of these areas and one part of each breakdown."""
    ids = [area.pk for area in areas]
    return of_parts(release, categories).filter(area__in=ids)


def series_of(
    release: Release,
    areas: Sequence[Area],
    categories: Parts = (),
    *,
    language: str = DEFAULT_LANGUAGE,
) -> list[Series]:
    """The latest values of each area, in the order of `areas`; one query."""
    found: dict[int, list[Point]] = {area.pk: [] for area in areas}
    rows = observations(release, areas, categories).order_by("-starts_on", "-period")
    for area, point in _points(rows[: MOST_POINTS * max(1, len(areas))]):
        found[area].append(point)
    return [
        Series(area_name(area, language), tuple(reversed(found[area.pk])), area)
        for area in areas
    ]


def values_of(
    release: Release, period: str, areas: Sequence[Area], categories: Parts = ()
) -> dict[int, Point]:
    """The value of each area in a period by the area's id; one query. Areas without a
    row are missing.
    """
    return dict(_points(observations(release, areas, categories).filter(period=period)))


def _points(rows: QuerySet[Observation]) -> Iterator[tuple[int, Point]]:
    for area, period, starts_on, state, *rest in rows.values_list(*COLUMNS, *FURTHER):
        yield area, Point(period, starts_on, ValueState(state), *rest)
