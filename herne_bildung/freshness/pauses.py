"""Days on which nobody is written to: school holidays and closed weeks.

They pause the clock for mails, not for honesty on the page: an entry is overdue
whatever the calendar says.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.freshness.models import ClosedPeriod
from herne_bildung.freshness.models.people import LONGEST_CLOSED
from herne_bildung.lib.public_holidays import is_public_holiday

DAY = timedelta(days=1)
YEAR = timedelta(days=365)
# "Never" does not exist: no longer than that, and no more days in any 365, whatever
# the rows say.
LONGEST_DAYS = LONGEST_CLOSED.days
MOST_DAYS_IN_A_YEAR = 120
Period = tuple[date, date]


def is_working_day(day: date) -> bool:
    """Monday to Friday without public holidays. The others are no pause: steps count
    them, and what falls on one is done on the next working day.
    """
    return day.weekday() < 5 and not is_public_holiday(day)


def first_working_day(day: date) -> date:
    """The day itself, or the first one after its weekend or public holiday."""
    while not is_working_day(day):
        day += DAY
    return day


class Calendar:
    """The pauses of one organisation; first and last days count in."""

    def __init__(self, periods: Iterable[Period]) -> None:
        self.periods = merged(periods)

    def pause_of(self, day: date) -> Period | None:
        """The pause a day lies in."""
        for first, last in self.periods:
            if first <= day <= last:
                return first, last
        return None

    def is_paused(self, day: date) -> bool:
        return self.pause_of(day) is not None

    def first_open(self, day: date) -> date:
        """The day itself, or the first one after its pause."""
        pause = self.pause_of(day)
        return pause[1] + DAY if pause else day

    def last_open(self, day: date) -> date:
        """The day itself, or the last one before its pause."""
        pause = self.pause_of(day)
        return pause[0] - DAY if pause else day

    def after(self, day: date, days: int) -> date:
        """So many open days later; the result is open too."""
        found = self.first_open(day)
        for _ in range(days):
            found = self.first_open(found + DAY)
        return found

    def before(self, day: date, days: int) -> date:
        """So many open days earlier, the first of them the one before the day."""
        found = day
        for _ in range(days):
            found = self.last_open(found - DAY)
        return found


def merged(periods: Iterable[Period]) -> list[Period]:
    """In order; those that touch or overlap as one."""
    found: list[Period] = []
    for first, last in sorted(periods):
        if found and first <= found[-1][1] + DAY:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def days_of(period: Period) -> int:
    """Its days, the first and the last one too."""
    return (period[1] - period[0]).days + 1


def days_between(periods: Iterable[Period], first: date, last: date) -> int:
    """How many of these days lie in periods that do not overlap."""
    return sum(
        max(0, days_of((max(first, begin), min(last, end)))) for begin, end in periods
    )


def longest(periods: Iterable[Period]) -> int:
    """Days of the longest pause; those that touch or overlap are one."""
    return max(map(days_of, merged(periods)), default=0)


def most_in_a_year(periods: Iterable[Period]) -> int:
    """Most days of pause in any 365 days."""
    found = merged(periods)
    windows = [(last - YEAR + DAY, last) for _first, last in found]
    windows += [(first, first + YEAR - DAY) for first, _last in found]
    return max((days_between(found, *window) for window in windows), default=0)


def limited(periods: Iterable[Period]) -> list[Period]:
    """The same within the limits: what is too long ends early, the earlier ones go
    first.
    """
    found: list[Period] = []
    for first, last in merged(periods):
        for number in range(min(LONGEST_DAYS, days_of((first, last))), 0, -1):
            end = first + (number - 1) * DAY
            before = days_between(found, end - YEAR + DAY, end)
            if before + number <= MOST_DAYS_IN_A_YEAR:
                found.append((first, end))
                break
    return found


class Calendars:
    """The calendars of all organisations, read once for a run."""

    def __init__(self) -> None:
        self._holidays = limited(
            SchoolHoliday.objects.values_list("starts_on", "ends_on")
        )
        self._closed: dict[int, list[Period]] = defaultdict(list)
        for organisation, first, last in ClosedPeriod.objects.values_list(
            "organisation_id", "first_day", "last_day"
        ):
            self._closed[organisation].append((first, last))
        self._shared = Calendar(self._holidays)

    def of(self, organisation_id: int | None) -> Calendar:
        own = self._closed.get(organisation_id)
        return Calendar([*self._holidays, *limited(own)]) if own else self._shared
