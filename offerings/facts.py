"""What the filters need to know of an offer, as facts of a BitmapIndex."""

from datetime import date, timedelta
from itertools import takewhile
from typing import Any

from herne_bildung.city.filters import EVERYWHERE, district_facts
from herne_bildung.city.reference import Districts
from herne_bildung.lib.either import either
from herne_bildung.lib.schedule import Rule, days
from offerings.choices import Format, TargetGroup
from offerings.models import Offering, Schedule

# Every offer for the first also is one for the others.
INCLUDES = {
    TargetGroup.EVERYONE: [
        code
        for code in TargetGroup.values
        if code not in {"teachers", "educators", "social_workers"}
    ],
    TargetGroup.FAMILIES: ["parents", "fathers", "mothers", "children"],
    TargetGroup.PARENTS: ["fathers", "mothers"],
    TargetGroup.ADULTS: ["women", "men", "seniors"],
}
# How far ahead the days of an offer are known to the filters.
HORIZON = timedelta(days=120)
DAYTIMES = {"morning": (0, 12), "afternoon": (12, 17), "evening": (17, 24)}


def rules_of(offering: Offering, holidays: list[tuple[date, date]]) -> list[Rule]:
    """The schedules of an offer as rules."""
    return [rule_of(one, offering, holidays) for one in offering.schedules.all()]


def rule_of(
    schedule: Schedule, offering: Offering, holidays: list[tuple[date, date]]
) -> Rule:
    """A schedule as a rule; the offer's own period limits it."""
    return Rule(
        frequency=schedule.frequency,
        starts_on=max(filter(None, [schedule.starts_on, offering.starts_on])),
        start_time=schedule.start_time,
        end_time=schedule.end_time,
        interval=schedule.interval,
        weekdays=tuple(schedule.weekdays),
        week_of_month=schedule.week_of_month,
        until=min(filter(None, [schedule.until, offering.ends_on]), default=None),
        exceptions=frozenset(schedule.exceptions),
        holidays=schedule.in_school_holidays,
        pauses=holidays,
    )


def facts_of(
    offering: Offering, districts: Districts, rules: list[Rule], today: date
) -> dict[str, Any]:
    """The facts of one offer; related rows should be prefetched."""
    values: dict[str, list[str]] = {
        "district": _district_values(offering, districts),
        "topic": _topic_values(offering),
        "target_group": _target_groups(offering),
        "language": list(offering.languages),
        "format": [offering.format] if offering.format else [],
        "cost": either(offering.is_free, "free", "paid"),
        "accessible": either(offering.is_accessible, "yes", "no"),
        "childcare": either(offering.has_childcare, "yes", "no"),
        **_times(rules, today),
    }
    values["place"] = [str(place.pk) for place in offering.places.all()]
    ends = [day for day in (offering.visible_until, offering.ends_on) if day]
    ranges = {
        "visible": [
            offering.visible_from.toordinal() if offering.visible_from else None,
            min(ends).toordinal() if ends else None,
        ]
    }
    unknown = [facet for facet, found in values.items() if not found]
    if not any(not key.startswith("?") for key in values["district"]):
        unknown.append("district")
    if offering.age_min_months is None:
        unknown.append("age")
    else:
        ranges["age"] = [offering.age_min_months, offering.age_max_months]
    return {
        "values": {facet: found for facet, found in values.items() if found},
        "ranges": ranges,
        "unknown": sorted(set(unknown)),
    }


def _district_values(offering: Offering, districts: Districts) -> list[str]:
    """Keys of districts; "?key" where the offer may take place in it."""
    found: set[str] = set()
    if offering.is_citywide or offering.format in {Format.ONLINE, Format.AT_HOME}:
        found.add(EVERYWHERE)
    for place in offering.places.all():
        node = districts.by_pk.get(place.district_id)
        if node:
            is_guessed = place.is_district_guessed
            found |= district_facts(node, is_guessed=is_guessed)
    return sorted(found)


def _topic_values(offering: Offering) -> list[str]:
    found = set()
    for topic in offering.topics.all():
        found.add(topic.key)
        if topic.parent:
            found.add(topic.parent.key)
    return sorted(found)


def _target_groups(offering: Offering) -> list[str]:
    found = set(offering.target_groups)
    for code in offering.target_groups:
        found.update(INCLUDES.get(code, ()))
    return sorted(found)


def _times(rules: list[Rule], today: date) -> dict[str, list[str]]:
    """Weekdays, times of day and the days of the next months."""
    weekdays, daytimes, upcoming = set(), set(), set()
    for rule in rules:
        ahead = list(takewhile(lambda day: day <= today + HORIZON, days(rule, today)))
        upcoming.update(str(day.toordinal()) for day in ahead)
        weekdays.update(str(day.weekday()) for day in ahead)
        if ahead:
            daytimes.update(
                name
                for name, (start, end) in DAYTIMES.items()
                if start <= rule.start_time.hour < end
            )
    return {
        "weekday": sorted(weekdays),
        "time": sorted(daytimes),
        "day": sorted(upcoming),
    }
