"""Need beside supply for staff: districts by age beside indicators, as table and CSV.

Offers and indicators stand beside each other. Nothing is made of both: how many offers
are needed is for people to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.areas.hierarchy import Part, Tree
from monitoring.areas.values import latest_of, points_of
from monitoring.choices import OF_HERNE, Level, ValueState
from monitoring.in_words import absent, number, period_in_words, shown, unit_in_words
from monitoring.models import Indicator
from monitoring.series import Point
from monitoring.supply.children import Figures, per_thousand
from monitoring.supply.offers import AGE_GROUPS, CHILDREN, Supply

MOST_INDICATORS = 8
LEVELS = [(level.value, level.label) for level in OF_HERNE if level != Level.CITY]


class OverviewForm(forms.Form):
    """Which districts, and what stands beside them. Always whole: for what the address
    does not say, or says wrongly, the usual choice is shown and counted; what is wrong
    is said at its field, and leaves the others alone.
    """

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=LEVELS, initial=Level.QUARTER.value
    )
    indicators = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Indicators"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict) -> None:
        whole = data.copy()
        for name, asked in self.base_fields.items():
            if asked.initial and not data.get(name):
                whole[name] = asked.initial
        super().__init__(whole)
        in_parts = Indicator.objects.published().filter(
            levels__overlap=[level for level, _label in LEVELS]
        )
        rows = in_parts.order_by("theme", "order", "slug")
        self.by_slug = {one.slug: one for one in rows}
        self.fields["indicators"].choices = [
            (slug, str(one)) for slug, one in self.by_slug.items()
        ]

    def full_clean(self) -> None:
        super().full_clean()
        for name in self._errors:
            right = [self.fields[name].initial or ""]
            if name == "indicators":
                given = set(self.data.getlist(name))
                right = [slug for slug in self.by_slug if slug in given]
            self.data.setlist(name, right[:MOST_INDICATORS])

    def clean_indicators(self) -> list[str]:
        chosen = list(self.cleaned_data["indicators"])
        if len(chosen) > MOST_INDICATORS:
            text = _("At most %(number)s at once; the first ones are shown.")
            raise forms.ValidationError(text % {"number": MOST_INDICATORS})
        return chosen

    def chosen(self, name: str) -> list[str]:
        """What counts for a field; nothing wrong is in it."""
        self.is_valid()
        return [value for value in self.data.getlist(name) if value]

    @property
    def level_chosen(self) -> str:
        return self.chosen("level")[-1]

    @property
    def indicators_chosen(self) -> list[Indicator]:
        chosen = set(self.chosen("indicators"))
        return [one for slug, one in self.by_slug.items() if slug in chosen]

    @property
    def query(self) -> str:
        """All that counts, for the address of the file."""
        return urlencode(
            [(name, value) for name in self.fields for value in self.chosen(name)]
        )


@dataclass(frozen=True, slots=True)
class DistrictRow:
    """A district: its children, offers and rate for each age, values of indicators."""

    part: Part
    children: str
    offers: list[tuple[int, str]]
    values: list[tuple[Any, str]]
    points: list[Point | None] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class SupplyOverview:
    """What `admin/monitoring/supply.html` shows."""

    form: OverviewForm
    indicators: Sequence[Indicator]
    rows: list[DistrictRow]
    everywhere: list[int]
    left_out: str

    @property
    def ages(self) -> list[str]:
        return [group.label for group in (CHILDREN, *AGE_GROUPS)]

    def file(self) -> tuple[list[str], list[list[Any]]]:
        """Header and rows for CSV."""
        head = head_of_areas()
        for label in self.ages:
            head += [
                f"{_('Offers here')}: {label}",
                f"{_('Offers here per 1,000 people under 18')}: {label}",
            ]
        return head + head_of(self.indicators), [self._line(row) for row in self.rows]

    def _line(self, row: DistrictRow) -> list[Any]:
        line = [*area_in_file(row.part), row.children]
        for count, rate in row.offers:
            line += [count, rate]
        for point in row.points:
            line += value_in_file(point)
        return line


def supply_overview(data: QueryDict) -> SupplyOverview:
    """The table for a choice; a fixed number of queries."""
    form = OverviewForm(data)
    indicators = form.indicators_chosen
    parts = [part for part in Tree() if part.area.level == form.level_chosen]
    points = points_of(part.area for part in parts)
    supply, figures = Supply(has_samples=False), Figures()
    rows = [row_of(part, indicators, points, supply, figures) for part in parts]
    everywhere = supply.everywhere
    return SupplyOverview(
        form,
        indicators,
        rows,
        [len(everywhere & supply.for_age(one)) for one in (CHILDREN, *AGE_GROUPS)],
        supply.left_out,
    )


def row_of(
    part: Part,
    indicators: Sequence[Indicator],
    points: dict[tuple[int, int], list[Point]],
    supply: Supply,
    figures: Figures,
) -> DistrictRow:
    here = supply.of_district(part.area.district.key).here
    children = figures.children(part.area, points)
    offers = []
    for group in (CHILDREN, *AGE_GROUPS):
        count = len(here & supply.for_age(group))
        rate = per_thousand(count, children)
        offers.append((count, "" if rate is None else number(rate, 1)))
    latest = [latest_of(points.get((one.pk, part.area.pk), ())) for one in indicators]
    return DistrictRow(
        part,
        str(children.number) if children else "",
        offers,
        [value_of(*pair) for pair in zip(latest, indicators, strict=True)],
        latest,
    )


def head_of_areas() -> list[str]:
    """Names of the columns that say which area it is, and its children."""
    return [_("Key"), _("Area"), _("Level"), _("People under 18")]


def area_in_file(part: Part) -> list[str]:
    area = part.area
    return [area.key, area.name, str(Level(area.level).label)]


def head_of(indicators: Sequence[Indicator]) -> list[str]:
    """Names of the columns of `value_in_file`."""
    return [
        name
        for one in indicators
        for name in (
            f"{one.name_de} ({unit_in_words(one)})",
            f"{one.name_de}: {_('Period')}",
            f"{one.name_de}: {_('State')}",
        )
    ]


def value_in_file(point: Point | None) -> list[str]:
    """Value, period, and why there is no value, as spreadsheets in German read them."""
    if point is None:
        return ["", "", str(ValueState.NOT_AVAILABLE.label)]
    if point.state != ValueState.VALUE or point.value is None:
        return ["", point.period, str(ValueState(point.state).label)]
    return [f"{point.value.normalize():f}".replace(".", ","), point.period, ""]


def value_of(point: Point | None, indicator: Indicator) -> tuple[Any, str]:
    """A value with its unit, and its period."""
    if point is None:
        return absent(), ""
    value = shown(point, DEFAULT_LANGUAGE, indicator=indicator)
    return value, period_in_words(point.period, DEFAULT_LANGUAGE)
