"""The date a card shows where days, weekdays or times are asked for: the first that
fits, not just the next one.
"""

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONArray

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.schedule import LONGEST_SEARCH, Change, Rule, meetings
from offerings.dates.slots import DAYTIMES, HORIZON, ROLLING, Asked, weekday_of
from offerings.facts import rule_of
from offerings.models import Occurrence, Schedule

FILTERS = ("when", "from", "to", "weekday", "time")
OF_OFFERING = ("starts_on", "ends_on", "paused_from", "paused_until")
CHANGED = ("day", "start_time", "new_day", "new_start_time", "new_end_time")


@dataclass(frozen=True, slots=True)
class AskedDates:
    """First and last day asked for; weekdays and times of day, empty for all."""

    first: date
    last: date
    weekdays: frozenset[str] = frozenset()
    times: frozenset[str] = frozenset()

    @property
    def of_slots(self) -> Asked:
        """The same as the index asks."""
        first, last = self.first.toordinal(), self.last.toordinal()
        return Asked(first, last, self.weekdays, self.times)

    def days(self) -> list[int]:
        """Ordinals of the days asked for, as far ahead as filters know dates."""
        last = min(self.last, clock.today() + HORIZON + ROLLING).toordinal()
        asked = range(self.first.toordinal(), last + 1)
        if not self.weekdays:
            return list(asked)
        return [day for day in asked if str(weekday_of(day)) in self.weekdays]

    def is_on(self, day: date) -> bool:
        """Whether a day is one asked for."""
        if self.weekdays and str(day.weekday()) not in self.weekdays:
            return False
        return self.first <= day <= self.last

    def fits(self, moment: datetime) -> bool:
        """Whether a date is one asked for."""
        local = moment.astimezone(clock.BERLIN)
        hours = [DAYTIMES[name] for name in self.times]
        if hours and not any(start <= local.hour < end for start, end in hours):
            return False
        return self.is_on(local.date())


def asked_dates(values: Mapping[str, Any]) -> AskedDates | None:
    """What the filters of a list ask of dates; None where they ask nothing."""
    if not any(name in values for name in FILTERS):
        return None
    today = clock.today()
    first, last = max(values.get("from", today), today), values.get("to", date.max)
    for when in values.get("when", ()):
        earliest, latest = days_of(when, today)
        first, last = max(first, earliest), min(last, latest)
    return AskedDates(
        first,
        last,
        frozenset(values.get("weekday", ())),
        frozenset(values.get("time", ())),
    )


def days_of(when: str, today: date) -> tuple[date, date]:
    """First and last day of a choice; of a weekend that runs what is left of it."""
    if when == "weekend":
        sunday = today + timedelta(days=6 - today.weekday())
        return max(today, sunday - timedelta(days=1)), sunday
    first, last = {"today": (0, 0), "tomorrow": (1, 1), "week": (0, 6)}[when]
    return today + timedelta(days=first), today + timedelta(days=last)


def starts_asked_for(
    upcoming: Mapping[int, datetime | None],
    asked: AskedDates,
    running: Container[int] = (),
) -> dict[int, datetime | None]:
    """For offers and their next dates: the first date of each that is asked for, or of
    those in `running` the one of today that is not over; None where none fits. At
    most one query.
    """
    found = dict(upcoming)
    open_ids = [
        pk
        for pk, start in upcoming.items()
        if pk in running or (start and not asked.fits(start))
    ]
    for pk, rules in _rules_of(open_ids).items():
        starts = (_first_start(rule, asked) for rule in rules)
        found[pk] = min(filter(None, starts), default=None)
    return found


def _rules_of(ids: Sequence[int]) -> dict[int, list[Rule]]:
    """The schedules of these offers, and with them the school holidays and the dates
    that are cancelled or moved.
    """
    rules: dict[int, list[Rule]] = defaultdict(list)
    if not ids:
        return rules
    holidays = SchoolHoliday.objects.order_by("pk")
    changes = Occurrence.objects.filter(offering=OuterRef("offering")).order_by("pk")
    schedules = (
        Schedule.objects.filter(offering__in=ids)
        .select_related("offering")
        .annotate(
            pauses_from=ArraySubquery(holidays.values("starts_on")),
            pauses_to=ArraySubquery(holidays.values("ends_on")),
            changes=ArraySubquery(changes.values(one=JSONArray(*CHANGED))),
        )
    )
    wanted = [f"offering__{name}" for name in OF_OFFERING]
    own = [field.name for field in Schedule._meta.concrete_fields]
    for row in schedules.only(*own, *wanted):
        pauses = list(zip(row.pauses_from, row.pauses_to, strict=True))
        made = tuple(map(_change, row.changes))
        rules[row.offering_id].append(rule_of(row, row.offering, pauses, made))
    return rules


def _change(values: Sequence[str | None]) -> Change:
    """A cancelled or moved date as JSON has it."""
    day, start, new_day, new_start, new_end = values
    return Change(
        date.fromisoformat(day),
        start and time.fromisoformat(start),
        new_day and date.fromisoformat(new_day),
        new_start and time.fromisoformat(new_start),
        new_end and time.fromisoformat(new_end),
    )


def _first_start(rule: Rule, asked: AskedDates) -> datetime | None:
    """The moment of the first date of a rule that is asked for and is not over; as far
    ahead as dates are known to the filters.
    """
    now = clock.now()
    if asked.first > now.date() + LONGEST_SEARCH:
        return None
    last = min(asked.last, asked.first + HORIZON)
    ahead = takewhile(lambda one: one.day <= last, meetings(rule, asked.first))
    fitting = (
        one.start
        for one in ahead
        if asked.is_on(one.day) and one.end > now and asked.fits(one.start)
    )
    return next(fitting, None)
