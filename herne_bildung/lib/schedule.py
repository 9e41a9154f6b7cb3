"""Dates of recurring offers: a recurrence rule, exceptions, school holidays, dates that
are cancelled or moved, a pause.

Times are wall-clock times in Herne; daylight saving moves the UTC moment, never
the time on the poster. A time that does not exist in the night in which clocks go
forward is an hour later by the clock; of one that comes twice the first counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from heapq import merge

from dateutil.rrule import MONTHLY, rrule, weekday

from herne_bildung.lib import clock

DAY_NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_SEARCH = timedelta(days=800)
# So long a date counts whose end is not known.
USUAL_LENGTH = timedelta(hours=1)
ONE_DAY = timedelta(days=1)
MONTHS = 12
NO_LATER = date.max.toordinal() - 6
# First and last day.
Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Change:
    """A date that is not as its rule says. `day` and `start_time` are those of the
    rule (without a time all dates of the day); without `new_day` it is cancelled.
    """

    day: date
    start_time: time | None = None
    new_day: date | None = None
    new_start_time: time | None = None
    new_end_time: time | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """When something takes place. `weekdays`: 0 is Monday. `holidays`: "yes" takes
    place in `school_holidays`, "no" pauses, "" not known. `not_before` leaves earlier
    dates out and changes nothing else: every other week still counts from `starts_on`.
    `pause` are the first and last day of a break.
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
    school_holidays: Sequence[Span] = field(default=(), compare=False)
    not_before: date | None = None
    changes: Sequence[Change] = ()
    pause: Span | None = None

    def pauses_on(self, day: date) -> bool:
        """Whether a day lies in the break."""
        return self.pause is not None and is_within(day, [self.pause])


@dataclass(frozen=True, slots=True)
class Meeting:
    """One date of a rule. `is_sure` is False in school holidays of which nobody said
    whether it takes place; `change` says how it differs from the rule, and `plan` what
    was planned instead.
    """

    day: date
    start_time: time
    end_time: time | None = None
    is_sure: bool = True
    change: Change | None = None
    plan: "Meeting | None" = None

    @property
    def start(self) -> datetime:
        """The moment it begins, in UTC."""
        return clock.at(self.day, self.start_time).astimezone(UTC)

    @property
    def end(self) -> datetime:
        """The moment it ends, in UTC; after an hour, by the clock too, where that is
        not known. An end before the beginning is one of the next day.
        """
        if self.end_time is None:
            later = datetime.combine(self.day, self.start_time) + USUAL_LENGTH
            by_clock = clock.at(later.date(), later.time()).astimezone(UTC)
            return max(by_clock, self.start + USUAL_LENGTH)
        is_next_day = self.end_time <= self.start_time
        end = clock.at(self.day + ONE_DAY * is_next_day, self.end_time).astimezone(UTC)
        return max(end, self.start)

    @property
    def is_cancelled(self) -> bool:
        return self.change is not None and self.change.new_day is None


def days(rule: Rule, first: date) -> Iterator[date]:
    """Days on which it takes place, as `meetings`."""
    return (meeting.day for meeting in meetings(rule, first))


def meetings(rule: Rule, first: date) -> Iterator[Meeting]:
    """Its dates from the day `first` on, in order, moved ones on their new day; it ends
    after about two years, so that a rule without an end cannot run for ever.
    """
    changed = _changes_by_day(rule)
    moved = [
        one
        for one in changed_meetings(rule, first)
        if not one.is_cancelled and one.day >= first
    ]
    regular = (one for one in planned(rule, first) if one.day not in changed)
    if not moved:
        return regular
    last = max(moved[-1].day, _last_day(rule, first))
    found = merge(regular, moved, key=lambda one: (one.day, one.start_time))
    return (one for one in found if one.day <= last)


def planned(rule: Rule, first: date) -> Iterator[Meeting]:
    """Its dates as they were planned: without exceptions, pauses and school holidays,
    before any was cancelled or moved.
    """
    holidays = [span for span in rule.school_holidays if span[1] >= first]
    for day in regular_days(rule, first):
        if day in rule.exceptions or rule.pauses_on(day):
            continue
        in_holidays = rule.holidays != "yes" and is_within(day, holidays)
        if in_holidays and rule.holidays == "no":
            continue
        yield Meeting(day, rule.start_time, rule.end_time, not in_holidays)


def changed_meetings(rule: Rule, first: date) -> list[Meeting]:
    """Dates that are cancelled or moved, in order: cancelled ones as they were planned,
    moved ones as they are now; those of which the old or new day is `first` or later.
    A change of a day on which there is no date is none.
    """
    found = []
    for change in _changes_by_day(rule).values():
        day = change.new_day or change.day
        if max(day, change.day) < first:
            continue
        plan = next(planned(rule, change.day), None)
        if plan is None or plan.day != change.day:
            continue
        if change.new_day is None:
            one = Meeting(day, plan.start_time, plan.end_time, True, change, plan)
            found.append(one)
        elif not rule.pauses_on(day):
            found.append(_moved(plan, change))
    return sorted(found, key=lambda one: (one.day, one.start_time))


