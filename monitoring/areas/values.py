"""What is known of an area: each indicator, beside what it is part of."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Window
from django.db.models.functions import RowNumber

from herne_bildung.lib.localized import Text, german, isolated, localized_entry
from monitoring.areas.hierarchy import Part
from monitoring.areas.sparkline import sparkline
from monitoring.choices import Level, ValueState
from monitoring.drawing.picture import Drawing
from monitoring.in_words import (
    ShownValue,
    absent,
    indicator_url,
    number,
    period_in_words,
    shown,
    unit_beside,
)
from monitoring.models import Area, Indicator, Observation
from monitoring.series import Point, area_name

# The newest periods of a series; the page of the indicator has all.
MOST_PERIODS = 40


@dataclass(frozen=True, slots=True)
class AreaCell:
    """A value; `period` is said only where it is not that of the row. `base` are the
    people it rests on.
    """

    value: ShownValue
    period: str = ""
    base: str = ""
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator with the value of the area first, then of what is above it.
    `where` names the area of an inherited value.
    """

    indicator: Indicator
    name: Text
    url: str
    unit: str
    period: str
    cells: list[AreaCell]
    line: Drawing | None = None
    where: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class ThemeRows:
    """The rows of a theme."""

    key: str
    name: Text
    rows: list[IndicatorRow]


@dataclass(slots=True)
class AreaValues:
    """All indicators for an area: `own` are made for its level or have values of it;
    `inherited` are known above it only; `unknown` neither. `columns` are the areas
    of `own`, the area itself first.
    """

    columns: list[Area]
    own: list[ThemeRows]
    inherited: list[ThemeRows]
    unknown: list[IndicatorRow]
    has_lines: bool
    points: dict[tuple[int, int], list[Point]]

    @property
    def rows(self) -> list[IndicatorRow]:
        """All with a value here or above."""
        return [row for theme in (*self.own, *self.inherited) for row in theme.rows]


def area_values(part: Part, language: str) -> AreaValues:
    """The values of an area and of what it is part of; three queries."""
    chain = [part.area, *(one.area for one in part.above)]
    indicators = list(
        Indicator.objects.published()
        .select_related("theme")
        .prefetch_related("breaks")
        .order_by("theme__order", "theme__key", "order", "slug")
    )
    points = points_of(chain)
    own = [one for one in indicators if is_of(one, part.area, points)]
    left = [one for one in indicators if one not in own]
    columns = compared(chain, own, points)
    inherited = [
        row for one in left if (row := inherited_row(one, chain[1:], points, language))
    ]
    known = {row.indicator.pk for row in inherited}
    rows = [own_row(one, columns, points, language) for one in own]
    return AreaValues(
        columns,
        by_theme(rows, language),
        by_theme(inherited, language),
        [
            IndicatorRow(one, name_of(one, language), indicator_url(one), "", "", [])
            for one in left
            if one.pk not in known
        ],
        any(row.line for row in rows),
        points,
    )


def points_of(areas: Iterable[Area]) -> dict[tuple[int, int], list[Point]]:
    """The newest totals of these areas in current releases, by indicator and area, in
    the order of time; one query, by the index of the totals of areas.
    """
    rank = Window(
        RowNumber(),
        partition_by=["release_id", "area_id"],
        order_by=[F("starts_on").desc(), F("period").desc()],
    )
    rows = (
        Observation.objects.public()
        .totals()
        .filter(area__in=[area.pk for area in areas])
        .annotate(rank=rank)
        .filter(rank__lte=MOST_PERIODS)
        .values_list(
            "release__indicator_id", "area_id",
            "period", "starts_on", "state", "value", "base", "participation", "note",
        )
    )  # fmt: skip
    found: dict[tuple[int, int], list[Point]] = defaultdict(list)
    for indicator, area, period, starts_on, state, *rest in rows:
        point = Point(period, starts_on, ValueState(state), *rest)
        found[indicator, area].append(point)
    for points in found.values():
        points.sort(key=lambda point: (point.starts_on, point.period))
    return dict(found)


def is_of(indicator: Indicator, area: Area, points: dict) -> bool:
    """Whether an indicator says anything of an area, were it that it is secret."""
    if area.level in indicator.levels:
        return True
    found = points.get((indicator.pk, area.pk), ())
    return any(point.state != ValueState.NOT_AVAILABLE for point in found)


def compared(
    chain: Sequence[Area], own: Sequence[Indicator], points: dict
) -> list[Area]:
    """The area, the next above it of which anything is known, and the city."""
    above = [area for area in chain[1:] if area.level != Level.CITY]
    known = [
        area
        for area in above
        if any((one.pk, area.pk) in points and is_of(one, area, points) for one in own)
    ]
    city = [area for area in chain[1:] if area.level == Level.CITY]
    return [chain[0], *known[:1], *city]


def own_row(
    indicator: Indicator, columns: Sequence[Area], points: dict, language: str
) -> IndicatorRow:
    """The latest value of the area, and what the others had then."""
    series = [points.get((indicator.pk, area.pk), []) for area in columns]
    latest = latest_of(series[0])
    period = latest.period if latest else ""
    cells = [cell_of(latest, period, indicator, language)]
    for others in series[1:]:
        then = next((point for point in others if point.period == period), None)
        cells.append(cell_of(then or latest_of(others), period, indicator, language))
    return IndicatorRow(
        indicator,
        name_of(indicator, language),
        indicator_url(indicator),
        unit_beside(indicator),
        period_in_words(period, language) if period else "",
        cells,
        sparkline(indicator, series[0], language),
    )


def inherited_row(
    indicator: Indicator, above: Sequence[Area], points: dict, language: str
) -> IndicatorRow | None:
    """The latest value of the nearest area above that has one."""
    for area in above:
        found = [
            point
            for point in points.get((indicator.pk, area.pk), ())
            if point.state == ValueState.VALUE
        ]
        if found:
            latest = found[-1]
            return IndicatorRow(
                indicator,
                name_of(indicator, language),
                indicator_url(indicator),
                unit_beside(indicator),
                period_in_words(latest.period, language),
                [cell_of(latest, latest.period, indicator, language)],
                where=area_name(area, language),
            )
    return None


def latest_of(points: Sequence[Point]) -> Point | None:
    """The latest of which anything is known; else the latest."""
    known = [one for one in points if one.state != ValueState.NOT_AVAILABLE]
    return (known or list(points) or [None])[-1]


def cell_of(
    point: Point | None, period: str, indicator: Indicator, language: str
) -> AreaCell:
    """A value with its unit; its period where it is another one than `period`."""
    if point is None:
        return AreaCell(absent())
    is_other = point.period != period
    return AreaCell(
        shown(point, language, indicator=indicator),
        period_in_words(point.period, language) if is_other else "",
        "" if point.base is None else isolated(number(point.base, 0), language),
        german(point.note, language),
    )


def name_of(indicator: Indicator, language: str) -> Text:
    return localized_entry(indicator, "name", language)


def by_theme(rows: Iterable[IndicatorRow], language: str) -> list[ThemeRows]:
    """In the order of the themes."""
    found: dict[int, ThemeRows] = {}
    for row in rows:
        theme = row.indicator.theme
        name = localized_entry(theme, "name", language)
        found.setdefault(theme.pk, ThemeRows(theme.key, name, [])).rows.append(row)
    return list(found.values())
