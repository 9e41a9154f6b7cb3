"""What the filters need to know of an offer, as facts of a BitmapIndex."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from herne_bildung.city.filters import EVERYWHERE, district_facts
from herne_bildung.city.reference import Districts
from herne_bildung.lib.either import either
from herne_bildung.lib.schedule import Change, Rule, Span
from offerings import joining
from offerings.choices import Format, TargetGroup
from offerings.dates import slots
from offerings.models import Occurrence, Offering, Schedule

# Raised whenever offers get facts they did not have: then all are indexed anew
# (`followed_changes`).
VERSION = 1
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
# Of offers whose topics have no need of families.
NO_NEED = "more"


def rules_of(offering: Offering, holidays: list[Span]) -> list[Rule]:
    """The schedules of an offer as rules, with its cancelled and moved dates and its
    pause; `schedules` and `occurrences` should be prefetched.
    """
    schedules = offering.schedules.all()
    changes = changes_of(offering.occurrences.all()) if schedules else ()
    return [rule_of(one, offering, holidays, changes) for one in schedules]


def changes_of(occurrences: Iterable[Occurrence]) -> tuple[Change, ...]:
    """The cancelled and moved dates of an offer, stored or not."""
    return tuple(
        Change(
            found.day,
            found.start_time,
            found.new_day,
            found.new_start_time,
            found.new_end_time,
            found.reason,
        )
        for found in occurrences
    )


def rule_of(
    schedule: Schedule,
    offering: Offering,
    holidays: list[Span],
    changes: Sequence[Change] = (),
) -> Rule:
    """A schedule as a rule; the offer's own period limits it, and its pause."""
    return within_period(bare_rule(schedule), offering, holidays, changes)


def within_period(
    rule: Rule,
    offering: Offering,
    holidays: list[Span],
    changes: Sequence[Change] = (),
) -> Rule:
    """A rule within the offer's first and last day and its pause."""
    return replace(
        rule,
        until=min(filter(None, [rule.until, offering.ends_on]), default=None),
        school_holidays=holidays,
        not_before=offering.starts_on,
        changes=changes,
        pause=pause_of(offering),
    )


def bare_rule(schedule: Schedule) -> Rule:
    """A schedule alone as a rule."""
    return Rule(
        frequency=schedule.frequency,
        starts_on=schedule.starts_on,
        start_time=schedule.start_time,
        end_time=schedule.end_time,
        interval=schedule.interval,
        weekdays=tuple(schedule.weekdays),
        week_of_month=schedule.week_of_month,
        until=schedule.until,
        exceptions=frozenset(schedule.exceptions),
        holidays=schedule.in_school_holidays,
    )


def pause_of(offering: Offering) -> Span | None:
    """First and last day of an offer's pause, which may have no known end."""
    if offering.paused_from is None:
        return None
    return offering.paused_from, offering.paused_until or date.max


def facts_of(
    offering: Offering, districts: Districts, rules: list[Rule], today: date
) -> dict[str, Any]:
    """The facts of one offer; related rows should be prefetched."""
    times = slots.facts(rules, today)
    upcoming = slots.days(times)
    more = joining.facts(offering, rules, upcoming)
    values: dict[str, list[str]] = {
        "district": _district_values(offering, districts),
        "topic": _topic_values(offering),
        "need": _needs(offering),
        "target_group": _target_groups(offering),
        "language": list(offering.languages),
        "format": [offering.format] if offering.format else [],
        "cost": either(offering.is_free, "free", "paid"),
        "accessible": either(offering.is_accessible, "yes", "no"),
        "childcare": either(offering.has_childcare, "yes", "no"),
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
    unknown += more["unknown"]
    values |= times | more["values"]
    if not rules:
        unknown.append("slot")
    if pause := pause_of(offering):
        ranges["paused"] = [
            pause[0].toordinal(),
            offering.paused_until and pause[1].toordinal(),
        ]
    ranges |= more["ranges"]
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
        "known_until": (today + slots.HORIZON + slots.ROLLING).toordinal(),
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


def _needs(offering: Offering) -> list[str]:
    """What families find here; NO_NEED where topics are known, but none has a need."""
    topics = offering.topics.all()
    found = {
        topic.family_need or (topic.parent.family_need if topic.parent else "")
        for topic in topics
    } - {""}
    return sorted(found) or [NO_NEED] * bool(topics)


def _target_groups(offering: Offering) -> list[str]:
    found = set(offering.target_groups)
    for code in offering.target_groups:
        found.update(INCLUDES.get(code, ()))
    return sorted(found)