def _changes_by_day(rule: Rule) -> dict[date, Change]:
    """What is said of a day; what is said of its very time wins."""
    own = [one for one in rule.changes if one.start_time in (None, rule.start_time)]
    own.sort(key=lambda one: one.start_time is not None)
    return {one.day: one for one in own}


def _moved(plan: Meeting, change: Change) -> Meeting:
    """A date on its new day; without a new end it is as long as it would have been."""
    start = change.new_start_time or plan.start_time
    end = change.new_end_time
    if end is None and plan.end_time is not None:
        length = _minutes(plan.end_time) - _minutes(plan.start_time)
        end_at = (_minutes(start) + length) % (24 * 60)
        end = time(end_at // 60, end_at % 60)
    return Meeting(change.new_day or plan.day, start, end, True, change, plan)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _last_day(rule: Rule, first: date) -> date:
    begin = max(first, rule.starts_on, rule.not_before or first)
    farthest = min(begin.toordinal() + LONGEST_SEARCH.days, date.max.toordinal() - 1)
    return min(rule.until or date.max, date.fromordinal(farthest))


def regular_days(rule: Rule, first: date) -> Iterator[date]:
    """Days the bare recurrence gives from `first` on, within the rule's period."""
    begin = max(first, rule.starts_on, rule.not_before or first)
    last = _last_day(rule, first)
    if rule.frequency == "once":
        candidates: Iterable[date] = [rule.starts_on]
    elif rule.frequency == "monthly":
        candidates = _monthly(rule, begin, last)
    else:
        candidates = _RECURRENCES[rule.frequency](rule, begin)
    for day in candidates:
        if day > last:
            return
        if day >= begin:
            yield day


def _daily(rule: Rule, begin: date) -> Iterator[date]:
    steps = -(-(begin - rule.starts_on).days // rule.interval)
    first = rule.starts_on.toordinal() + steps * rule.interval
    for number in range(first, NO_LATER, rule.interval):
        day = date.fromordinal(number)
        if not rule.weekdays or day.weekday() in rule.weekdays:
            yield day


def _weekly(rule: Rule, begin: date) -> Iterator[date]:
    monday = rule.starts_on.toordinal() - rule.starts_on.weekday()
    weeks = (begin.toordinal() - monday) // 7 // rule.interval * rule.interval
    on = sorted(set(rule.weekdays)) or [rule.starts_on.weekday()]
    for week in range(monday + 7 * weeks, NO_LATER, 7 * rule.interval):
        for number in on:
            yield date.fromordinal(week + number)


def _monthly(rule: Rule, begin: date, last: date) -> Iterator[date]:
    first = rule.starts_on
    passed = (begin.year - first.year) * MONTHS + begin.month - first.month
    month = first.month - 1 + passed // rule.interval * rule.interval
    start = date(first.year + month // MONTHS, month % MONTHS + 1, 1)
    on = [weekday(number, rule.week_of_month) for number in rule.weekdays]
    recurrence = rrule(
        MONTHLY,
        dtstart=datetime.combine(start, time()),
        until=datetime.combine(last, time()),
        interval=rule.interval,
        byweekday=on or None,
        bymonthday=None if on else first.day,
    )
    return (moment.date() for moment in recurrence)


_RECURRENCES = {"daily": _daily, "weekly": _weekly}


def is_within(day: date, spans: Iterable[Span]) -> bool:
    """Whether a day lies in one of these spans."""
    return any(start <= day <= end for start, end in spans)


def next_start(rules: Iterable[Rule], now: datetime) -> datetime | None:
    """The next moment at which one of the rules begins, in UTC; None for none."""
    today = now.astimezone(clock.BERLIN).date()
    upcoming = []
    for rule in rules:
        starts = (meeting.start for meeting in meetings(rule, today))
        upcoming.append(next((start for start in starts if start > now), None))
    return min(filter(None, upcoming), default=None)


def rrule_text(rule: Rule, until: date | None = None) -> str:
    """The recurrence as an RRULE of RFC 5545, in its own words: "FREQ=WEEKLY;BYDAY=TU";
    empty for what takes place once. It ends with the rule, or on `until` before that.

    Exceptions, holidays and pauses are no part of it, they are EXDATEs. Where the
    first date is not `starts_on`, DTSTART has to be the first of `regular_days`.
    """
    if rule.frequency == "once":
        return ""
    parts = [f"FREQ={rule.frequency.upper()}"]
    if rule.interval > 1:
        parts.append(f"INTERVAL={rule.interval}")
    last = min(filter(None, [rule.until, until]), default=None)
    if last:
        end = clock.at(last, rule.start_time).astimezone(UTC)
        parts.append(f"UNTIL={end:%Y%m%dT%H%M%SZ}")
    is_monthly = rule.frequency == "monthly"
    number = rule.week_of_month if is_monthly and rule.week_of_month else ""
    if names := [f"{number}{DAY_NAMES[day]}" for day in sorted(set(rule.weekdays))]:
        parts.append(f"BYDAY={','.join(names)}")
    elif is_monthly:
        parts.append(f"BYMONTHDAY={rule.starts_on.day}")
    return ";".join(parts)
