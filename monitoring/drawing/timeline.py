"""The axis of time: where periods stand, which are named, where a series breaks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from herne_bildung.lib import time_periods
from herne_bildung.lib.localized import Text
from monitoring.choices import BreakKind
from monitoring.series import Point, Series

YEARS_BETWEEN = (1, 2, 5, 10, 20, 50)
# A period is missing where two are this many times further apart than usual.
MISSING = 1.5


@dataclass(frozen=True, slots=True)
class Mark:
    """A break, or an exceptional period; `number` is what stands at it."""

    number: int
    kind: str
    period: str
    starts_on: date
    reason: Text

    @property
    def title(self) -> str:
        """ "break in the series, 2011"."""
        period = time_periods.in_words(self.period)
        return f"{BreakKind(self.kind).label}, {period}"

    @property
    def is_break(self) -> bool:
        return self.kind == BreakKind.BREAK


class Timeline:
    """All periods of a chart on `length` units, in the order of time."""

    def __init__(
        self, series: Iterable[Series], marks: Sequence[Mark], length: float
    ) -> None:
        days = {point.starts_on: point.period for one in series for point in one.points}
        self.days = sorted(days)
        self.periods = [days[day] for day in self.days]
        self.length = length
        # What lies outside is explained with the series, but has no place here.
        self.marks = [mark for mark in marks if self._has_place(mark)]
        distances = [
            (later - day).days
            for day, later in zip(self.days, self.days[1:], strict=False)
        ]
        self.step = median(distances) if distances else 1

    def _has_place(self, mark: Mark) -> bool:
        if not self.days:
            return False
        if mark.is_break:
            return self.days[0] < mark.starts_on <= self.days[-1]
        return mark.starts_on in self.days

    def at(self, day: date) -> float:
        """How far from the beginning a period stands; a single one in the middle."""
        if len(self.days) < 2:
            return self.length / 2
        span = (self.days[-1] - self.days[0]).days
        return (day - self.days[0]).days / span * self.length

    def before(self, mark: Mark) -> float:
        """Where a break stands: halfway between its first period and the one before."""
        earlier = max(day for day in self.days if day < mark.starts_on)
        later = min(day for day in self.days if day >= mark.starts_on)
        return (self.at(earlier) + self.at(later)) / 2

    def half_step(self) -> float:
        """Half the room of a period."""
        if len(self.days) < 2:
            return self.length / 4
        return self.step / 2 / (self.days[-1] - self.days[0]).days * self.length

    def is_joined(self, one: Point, other: Point) -> bool:
        """Whether a line may run from one value to the next of a series."""
        if (other.starts_on - one.starts_on).days > MISSING * self.step:
            return False
        if any(one.starts_on < day < other.starts_on for day in self.days):
            return False
        return not any(
            mark.is_break and one.starts_on < mark.starts_on <= other.starts_on
            for mark in self.marks
        )

    def ticks(self, most: int) -> list[tuple[float, str]]:
        """The periods named at the axis, `most` at most; years by round numbers."""
        named = list(zip(self.days, self.periods, strict=True))
        if len(named) > most:
            named = self._round_years(most) or named[:: -(-len(named) // most)]
        return [(self.at(day), short(period)) for day, period in named]

    def _round_years(self, most: int) -> list[tuple[date, str]]:
        """The first period of every second, fifth, tenth … year, where there are
        enough years for it.
        """
        first: dict[int, tuple[date, str]] = {}
        for day, period in zip(self.days, self.periods, strict=True):
            first.setdefault(day.year, (day, period))
        for years in YEARS_BETWEEN:
            found = [entry for year, entry in first.items() if year % years == 0]
            if len(found) <= most:
                return found if len(found) > 1 else []
        return []


def runs(points: Sequence[Point], line: Timeline) -> list[list[Point]]:
    """The values of a series in stretches that belong together: a stretch ends where a
    value is missing or secret, and at a break.
    """
    found: list[list[Point]] = []
    is_open = False
    for point in points:
        if point.value is None:
            is_open = False
        elif is_open and line.is_joined(found[-1][-1], point):
            found[-1].append(point)
        else:
            found.append([point])
            is_open = True
    return found


def short(period: str) -> str:
    """A period as an axis names it: school years without the word."""
    return period if "/" in period else time_periods.in_words(period)
