"""Need beside supply for staff: districts by age beside indicators, as table and CSV.

Offers and indicators stand beside each other. Nothing is made of both: how many offers
are needed is for people to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from monitoring.areas.hierarchy import Part, Tree
from monitoring.areas.values import latest_of, points_of
from monitoring.choices import OF_HERNE, Level
from monitoring.in_words import CODES, absent, number, period_in_words, shown
from monitoring.models import Indicator
from monitoring.series import Point
from monitoring.supply.children import Figures, per_thousand
from monitoring.supply.offers import AGE_GROUPS, CHILDREN, Supply

MOST_INDICATORS = 8
LEVELS = [(level.value, level.label) for level in OF_HERNE if level != Level.CITY]


class OverviewForm(forms.Form):
    """Which districts, and what stands beside them."""

    level = forms.ChoiceField(
        label=gettext_lazy("Level"), choices=LEVELS, initial=Level.QUARTER
    )
    indicators = forms.ModelMultipleChoiceField(
        queryset=Indicator.objects.none(),
        to_field_name="slug",
        required=False,
        label=gettext_lazy("Indicators"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data if "level" in data else None)
        in_parts = Indicator.objects.published().filter(
            levels__overlap=[level for level, _label in LEVELS]
        )
        self.fields["indicators"].queryset = in_parts.order_by("theme", "order", "slug")

    def clean_indicators(self) -> list[Indicator]:
        chosen = list(self.cleaned_data["indicators"])
        if len(chosen) > MOST_INDICATORS:
            text = _("At most %(number)s at once; the first ones are shown.")
            raise forms.ValidationError(text % {"number": MOST_INDICATORS})
        return chosen

    @property
    def level_chosen(self) -> str:
        """That of the form, or the usual one."""
        is_right = self.is_bound and self.is_valid()
        return self.cleaned_data["level"] if is_right else Level.QUARTER

    @property
    def indicators_chosen(self) -> list[Indicator]:
        is_right = self.is_bound and self.is_valid()
        return self.cleaned_data["indicators"] if is_right else []


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

    @property
    def ages(self) -> list[str]:
        return [group.label for group in (CHILDREN, *AGE_GROUPS)]

    def file(self) -> tuple[list[str], list[list[Any]]]:
        """Header and rows for CSV; a state without a value has its code beside it."""
        head = ["area", "name", "level", "children"]
        for group in (CHILDREN, *AGE_GROUPS):
            head += [f"offers_{group.key}", f"offers_per_1000_under_18_{group.key}"]
        for one in self.indicators:
            head += [one.slug, f"{one.slug}_period", f"{one.slug}_state"]
        return head, [self._line(row) for row in self.rows]

    def _line(self, row: DistrictRow) -> list[Any]:
        area = row.part.area
        line: list[Any] = [area.key, area.name, area.level, row.children]
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
    supply, figures = Supply(), Figures()
    rows = [row_of(part, indicators, points, supply, figures) for part in parts]
    everywhere = supply.everywhere
    return SupplyOverview(
        form,
        indicators,
        rows,
        [len(everywhere & supply.for_age(one)) for one in (CHILDREN, *AGE_GROUPS)],
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


def value_in_file(point: Point | None) -> list[str]:
    """Value, period and code of its state, as files have them."""
    if point is None:
        return ["", "", "not_available"]
    value = "" if point.value is None else f"{point.value.normalize():f}"
    return [value, point.period, CODES[point.state]]


def value_of(point: Point | None, indicator: Indicator) -> tuple[Any, str]:
    """A value with its unit, and its period."""
    if point is None:
        return absent(), ""
    value = shown(point, DEFAULT_LANGUAGE, indicator=indicator)
    return value, period_in_words(point.period, DEFAULT_LANGUAGE)
