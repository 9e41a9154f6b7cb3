"""The tables of an indicator: over time, between areas, by breakdown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.lib.localized import Text, german, isolated, localized_entry
from herne_bildung.lib.time_periods import first_day
from monitoring.breaks import told_at
from monitoring.choices import Level, Unit, ValueState
from monitoring.filters import Chosen
from monitoring.in_words import (
    ShownValue,
    absent,
    number,
    period_in_words,
    shown,
    unit_in_words,
    with_unit,
)
from monitoring.models import (
    Area,
    Indicator,
    IndicatorDimension,
    Observation,
    Release,
)
from monitoring.ranking import Ranking
from monitoring.series import Point, Series, area_name

PERIODS_A_PAGE = 40
AREAS_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with what stands beside it: on how many people it rests, how many of
    those asked took part, and a German note.
    """

    value: ShownValue
    base: str = ""
    participation: str = ""
    note: Text = field(default_factory=lambda: Text(""))


@dataclass(frozen=True, slots=True)
class Row:
    """`head` names it. `breaks` are told below it, as (kind, reason) of a series;
    `rank` is empty where areas have none, `url` where an area has no page.
    """

    head: Text
    cells: list[Cell]
    rank: str = ""
    is_city: bool = False
    breaks: Sequence[dict[str, Any]] = ()
    url: str = ""


@dataclass(slots=True)
class Table:
    """What `monitoring/value_table.html` shows: `first` heads the first column, `head`
    the others; `parts` are those of breakdowns. `total` rows are on all its pages
    (`pager` as `components/pager.html`).
    """

    id: str
    caption: Text
    unit: str
    first: str
    head: list[Text]
    rows: list[Row]
    parts: list[Text] = field(default_factory=list)
    has_ranks: bool = False
    total: int = 0
    pager: dict[str, Any] | None = None
    title: str = ""

    @property
    def width(self) -> int:
        return len(self.head) + 1


def cell_of(point: Point | None, indicator: Indicator, language: str) -> Cell:
    """A value in a table, whose caption says the unit."""
    if point is None:
        return Cell(absent())
    value = shown(point, language, indicator=indicator, has_unit=False)
    return Cell(
        value,
        base="" if point.base is None else isolated(number(point.base, 0), language),
        participation=_percent(point.participation, language),
        note=german(point.note, language),
    )


def _percent(value: Decimal | None, language: str) -> str:
    if value is None:
        return ""
    decimals = 0 if value == value.to_integral_value() else 1
    return isolated(with_unit(number(value, decimals), Unit.PERCENT), language)


def parts_of(chosen: Chosen, language: str) -> list[Text]:
    """The parts of breakdowns that tables are about: "girls"."""
    found = filter(None, chosen.categories)
    return [localized_entry(one, "name", language) for one in found]


def over_time(
    series: Sequence[Series],
    chosen: Chosen,
    breaks: Iterable[dict[str, Any]],
    indicator: Indicator,
    language: str,
) -> Table:
    """Periods, the newest first, by areas."""
    held = {point.period for one in series for point in one.points}
    periods = [period for period in chosen.periods if period in held]
    found = [{point.period: point for point in one.points} for one in series]
    told: dict[str, list[dict[str, Any]]] = {}
    for one in breaks:
        told.setdefault(told_at(one["period"], one["kind"], periods), []).append(one)
    return Table(
        "over-time",
        localized_entry(indicator, "name", language),
        unit_in_words(indicator),
        _("Period"),
        parts=parts_of(chosen, language),
        total=len(periods),
        head=[one.label for one in series],
        rows=[
            Row(
                Text(period_in_words(period, language)),
                [cell_of(points.get(period), indicator, language) for points in found],
                breaks=told.get(period, ()),
            )
            for period in periods
        ],
    )


def between_areas(
    found: Ranking, chosen: Chosen, indicator: Indicator, language: str
) -> Table:
    """The areas of the level in the period, Herne as a whole first where it is none
    of them.
    """

    def row(area: Area) -> Row:
        cell = cell_of(found.points.get(area.pk), indicator, language)
        rank = found.ranks.get(area.pk)
        name = area_name(area, language)
        is_city = area.level == Level.CITY
        return Row(name, [cell], str(rank or ""), is_city, url=page_of(area))

    rows = [row(area) for area in found.in_order]
    if chosen.city and not chosen.is_wide:
        rows.insert(0, row(chosen.city))
    period = period_in_words(chosen.period, language)
    return Table(
        "between-areas",
        localized_entry(indicator, "name", language),
        unit_in_words(indicator),
        _("Area"),
        [Text(period)],
        rows,
        parts=parts_of(chosen, language),
        has_ranks=bool(found.ranks),
        total=len(rows),
        title=_("Areas compared: %(period)s") % {"period": period},
    )


def page_of(area: Area) -> str:
    """The picture of a part of the city; other areas have none."""
    return reverse("area", args=[area.key]) if area.district_id else ""


def by_breakdown(
    indicator: Indicator, release: Release, chosen: Chosen, language: str
) -> list[Table]:
    """For Herne in the period: a table of the parts of each breakdown. One query, none
    for indicators without breakdowns.
    """
    uses = list(indicator.breakdowns.all())
    if not uses or chosen.city is None or not chosen.period:
        return []
    parts = {use.position: list(use.dimension.categories.all()) for use in uses}
    wanted = Q()
    for position, categories in parts.items():
        columns = {f"category_{number}": None for number in (1, 2, 3)}
        del columns[f"category_{position}"]
        wanted |= Q(**columns, **{f"category_{position}__in": categories})
    rows = Observation.objects.filter(
        wanted, release=release, area=chosen.city, period=chosen.period
    )
    found = {
        entry.category_1_id or entry.category_2_id or entry.category_3_id: Point(
            entry.period,
            first_day(entry.period),
            ValueState(entry.state),
            entry.value,
            entry.base,
            entry.participation,
            entry.note,
        )
        for entry in rows
    }
    tables = [_breakdown(use, found, indicator, chosen, language) for use in uses]
    return [table for table in tables if table is not None]


def _breakdown(
    use: IndicatorDimension,
    found: Mapping[int, Point],
    indicator: Indicator,
    chosen: Chosen,
    language: str,
) -> Table | None:
    categories = list(use.dimension.categories.all())
    if not any(one.pk in found for one in categories):
        return None
    name = localized_entry(use.dimension, "name", language)
    return Table(
        f"by-{use.dimension.key}",
        localized_entry(indicator, "name", language),
        unit_in_words(indicator),
        name.text,
        [Text(period_in_words(chosen.period, language))],
        total=len(categories),
        title=_("Herne by %(breakdown)s") % {"breakdown": name.text},
        rows=[
            Row(
                localized_entry(one, "name", language),
                [cell_of(found.get(one.pk), indicator, language)],
            )
            for one in categories
        ],
    )
