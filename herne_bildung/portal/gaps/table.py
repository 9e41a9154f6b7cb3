"""Offers by district and topic for an age, or by district and age for a topic, beside
children and indicators. What is a gap is for people to say: numbers stand side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from pyroaring import BitMap

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.portal.gaps.form import AGES, ALL, GapsForm
from monitoring.areas.hierarchy import Part, Tree
from monitoring.areas.values import latest_of, points_of
from monitoring.in_words import number, period_in_words
from monitoring.models import Indicator
from monitoring.series import Point
from monitoring.supply.children import Children, Figures
from monitoring.supply.offers import Supply
from monitoring.supply.overview import (
    area_in_file,
    head_of,
    head_of_areas,
    value_in_file,
    value_of,
)


@dataclass(frozen=True, slots=True)
class Column:
    """What the offers of a column have in common; `maybe` do not say their age. `topic`
    is the key of theirs, empty for all.
    """

    key: str
    label: str
    offers: BitMap
    maybe: BitMap
    topic: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Offers that surely fit; `maybe` those of which place or age is not sure. `url`
    leads to those of its district and topic, of all ages.
    """

    count: int
    maybe: int
    url: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A part of the city. `values` are those of the chosen indicators in words."""

    part: Part
    children: Children | None
    cells: list[Cell]
    values: list[tuple[Any, str]]
    points: list[Point | None]

    @property
    def number_of_children(self) -> str:
        return number(Decimal(self.children.number), 0) if self.children else ""

    @property
    def days_of_children(self) -> str:
        """Of the figures it is calculated from, which may be of different days."""
        if self.children is None:
            return ""
        found = (self.children.population.period, self.children.share.period)
        words = [period_in_words(one, DEFAULT_LANGUAGE) for one in found]
        return " / ".join(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class Gaps:
    """What `admin/gaps.html` shows of offers. `everywhere`: for the whole city, by
    column; `without_age`: so many offers say none; `left_out`: a sentence on samples.
    """

    form: GapsForm
    columns: list[Column]
    indicators: Sequence[Indicator]
    rows: list[GapRow]
    everywhere: list[Cell]
    without_age: int
    left_out: str

    @property
    def notes(self) -> list[str]:
        """What readers of the numbers must know, on the page and in the file."""
        day = date_format(clock.today(), "SHORT_DATE_FORMAT")
        notes = [_("As of %(day)s") % {"day": day}, self.left_out]
        if self.without_age:
            text = _("Offers that do not say for which age they are: %(number)s.")
            text %= {"number": self.without_age}
            notes.append(text)
        notes += [
            _(
                "An offer on several topics, for several ages or in several areas "
                "counts in each, so numbers cannot be added up."
            ),
            _(
                "People under 18: calculated and rounded, population times the share "
                "under 18, of the day in brackets."
            ),
        ]
        return [note for note in notes if note]

    @property
    def caption(self) -> str:
        """What is counted."""
        if topic := self.form.topic_chosen:
            name = str(self.form.topics.by_key[topic].names[DEFAULT_LANGUAGE])
            return _("Offers on “%(topic)s” by age") % {"topic": name}
        group = self.form.age_chosen
        age = group.label if group else _("all ages")
        return _("Offers by topic: %(age)s") % {"age": age}

    @property
    def file(self) -> tuple[list[str], list[list[Any]]]:
        """Header and rows for CSV, the whole city last, as on the page."""
        head = [*head_of_areas(), f"{_('People under 18')}: {_('Period')}"]
        perhaps = _("perhaps: place or age not sure")
        for column in self.columns:
            head += [column.label, f"{column.label} – {perhaps}"]
        last = ["", _("For the whole city, online or at home"), "", "", ""]
        for cell in self.everywhere:
            last += [cell.count, cell.maybe]
        last += [""] * len(head_of(self.indicators))
        return head + head_of(self.indicators), [*map(self._line, self.rows), last]

    def _line(self, row: GapRow) -> list[Any]:
        line: list[Any] = area_in_file(row.part)
        line += [row.children.number if row.children else "", row.days_of_children]
        for cell in row.cells:
            line += [cell.count, cell.maybe]
        for point in row.points:
            line += value_in_file(point)
        return line


def gaps(data: QueryDict) -> Gaps:
    """The table for a choice; a fixed number of queries."""
    supply = Supply(has_samples=False)
    form = GapsForm(data, supply)
    columns = _columns(form, supply)
    indicators = form.indicators_chosen
    parts = [part for part in Tree() if part.area.level == form.level_chosen]
    points = points_of(part.area for part in parts)
    figures = Figures()
    rows = []
    for part in parts:
        latest = [
            latest_of(points.get((one.pk, part.area.pk), ())) for one in indicators
        ]
        rows.append(
            GapRow(
                part,
                figures.children(part.area, points),
                _cells(part.area.district.key, columns, supply),
                [value_of(*pair) for pair in zip(latest, indicators, strict=True)],
                latest,
            )
        )
    everywhere = supply.everywhere
    return Gaps(
        form,
        columns,
        indicators,
        rows,
        [
            Cell(len(everywhere & one.offers), len(everywhere & one.maybe), "")
            for one in columns
        ],
        len(supply.without_age & supply.visible),
        supply.left_out,
    )


def _columns(form: GapsForm, supply: Supply) -> list[Column]:
    """Ages of the chosen topic, or main topics for the chosen age; all first."""
    if topic := form.topic_chosen:
        of_topic = supply.index.having("topic", [topic]) & supply.visible
        return [
            Column(ALL, _("all ages"), of_topic, BitMap(), topic),
            *(
                Column(key, group.label, *supply.by_age(of_topic, group), topic)
                for key, group in AGES.items()
            ),
        ]
    group = form.age_chosen
    main = [(key, one) for key, one in form.topics.by_key.items() if not one.parent]
    return [
        Column(ALL, _("all topics"), *supply.by_age(supply.visible, group), ""),
        *(
            Column(
                key,
                str(one.names[DEFAULT_LANGUAGE]),
                *supply.by_age(supply.index.having("topic", [key]), group),
                key,
            )
            for key, one in main
        ),
    ]


def _cells(district: str, columns: Sequence[Column], supply: Supply) -> list[Cell]:
    offers = supply.of_district(district)
    path = reverse("offerings")
    here = [("district", district)]
    return [
        Cell(
            len(offers.here & column.offers),
            len(offers.maybe & (column.offers | column.maybe))
            + len(offers.here & column.maybe),
            address(path, [*here, ("topic", column.topic)] if column.topic else here),
        )
        for column in columns
    ]
