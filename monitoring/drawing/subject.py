"""What the charts of an indicator have in common."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext as _

from herne_bildung.lib import time_periods
from herne_bildung.lib.localized import Text, isolated, localized_entry
from monitoring import in_words
from monitoring.choices import ValueState
from monitoring.drawing.scale import Scale
from monitoring.drawing.timeline import Mark
from monitoring.models import Category, Indicator, SeriesBreak
from monitoring.series import Point, Series

# The most values a description reads out; the table has all.
MOST_SPOKEN = 200


@dataclass(frozen=True, slots=True)
class Subject:
    """An indicator, what is to be said of its series, and the reader's language;
    `categories` are the parts of breakdowns the values are of.
    """

    indicator: Indicator
    language: str
    marks: tuple[Mark, ...] = ()
    categories: tuple[Category | None, ...] = ()

    @property
    def name(self) -> Text:
        """What the values are: "children at courses, girls"."""
        name = localized_entry(self.indicator, "name", self.language)
        found = filter(None, self.categories)
        parts = [localized_entry(one, "name", self.language).text for one in found]
        return replace(name, text=", ".join([name.text, *parts]))

    def shown(self, point: Point | None) -> in_words.ShownValue:
        """A value as pages say it; without a row it is not available."""
        if point is None:
            return in_words.absent()
        return in_words.shown(point, self.language, indicator=self.indicator)

    def tick(self, value: Decimal, scale: Scale) -> str:
        """A number at an axis."""
        return in_words.number(value, scale.decimals)

    def limit(self, value: Decimal) -> str:
        """A number between two classes of a map."""
        places = max(0, -value.normalize().as_tuple().exponent)
        return in_words.number(value, places)

    def unit_and_direction(self) -> str:
        """What colour means on a map (by night the stronger is the lighter); whether
        that is good is said, not coloured.
        """
        meaning = _("the stronger the colour, the higher")
        parts = [f"{self.unit()}: {meaning}"]
        if self.indicator.direction:
            parts.append(str(self.indicator.get_direction_display()))
        return "; ".join(parts)

    def unit(self) -> str:
        return in_words.unit_in_words(self.indicator)

    def spoken(self, series: Iterable[Series]) -> str:
        """All values in words, for those who do not see them."""
        sentences, left = [], MOST_SPOKEN
        for one in series:
            values = [
                f"{time_periods.in_words(point.period)}: {self.shown(point)}"
                for point in one.points[-left:]
                if left
            ]
            left -= len(values)
            if values:
                sentences.append(f"{self.named(one.label)} – {', '.join(values)}.")
        return " ".join([*sentences, *map(self.remark, self.marks)])

    def remark(self, mark: Mark) -> str:
        """What stands at a number: a break, or an exceptional period, and why."""
        return f"{mark.number}: {mark.title}. {mark.reason}"

    def named(self, label: Text) -> str:
        """A German name among the reader's words."""
        return isolated(label.text, self.language) if label.lang else label.text


def marks_of(breaks: Iterable[SeriesBreak], language: str) -> tuple[Mark, ...]:
    """Breaks and exceptional periods in the order of time, numbered."""
    dated = sorted(
        ((time_periods.first_day(entry.period), entry) for entry in breaks),
        key=lambda pair: pair[0],
    )
    return tuple(
        Mark(
            number,
            entry.kind,
            entry.period,
            day,
            localized_entry(entry, "reason", language),
        )
        for number, (day, entry) in enumerate(dated, 1)
    )


def values_of(series: Iterable[Series]) -> list[Decimal]:
    """All numbers there are; what is secret has none."""
    return [
        point.value
        for one in series
        for point in one.points
        if point.state == ValueState.VALUE and point.value is not None
    ]


def secret_points(series: Series) -> list[Point]:
    return [one for one in series.points if one.state == ValueState.SUPPRESSED]


def zero_note(scale: Scale) -> str:
    """Said where an axis does not begin at zero."""
    return "" if scale.has_zero else _("The axis does not begin at zero.")
