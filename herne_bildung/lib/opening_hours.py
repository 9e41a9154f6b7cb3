"""When something is open: by the wall clock in Herne, with seasons and exceptions.

Times of a span are those a clock on the wall shows, so what is open from 1:00 to 4:00
is so on the two days of the year that are an hour shorter or longer, too.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from herne_bildung.lib.clock import BERLIN, at

# Further ahead nobody is told when it opens; closed for longer is closed for good.
LOOK_AHEAD = timedelta(days=62)
ONE_DAY = timedelta(days=1)
MIDNIGHT = time()


@dataclass(frozen=True, slots=True)
class Span:
    """From one time to another of one day; `closes` 0:00 is the end of the day."""

    opens: time
    closes: time

    def includes(self, wall: time) -> bool:
        return self.opens <= wall and (wall < self.closes or self.closes == MIDNIGHT)

    def closes_at(self, day: date) -> datetime:
        """The moment it closes on that day."""
        is_next_day = self.closes == MIDNIGHT
        return at(day + ONE_DAY if is_next_day else day, self.closes)


@dataclass(frozen=True, slots=True)
class Weekly:
    """A span of every week. `in_school_holidays`: True only in them, False never in
    them, None always.
    """

    weekday: int
    span: Span
    in_school_holidays: bool | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def holds(self, day: date, is_school_holiday: Callable[[date], bool]) -> bool:
        return (
            day.weekday() == self.weekday
            and (self.valid_from is None or self.valid_from <= day)
            and (self.valid_until is None or day <= self.valid_until)
            and self.in_school_holidays in (None, is_school_holiday(day))
        )


@dataclass(frozen=True, slots=True)
class Exceptional:
    """Days on which nothing else holds: closed (`span` None), or one span."""

    first_day: date
    last_day: date
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """All that is known of when something is open.

    Public holidays are closed where no exception says otherwise. Of several
    exceptions for a day all spans hold; one that closes wins.
    """

    weekly: Sequence[Weekly]
    exceptions: Sequence[Exceptional]
    is_public_holiday: Callable[[date], bool]
    is_school_holiday: Callable[[date], bool]
    _days: dict[date, tuple[Span, ...]] = field(default_factory=dict, repr=False)

    def spans(self, day: date) -> tuple[Span, ...]:
        """The spans of a day, in order; those that overlap or meet are one."""
        if day not in self._days:
            self._days[day] = tuple(_joined(self._spans(day)))
        return self._days[day]

    def _spans(self, day: date) -> list[Span]:
        if today := [e for e in self.exceptions if e.first_day <= day <= e.last_day]:
            if any(exception.span is None for exception in today):
                return []
            return [exception.span for exception in today if exception.span]
        if self.is_public_holiday(day):
            return []
        return [w.span for w in self.weekly if w.holds(day, self.is_school_holiday)]

    def is_open(self, moment: datetime) -> bool:
        """Whether it is open at a moment (aware)."""
        wall = moment.astimezone(BERLIN)
        return any(span.includes(wall.time()) for span in self.spans(wall.date()))

    def open_until(self, moment: datetime) -> datetime | None:
        """When it closes, where it is open; past midnight where it goes on then."""
        wall = moment.astimezone(BERLIN)
        day = wall.date()
        now = [span for span in self.spans(day) if span.includes(wall.time())]
        if not now:
            return None
        span = now[0]
        while span.closes == MIDNIGHT and day < wall.date() + LOOK_AHEAD:
            following = self.spans(day + ONE_DAY)
            if not following or following[0].opens != MIDNIGHT:
                break
            day, span = day + ONE_DAY, following[0]
        return span.closes_at(day)

    def next_opening(self, moment: datetime) -> datetime | None:
        """When it opens next after a moment at which it is closed, if that is soon
        enough to be worth saying; at once where it is open.
        """
        wall = moment.astimezone(BERLIN)
        for day, span in self._from(wall.date()):
            if day == wall.date() and span.includes(wall.time()):
                return moment
            if (opens := at(day, span.opens)) >= moment:
                return opens
        return None

    def next_change(self, moment: datetime) -> datetime | None:
        """The next moment at which `is_open` says something else."""
        return self.open_until(moment) or self.next_opening(moment)

    def _from(self, first: date) -> Iterator[tuple[date, Span]]:
        for offset in range(LOOK_AHEAD.days + 1):
            day = first + timedelta(days=offset)
            for span in self.spans(day):
                yield day, span


def _joined(spans: list[Span]) -> Iterator[Span]:
    """In order, and as few as possible."""
    pending: Span | None = None
    for span in sorted(spans, key=lambda span: span.opens):
        if pending is None:
            pending = span
        elif pending.closes == MIDNIGHT or span.opens <= pending.closes:
            pending = Span(pending.opens, _later(pending.closes, span.closes))
        else:
            yield pending
            pending = span
    if pending is not None:
        yield pending


def _later(one: time, other: time) -> time:
    return MIDNIGHT if MIDNIGHT in (one, other) else max(one, other)
