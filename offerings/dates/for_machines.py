"""Schedules as schema.org has them.

Its Schedule repeats from `startDate` to `endDate`; on an `exceptDate`, a Date, "any
event that is scheduled for that 24 hour period" does not take place. It knows neither
pauses nor school holidays. So a pause parts a schedule into one before and one after
it, and where it pauses in school holidays their days are exceptions: of the time that
is known, a year ahead at most. A machine hears no date on which nothing takes place. Of
a moved date it hears that it is none; when it is instead says `startDate` of the event.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile

from herne_bildung.lib import clock
from herne_bildung.lib.schedule import DAY_NAMES, ONE_DAY, Rule, is_within, regular_days
from herne_bildung.lib.schema_org import Node

AHEAD = timedelta(days=366)
DAYS = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
PERIODS = {"daily": "P{}D", "weekly": "P{}W", "monthly": "P{}M", "once": "P1D"}


def schedules_of(rules: Iterable[Rule]) -> list[Node]:
    """What is not over of these rules."""
    today = clock.today()
    parts = (_known(part, today) for rule in rules for part in _around_pause(rule))
    nodes = [node for part in parts if (node := _schedule(part))]
    return [node for node in nodes if (node["endDate"] or today) >= today]


def _around_pause(rule: Rule) -> Iterator[Rule]:
    if rule.pause is None:
        yield rule
        return
    first, last = rule.pause
    whole = replace(rule, pause=None)
    yield _until(whole, first - ONE_DAY)
    if last < date.max:
        begin = last + ONE_DAY
        yield replace(whole, not_before=max(begin, rule.not_before or begin))


def _known(rule: Rule, today: date) -> Rule:
    """From today on, as far as school holidays are known, where it pauses in them."""
    if rule.holidays != "no":
        return rule
    if rule.frequency == "once":
        is_left_out = is_within(rule.starts_on, rule.school_holidays)
        return _until(rule, rule.starts_on - ONE_DAY * is_left_out)
    known = max((end for _, end in rule.school_holidays), default=today)
    rule = replace(rule, not_before=max(today, rule.not_before or today))
    return _until(rule, min(known, today + AHEAD))


def _until(rule: Rule, day: date) -> Rule:
    return replace(rule, until=min(day, rule.until or day))


def _schedule(rule: Rule) -> Node | None:
    """None where it has no day; its first one is that from which others count."""
    first = next(regular_days(rule, rule.starts_on), None)
    if first is None:
        return None
    last = first if rule.frequency == "once" else rule.until
    is_nth = rule.frequency == "monthly" and rule.week_of_month
    return {
        "@type": "Schedule",
        "startDate": first,
        "endDate": last,
        "startTime": f"{rule.start_time:%H:%M:%S}",
        "endTime": f"{rule.end_time:%H:%M:%S}" if rule.end_time else "",
        "repeatFrequency": PERIODS[rule.frequency].format(rule.interval),
        "byDay": [
            f"{rule.week_of_month}{DAY_NAMES[day]}"
            if is_nth
            else f"https://schema.org/{DAYS[day]}"
            for day in rule.weekdays
        ],
        "byMonthDay": (
            rule.starts_on.day
            if rule.frequency == "monthly" and not rule.weekdays
            else None
        ),
        "exceptDate": sorted(
            day
            for day in _left_out(rule)
            if first <= day and (last is None or day <= last)
        ),
        "scheduleTimezone": "Europe/Berlin",
    }


def _left_out(rule: Rule) -> set[date]:
    changed = {
        one.day for one in rule.changes if one.start_time in {None, rule.start_time}
    }
    found = {*rule.exceptions, *changed}
    if rule.holidays == "no" and rule.until:
        every = takewhile(
            lambda day: day <= rule.until, regular_days(rule, rule.starts_on)
        )
        found |= {day for day in every if is_within(day, rule.school_holidays)}
    return found
