"""Who can join, and when: places left, registration, for whom only, what begins soon,
school holidays. Facts of an offer, and the filters that ask for them.

Some depend on the day: they stand in the index as the days they are true for, so that
nothing has to be written when a day passes.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from pyroaring import BitMap

from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import CodesFilter, Narrowing
from herne_bildung.lib.schedule import Rule, Span, days, is_within
from offerings.choices import PlacesLeft, TargetGroup
from offerings.models import Offering

# So long after it was noted, "places free" and "full" count as known.
PLACES_KNOWN = timedelta(days=28)
# What begins by then begins soon.
SOON = timedelta(weeks=6)
# Who is for these is for everyone, so nobody may be left out.
FOR_ALL = {TargetGroup.EVERYONE, TargetGroup.FAMILIES}


def facts(
    offering: Offering, rules: Sequence[Rule], upcoming: Sequence[date]
) -> dict[str, Any]:
    """Facts as a BitmapIndex takes them; `upcoming` are the days of the next months.
    A value "?x" says that x may be so.
    """
    values = {
        "registration": [offering.registration] if offering.registration else [],
        "only": _only(offering),
        "holidays": _holidays(offering, rules, upcoming),
    }
    ranges: dict[str, list[int]] = {}
    unknown = [] if offering.registration else ["registration"]
    if known := places_known(offering):
        is_free = offering.places_left == PlacesLeft.FREE
        facet = "places_free" if is_free else "places_taken"
        ranges[facet] = [day.toordinal() for day in known]
    if first := first_day(offering, rules):
        ranges["first_day"] = [first.toordinal(), first.toordinal()]
    elif not offering.running_since and not offering.as_of:
        unknown.append("first_day")
    return {"values": values, "ranges": ranges, "unknown": unknown}


def places_known(offering: Offering) -> Span | None:
    """First and last day on which it is known whether places are left."""
    noted = offering.places_left_on
    if not offering.places_left or noted is None:
        return None
    return noted, noted + PLACES_KNOWN


def first_day(offering: Offering, rules: Sequence[Rule]) -> date | None:
    """The day on which an offer begins for the first time, as far as it is known."""
    if offering.starts_on:
        return offering.starts_on
    firsts = (next(days(rule, rule.starts_on), None) for rule in rules)
    return min(filter(None, firsts), default=None)


def _only(offering: Offering) -> list[str]:
    """For whom only; where that is not said, it may be for those it is made for."""
    if offering.only_for:
        return [offering.only_for]
    groups = offering.target_groups
    if FOR_ALL & set(groups):
        return []
    return [
        f"?{code}"
        for code in sorted({"fathers", "mothers", "women", "men"} & {*groups})
    ]


def _holidays(
    offering: Offering, rules: Sequence[Rule], upcoming: Sequence[date]
) -> list[str]:
    """Whether it takes place in the school holidays, and is made for them."""
    found = {_in_holidays(rule) for rule in rules} or {"?open"}
    if offering.is_holiday_programme:
        found |= {"open", "programme"}
    elif offering.is_holiday_programme is None and upcoming:
        spans = rules[0].school_holidays
        if spans and all(is_within(day, spans) for day in upcoming):
            found.add("?programme")
    if "open" in found:
        found.discard("?open")
    return sorted(found - {""})


def _in_holidays(rule: Rule) -> str:
    """Of one schedule: a single date lies in the holidays or does not."""
    if rule.frequency == "once":
        return "open" if is_within(rule.starts_on, rule.school_holidays) else ""
    return {"yes": "open", "no": ""}.get(rule.holidays, "?open")


class OwnNarrowing(CodesFilter):
    """A filter whose choices count what each of them alone narrows to."""

    def parts(self, index: BitmapIndex, code: str) -> tuple[BitMap, BitMap]:
        narrowing = self.narrow(index, [code])
        return narrowing.sure, narrowing.unknown


class PerhapsFilter(OwnNarrowing):
    """Entries with one of the codes; of those with "?code" it is not known."""

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        sure = index.having(self.facet, value)
        maybe = index.having(self.facet, [f"?{code}" for code in value])
        return Narrowing(sure, (maybe | index.unknown[self.facet]) - sure)


class OfTodayFilter(OwnNarrowing):
    """A filter of one choice whose answer changes with the day."""

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        today = clock.today()
        return index.derived((self.facet, today), lambda: self.of_day(index, today))

    def of_day(self, index: BitmapIndex, today: date) -> Narrowing:
        raise NotImplementedError


class PlacesFilter(OfTodayFilter):
    """Offers with places free, as far as that was noted lately."""

    def of_day(self, index: BitmapIndex, today: date) -> Narrowing:
        free = index.covering("places_free", today.toordinal())
        taken = index.covering("places_taken", today.toordinal())
        return Narrowing(free, index.entries - free - taken)


class StartsSoonFilter(OfTodayFilter):
    """Offers that begin for the first time in the next weeks."""

    def of_day(self, index: BitmapIndex, today: date) -> Narrowing:
        first, last = today.toordinal(), (today + SOON).toordinal()
        soon = index.matching_ranges("first_day", lambda low, _: first <= low <= last)
        return Narrowing(soon, index.unknown["first_day"] - soon)
