"""Weeks in which a planned wave would disturb nobody.

Free is a week (Monday to Sunday) that keeps the distance of `AskedGroup.rest_weeks` to
every other wave for its groups and places, and whose days from Monday to Friday are
neither school holidays nor public holidays nor closed in an organisation the wave
names. School holidays are entered up to a day; later weeks are not known to be free and
are not proposed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.freshness.models import ClosedPeriod
from herne_bildung.lib import clock
from herne_bildung.lib.public_holidays import is_public_holiday
from monitoring.surveys import collisions
from monitoring.surveys.reach import Geography, Planned

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
# So far ahead weeks are proposed.
WEEKS_AHEAD = 78
WORKING_DAYS = 5
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class FreeWeeks:
    """Neighbouring free weeks: from a Monday to a Sunday."""

    first_day: date
    last_day: date

    @property
    def weeks(self) -> int:
        return ((self.last_day - self.first_day).days + 1) // 7

    def has_room_for(self, days: int) -> bool:
        """Whether so many days lie in them."""
        return days <= 7 * self.weeks


@dataclass(frozen=True, slots=True)
class Proposal:
    """Free weeks, the next ones first; `until` is the last day that was looked at,
    None where no school holidays are entered.
    """

    found: list[FreeWeeks]
    until: date | None
    # How long the wave takes.
    days: int

    @property
    def fitting(self) -> list[FreeWeeks]:
        """Those in which the whole wave has room."""
        return [one for one in self.found if one.has_room_for(self.days)]


def propose(wave: Planned, weeks: int = WEEKS_AHEAD) -> Proposal:
    """Free weeks of the next `weeks` weeks for the groups and places of a wave; a
    fixed number of queries.
    """
    days = (wave.ends_on - wave.starts_on).days + 1
    today = clock.today()
    monday = today + timedelta(days=7 - today.weekday())
    end = monday + weeks * WEEK - DAY
    holidays = list(
        SchoolHoliday.objects.filter(ends_on__gte=monday).values_list(
            "starts_on", "ends_on"
        )
    )
    if not holidays:
        return Proposal([], None, days)
    until = min(end, max(last for _first, last in holidays))
    rest = collisions.rests()
    others = [
        one
        for one in collisions.around(monday, until, rest)
        if one.pk != wave.pk and one.groups & wave.groups
    ]
    geography = Geography([wave, *others])
    taken = [
        span
        for other in others
        if geography.shared(wave, other)
        for span in [_disturbed(wave, other, rest)]
    ]
    off = [*holidays, *_closed(geography.organisations(wave), monday)]
    free = [
        start
        for start in _mondays(monday, until)
        if not _touches((start, start + 6 * DAY), taken)
        and not _touches((start, start + (WORKING_DAYS - 1) * DAY), off)
        and not any(is_public_holiday(start + n * DAY) for n in range(WORKING_DAYS))
    ]
    return Proposal(_joined(free), until, days)


def _mondays(first: date, until: date) -> list[date]:
    """Mondays of weeks that end by a day."""
    count = ((until - first).days + 1) // 7
    return [first + number * WEEK for number in range(count)]


def _disturbed(wave: Planned, other: Planned, rest: dict[int, int]) -> Span:
    """All days on which another wave would be too near to `other`."""
    weeks = max(rest.get(pk, 0) for pk in wave.groups & other.groups)
    margin = max(timedelta(0), weeks * WEEK - DAY)
    return other.starts_on - margin, other.ends_on + margin


def _closed(organisations: Iterable[int], since: date) -> list[Span]:
    rows = ClosedPeriod.objects.filter(
        organisation__in=list(organisations), last_day__gte=since
    )
    return list(rows.values_list("first_day", "last_day"))


def _touches(week: Span, spans: Iterable[Span]) -> bool:
    return any(first <= week[1] and week[0] <= last for first, last in spans)


def _joined(mondays: Iterable[date]) -> list[FreeWeeks]:
    found: list[FreeWeeks] = []
    for monday in mondays:
        if found and found[-1].last_day + DAY == monday:
            found[-1] = FreeWeeks(found[-1].first_day, monday + 6 * DAY)
        else:
            found.append(FreeWeeks(monday, monday + 6 * DAY))
    return found
