"""Dates of recurring offers: a recurrence rule, exceptions, school holidays.

Times are wall-clock times in Herne; daylight saving moves the UTC moment, never
the time on the poster.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice

from dateutil.rrule import DAILY, MONTHLY, WEEKLY, rrule, weekday

from herne_bildung.lib.clock import BERLIN

FREQUENCIES = {"daily": DAILY, "weekly": WEEKLY, "monthly": MONTHLY}
LONGEST_SEARCH = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Rule:
    """When something takes place. `weekdays`: 0 is Monday. `holidays`: "yes" takes
    place in school holidays, "no" pauses, "" not known (counted as taking place).
    """

    frequency: str
    starts_on: date
    start_time: time
    end_time: time | None = None
    interval: int = 1
    weekdays: Sequence[int] = ()
    week_of_month: int | None = None
    until: date | None = None
    exceptions: frozenset[date] = frozenset()
    holidays: str = ""
    pauses: Sequence[tuple[date, date]] = field(default=(), compare=False)


def days(rule: Rule, first: date) -> Iterator[date]:
    """Days on which it takes place from `first` on, in order; it ends after about
    two years, so that a rule without an end cannot run for ever.
    """
    last = min(rule.until or date.max, max(first, rule.starts_on) + LONGEST_SEARCH)
    if rule.frequency == "once":
        candidates: Iterable[date] = [rule.starts_on]
    else:
        candidates = _recurring_days(rule, first, last)
    for day in candidates:
        if first <= day <= last and day not in rule.exceptions:
            if rule.holidays == "no" and _is_within(day, rule.pauses):
                continue
            yield day


def _recurring_days(rule: Rule, first: date, last: date) -> Iterator[date]:
    on = [
        weekday(number, rule.week_of_month)
        if rule.frequency == "monthly" and rule.week_of_month
        else weekday(number)
        for number in rule.weekdays
    ]
    recurrence = rrule(
        FREQUENCIES[rule.frequency],
        dtstart=datetime.combine(rule.starts_on, time()),
        until=datetime.combine(last, time()),
        interval=rule.interval,
        byweekday=on or None,
    )
    start = datetime.combine(max(first, rule.starts_on), time())
    return (moment.date() for moment in recurrence.xafter(start, inc=True))


def _is_within(day: date, spans: Iterable[tuple[date, date]]) -> bool:
    return any(start <= day <= end for start, end in spans)


def next_start(rules: Iterable[Rule], now: datetime) -> datetime | None:
    """The next moment at which one of the rules begins, in UTC; None for none."""
    local = now.astimezone(BERLIN)
    upcoming = []
    for rule in rules:
        for day in islice(days(rule, local.date()), 3):
            start = datetime.combine(day, rule.start_time, tzinfo=BERLIN)
            if start > local:
                upcoming.append(start)
                break
    return min(upcoming).astimezone(now.tzinfo) if upcoming else None
