"""The date a card shows where days, weekdays or times are asked for: the first that
fits, not just the next one.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import LONGEST_SEARCH, Rule, days
from offerings.facts import DAYTIMES, HORIZON, rule_of
from offerings.models import Schedule

FILTERS = ("from", "to", "weekday", "time")


@dataclass(frozen=True, slots=True)
class AskedDates:
    """First and last day asked for; weekdays and times of day, empty for all."""

    first: date
    last: date
    weekdays: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()

    def days(self) -> list[int]:
        """Ordinals of the days asked for, as far ahead as filters know dates. Times of
        day are left out: an offer has them at each of its dates, or nearly so.
        """
        last = min(self.last, clock.today() + HORIZON).toordinal()
        asked = range(self.first.toordinal(), last + 1)
        if not self.weekdays:
            return list(asked)
        # The first of all days, 1, was a Monday, which is 0 here.
        return [day for day in asked if str((day - 1) % 7) in self.weekdays]

    def includes(self, moment: datetime) -> bool:
        """Whether the day lies between those asked for."""
        return self.first <= moment.astimezone(clock.BERLIN).date() <= self.last

    def fits(self, moment: datetime) -> bool:
        """Whether a date is one asked for."""
        local = moment.astimezone(clock.BERLIN)
        if self.weekdays and str(local.weekday()) not in self.weekdays:
            return False
        hours = [DAYTIMES[name] for name in self.times]
        if hours and not any(start <= local.hour < end for start, end in hours):
            return False
        return self.includes(moment)


def asked_dates(values: Mapping[str, Any]) -> AskedDates | None:
    """What the filters of a list ask of dates; None where they ask nothing."""
    if not any(name in values for name in FILTERS):
        return None
    today = clock.today()
    return AskedDates(
        max(values.get("from", today), today),
        values.get("to", date.max),
        frozenset(values.get("weekday", ())),
        frozenset(values.get("time", ())),
    )


def starts_asked_for(
    upcoming: Mapping[int, datetime | None], asked: AskedDates
) -> dict[int, datetime | None]:
    """For offers and their next dates: the first date of each that is asked for.

    Where none fits in all, one of the days asked for (an offer on Tuesday mornings
    and Wednesday evenings is found for Tuesday and evening); None where no day does.
    At most one query.
    """
    found = dict(upcoming)
    open_ids = [pk for pk, start in upcoming.items() if start and not asked.fits(start)]
    for pk, rules in _rules_of(open_ids).items():
        starts = _starts(rules, asked)
        fitting = (start for start in starts if asked.fits(start))
        found[pk] = next(fitting, starts[0] if starts else None)
    return found


def _rules_of(ids: Sequence[int]) -> dict[int, list[Rule]]:
    """The schedules of these offers, and with them the school holidays."""
    rules: dict[int, list[Rule]] = defaultdict(list)
    if not ids:
        return rules
    holidays = SchoolHoliday.objects.order_by("pk")
    schedules = (
        Schedule.objects.filter(offering__in=ids)
        .select_related("offering")
        .annotate(
            pauses_from=ArraySubquery(holidays.values("starts_on")),
            pauses_to=ArraySubquery(holidays.values("ends_on")),
        )
    )
    wanted = [f"offering__{name}" for name in ("starts_on", "ends_on")]
    own = [field.name for field in Schedule._meta.concrete_fields]
    for row in schedules.only(*own, *wanted):
        pauses = list(zip(row.pauses_from, row.pauses_to, strict=True))
        rules[row.offering_id].append(rule_of(row, row.offering, pauses))
    return rules


def _starts(rules: Sequence[Rule], asked: AskedDates) -> list[datetime]:
    """Moments of these rules on the days asked for, in order; as far ahead as dates
    are known to the filters.
    """
    now = clock.now()
    if asked.first > now.date() + LONGEST_SEARCH:
        return []
    last = min(asked.last, asked.first + HORIZON)
    return sorted(
        start
        for rule in rules
        for day in takewhile(lambda day: day <= last, days(rule, asked.first))
        if (start := clock.at(day, rule.start_time)) > now
    )
