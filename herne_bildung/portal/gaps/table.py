"""Offers by district and topic for an age, or by district and age for a topic, beside
children and indicators. What is a gap is for people to say: numbers stand side by side.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.areas.hierarchy import Part, Tree
from monitoring.areas.values import latest_of, points_of
from monitoring.models import Indicator
from monitoring.series import Point
from monitoring.supply.children import Figures
from monitoring.supply.offers import AGE_GROUPS, CHILDREN, AgeGroup, Supply
from monitoring.supply.overview import OverviewForm, value_in_file, value_of

AGES = {group.key: group for group in (CHILDREN, *AGE_GROUPS)}
ALL_AGES = "all"


class GapsForm(OverviewForm):
    """Which districts, ages and topics, and what stands beside them."""

    age = forms.ChoiceField(
        label=gettext_lazy("Age"), required=False, initial=CHILDREN.key
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic"), required=False)

    def __init__(self, data: QueryDict, supply: Supply) -> None:
        super().__init__(data)
        self.topics = supply.catalogue.topics
        self.fields["age"].choices = [
            (ALL_AGES, _("all ages")),
            *((group.key, group.label) for group in AGES.values()),
        ]
        self.fields["topic"].choices = [
            ("", _("all topics")),
            *(
                (key, "– " * bool(node.parent) + str(node.names[DEFAULT_LANGUAGE]))
                for key, node in self.topics.by_key.items()
            ),
        ]
        self.order_fields(["level", "age", "topic", "indicators"])

    @property
    def age_chosen(self) -> AgeGroup | None:
        """None for all ages; without a choice all children."""
        if not (self.is_bound and self.is_valid()):
            return CHILDREN
        return AGES.get(self.cleaned_data["age"] or CHILDREN.key)

    @property
    def topic_chosen(self) -> str:
        is_right = self.is_bound and self.is_valid()
        return self.cleaned_data["topic"] if is_right else ""


@dataclass(frozen=True, slots=True)
class Column:
    """What the offers of a column have in common; `topic` is the key of theirs."""

    key: str
    label: str
    offers: BitMap
    topic: str


@dataclass(frozen=True, slots=True)
class Cell:
    """Offers that surely are there; `maybe` those of which the place is not sure.
    `url` leads to those of its district and topic, of all ages.
    """

    count: int
    maybe: int
    url: str


@dataclass(frozen=True, slots=True)
class GapRow:
    """A part of the city. `values` are those of the chosen indicators in words."""

    part: Part
    children: str
    cells: list[Cell]
    values: list[tuple[Any, str]]
    points: list[Point | None]


@dataclass(frozen=True, slots=True)
class Gaps:
    """What `admin/gaps.html` shows of offers."""

    form: GapsForm
    columns: list[Column]
    indicators: Sequence[Indicator]
    rows: list[GapRow]
    everywhere: list[int]

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
        """Header and rows for CSV; a state without a value has its code beside it."""
        head = ["area", "name", "level", "children"]
        for column in self.columns:
            head += [column.key, f"{column.key}_may"]
        for one in self.indicators:
            head += [one.slug, f"{one.slug}_period", f"{one.slug}_state"]
        return head, [self._line(row) for row in self.rows]

    def _line(self, row: GapRow) -> list[Any]:
        area = row.part.area
        line: list[Any] = [area.key, area.name, area.level, row.children]
        for cell in row.cells:
            line += [cell.count, cell.maybe]
        for point in row.points:
            line += value_in_file(point)
        return line


def gaps(data: QueryDict) -> Gaps:
    """The table for a choice; a fixed number of queries."""
    supply = Supply()
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
        children = figures.children(part.area, points)
        rows.append(
            GapRow(
                part,
                str(children.number) if children else "",
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
        [len(everywhere & column.offers) for column in columns],
    )


def _columns(form: GapsForm, supply: Supply) -> list[Column]:
    """Ages of the chosen topic, or main topics for the chosen age."""
    if topic := form.topic_chosen:
        of_topic = supply.index.having("topic", [topic])
        return [
            Column(
                group.key,
                group.label,
                of_topic & supply.for_age(group),
                topic,
            )
            for group in AGES.values()
        ]
    group = form.age_chosen
    fitting = supply.for_age(group) if group else supply.catalogue.visible()
    return [
        Column(
            key,
            str(node.names[DEFAULT_LANGUAGE]),
            supply.index.having("topic", [key]) & fitting,
            key,
        )
        for key, node in form.topics.by_key.items()
        if node.parent is None
    ]


def _cells(district: str, columns: Sequence[Column], supply: Supply) -> list[Cell]:
    offers = supply.of_district(district)
    path = reverse("offerings")
    return [
        Cell(
            len(offers.here & column.offers),
            len(offers.maybe & column.offers),
            address(path, [("district", district), ("topic", column.topic)]),
        )
        for column in columns
    ]
