"""Dates of rules worked out day by day, as slowly and plainly as people do it, and
rules as hypothesis invents them: around the changes of the clocks, the end of a year,
midnight.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

from herne_bildung.lib.schedule import Change, Meeting, Rule

ONE_DAY = timedelta(days=1)
# The nights of both changes of the clocks, turns of years, a leap day.
TURNS = (
    date(2026, 10, 25),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 3, 28),
    date(2028, 2, 29),
)
HOLIDAYS = (
    (date(2026, 10, 17), date(2026, 10, 31)),
    (date(2026, 12, 23), date(2027, 1, 6)),
    (date(2027, 3, 22), date(2027, 4, 3)),
    (date(2027, 7, 19), date(2027, 8, 31)),
    (date(2027, 12, 24), date(2028, 1, 8)),
    (date(2028, 7, 10), date(2028, 8, 22)),
    (date(2028, 12, 21), date(2029, 1, 5)),
)
CLOCKS = (
    *(time(hour, minute) for hour in (0, 2, 11, 16, 23) for minute in (0, 30)),
    *(time(1, 45), time(3), time(9, 30), time(12), time(17), time(23, 59)),
)

days_near_turns = st.builds(
    lambda turn, days: turn + days * ONE_DAY,
    st.sampled_from(TURNS),
    st.integers(-8, 8),
)


@st.composite
def rules(draw: st.DrawFn, today: date) -> Rule:
    """A rule with holidays, exceptions and maybe a period; without changes."""
    frequency = draw(st.sampled_from(["once", "daily", "weekly", "weekly", "monthly"]))
    near = st.integers(-400, 100).map(lambda days: today + days * ONE_DAY)
    starts_on = draw(near if frequency != "once" else days_near_turns)
    weekdays = draw(st.sets(st.integers(0, 6), max_size=3))
    week_of_month = None
    if frequency == "monthly" and weekdays:
        week_of_month = draw(st.sampled_from([1, 2, 3, 4, 5, -1]))
    until = draw(st.none() | st.integers(0, 500))
    return Rule(
        frequency,
        starts_on,
        draw(st.sampled_from(CLOCKS)),
        draw(st.none() | st.sampled_from(CLOCKS)),
        interval=draw(st.integers(1, 3)),
        weekdays=() if frequency == "once" else tuple(sorted(weekdays)),
        week_of_month=week_of_month,
        until=None if until is None else starts_on + until * ONE_DAY,
        exceptions=draw(st.frozensets(days_near_turns, max_size=3)),
        holidays=draw(st.sampled_from(["", "yes", "no"])),
        school_holidays=HOLIDAYS,
    )


@st.composite
def changes(draw: st.DrawFn, of: list[Rule], today: date) -> tuple[Change, ...]:
    """Some of the next dates are cancelled or moved, and a day without any is named."""
    ahead = {
        (one.day, one.start_time)
        for rule in of
        for one in dates(rule, today - 9 * ONE_DAY, today + 60 * ONE_DAY)
    } or {(today, time(9, 30))}
    named = st.sampled_from(sorted(ahead))
    made = {}
    for day, start in draw(st.lists(named, max_size=4)):
        whole_day, is_moved = draw(st.booleans()), draw(st.booleans())
        shift, clock = draw(st.integers(-6, 9)), draw(st.sampled_from(CLOCKS))
        is_same_time = draw(st.booleans())
        change = Change(
            day,
            None if whole_day else start,
            day + shift * ONE_DAY if is_moved else None,
            clock if is_moved and not is_same_time else None,
        )
        made[change.day, change.start_time] = change
    return tuple(made.values())


def dates(rule: Rule, first: date, last: date) -> list[Meeting]:
    """Its dates between two days; those moved from outside into them count."""
    # Nobody moves a date farther than `changes` does.
    margin = 10 * ONE_DAY * bool(rule.changes)
    found = []
    for day in every_day(first - margin, last + margin):
        plan = _planned(rule, day)
        if plan is None:
            continue
        own = [one for one in rule.changes if one.day == day]
        said = {one.start_time: one for one in own}
        change = said.get(rule.start_time) or said.get(None)
        if change is None:
            found.append(plan)
        elif change.new_day and not _pauses(rule, change.new_day):
            found.append(_moved(rule, change))
    return [one for one in found if first <= one.day <= last]


def every_day(first: date, last: date) -> Iterable[date]:
    return (first + number * ONE_DAY for number in range((last - first).days + 1))


def _planned(rule: Rule, day: date) -> Meeting | None:
    is_in_period = (
        max(rule.starts_on, rule.not_before or date.min)
        <= day
        <= (rule.until or date.max)
    )
    is_holiday = any(start <= day <= end for start, end in rule.school_holidays)
    is_left_out = day in rule.exceptions or _pauses(rule, day)
    if not is_in_period or is_left_out or not _recurs(rule, day):
        return None
    if is_holiday and rule.holidays == "no":
        return None
    is_sure = rule.holidays == "yes" or not is_holiday
    return Meeting(day, rule.start_time, rule.end_time, is_sure)


def _pauses(rule: Rule, day: date) -> bool:
    return rule.pause is not None and rule.pause[0] <= day <= rule.pause[1]


def _recurs(rule: Rule, day: date) -> bool:
    first = rule.starts_on
    if rule.frequency == "once":
        return day == first
    is_weekday = not rule.weekdays or day.weekday() in rule.weekdays
    if rule.frequency == "daily":
        return is_weekday and (day - first).days % rule.interval == 0
    if rule.frequency == "weekly":
        weeks = (_monday(day) - _monday(first)).days // 7
        on = rule.weekdays or (first.weekday(),)
        return day.weekday() in on and weeks % rule.interval == 0
    months = (day.year - first.year) * 12 + day.month - first.month
    if months % rule.interval:
        return False
    if not rule.weekdays:
        return day.day == first.day
    from_end = (monthrange(day.year, day.month)[1] - day.day) // 7
    which = -1 if rule.week_of_month == -1 and from_end == 0 else (day.day + 6) // 7
    return is_weekday and which == rule.week_of_month


def _monday(day: date) -> date:
    return day - day.weekday() * ONE_DAY


def _moved(rule: Rule, change: Change) -> Meeting:
    start, end = change.new_start_time or rule.start_time, None
    if rule.end_time:
        some_day = date(2001, 1, 2)
        length = datetime.combine(some_day, rule.end_time) - datetime.combine(
            some_day, rule.start_time
        )
        end = (datetime.combine(some_day, start) + length).time()
    return Meeting(change.new_day, start, end)
