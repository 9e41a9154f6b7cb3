"""The dates of an offer as its schedules plan them, and what was changed of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from django.forms.models import model_to_dict

from herne_bildung.lib import clock
from herne_bildung.lib.schedule import Rule, planned
from offerings.dates.collisions import new_collisions
from offerings.dates.schedules import own_rules
from offerings.facts import changes_of
from offerings.models import Occurrence, Offering

State = Occurrence.State
AROUND = timedelta(days=60)
# Of one schedule within twice that time.
MOST_AROUND = 130


@dataclass(frozen=True, slots=True)
class PlannedDate:
    """A date of a schedule. `change` says what happens to it, if anything does;
    `is_planned` is False where the schedules do not name it any more.
    """

    day: date
    start_time: time | None
    end_time: time | None = None
    change: Occurrence | None = None
    is_planned: bool = True

    @property
    def key(self) -> str:
        """Its mark in forms: "2026-11-24T09:30"."""
        when = f"T{self.start_time:%H:%M}" if self.start_time else ""
        return f"{self.day.isoformat()}{when}"

    @property
    def planned_start(self) -> datetime:
        return clock.at(self.day, self.start_time or time())

    @property
    def start(self) -> datetime:
        """When it begins now, moved or not."""
        if self.change is None or self.change.new_day is None:
            return self.planned_start
        new_time = self.change.new_start_time or self.start_time or time()
        return clock.at(self.change.new_day, new_time)

    @property
    def key_now(self) -> str:
        return f"{self.start:%Y-%m-%dT%H:%M}"

    @property
    def is_cancelled(self) -> bool:
        return self.change is not None and self.change.state == State.CANCELLED

    @property
    def is_moved(self) -> bool:
        return self.change is not None and self.change.state == State.MOVED


class Plan:
    """The dates of an offer with these changes, which may not be stored yet."""

    def __init__(self, offering: Offering, changes: Iterable[Occurrence]) -> None:
        self.offering = offering
        self.changes = list(changes)

    @cached_property
    def _rules(self) -> Sequence[Rule]:
        return own_rules(self.offering)

    def upcoming(self, count: int) -> list[PlannedDate]:
        """The next dates as they were planned, and all others that are changed and not
        over; in the order of the plan.
        """
        now = clock.now()
        ahead = [one for one in self._from(clock.today(), count) if one.start > now]
        found = {one.key: one for one in sorted(ahead, key=_by_plan)[:count]}
        said = [one.change for one in found.values()]
        for change in self.changes:
            if not any(change is one for one in said):
                changed = self._date_of(change)
                found[changed.key] = changed
        dates = sorted(found.values(), key=_by_plan)
        return [one for one in dates if max(one.planned_start, one.start) > now]

    def next(self) -> PlannedDate | None:
        """The one that takes place next."""
        now, count = clock.now(), len(self.changes) + 2
        taking_place = [
            one
            for one in self.upcoming(count)
            if one.is_planned and not one.is_cancelled and one.start > now
        ]
        return min(taking_place, key=lambda one: one.start, default=None)

    def find(self, key: str) -> PlannedDate | None:
        """The planned or changed date with this mark; None where there is none."""
        try:
            day = date.fromisoformat(key.partition("T")[0])
        except ValueError:
            return None
        changed = [self._date_of(one) for one in self.changes if one.day == day]
        found = [*self.on_day(day), *changed]
        return next((one for one in found if one.key == key), None)

    def beginning(self, key: str) -> PlannedDate | None:
        """The date that is on this day and time now; a moved one before a planned
        one, which may have gone elsewhere.
        """
        moved = [self._date_of(one) for one in self.changes if one.new_day]
        moved = [one for one in moved if one.is_planned and one.key_now == key]
        return moved[0] if moved else self.find(key)

    def on_day(self, day: date) -> list[PlannedDate]:
        """What is planned on a day."""
        every = [next(planned(rule, day), None) for rule in self._rules]
        found = {
            one.start_time: self._with_change(one.day, one.start_time, one.end_time)
            for one in every
            if one and one.day == day
        }
        return sorted(found.values(), key=_by_plan)

    def nearest(self, day: date, count: int) -> list[PlannedDate]:
        """The planned dates around a day, those that are over left out; in order."""
        now, first = clock.now(), max(day - AROUND, clock.today())
        ahead = [
            one for one in self._from(first, MOST_AROUND) if one.planned_start > now
        ]
        ahead.sort(key=lambda one: (abs(one.day - day), *_by_plan(one)))
        return sorted(ahead[:count], key=_by_plan)

    def collides(self, changes: Iterable[Occurrence]) -> bool:
        """Whether by these changes a moved date would come to lie on another one; what
        did so before does not count.
        """
        after, before = (
            [replace(rule, changes=made) for rule in self._rules]
            for made in (changes_of(changes), changes_of(self.changes))
        )
        return bool(new_collisions(after, before, clock.today()))

    def with_change(
        self, of: PlannedDate, change: Occurrence | None
    ) -> list[Occurrence]:
        """The changes with this one instead of what was said of the date before."""
        same = (of.day, of.start_time)
        kept = [
            one
            for one in self.changes
            if one is not of.change and (one.day, one.start_time) != same
        ]
        return [*kept, *self._of_the_others(of), *([change] if change else [])]

    def _of_the_others(self, of: PlannedDate) -> list[Occurrence]:
        """What is said of all dates of a day, said of each of them but this one."""
        whole = of.change
        if whole is None or whole.start_time or not of.start_time:
            return []
        names = ("day", "state", "reason", "new_day", "new_start_time", "new_end_time")
        values = model_to_dict(whole, names)
        return [
            Occurrence(**values, start_time=one.start_time)
            for one in self.on_day(of.day)
            if one.change is whole and one.start_time != of.start_time
        ]

    def _from(self, first: date, count: int) -> list[PlannedDate]:
        found = {
            (one.day, one.start_time): self._with_change(
                one.day, one.start_time, one.end_time
            )
            for rule in self._rules
            for one in islice(planned(rule, first), count + 1)
        }
        return list(found.values())

    def _with_change(self, day: date, start: time, end: time | None) -> PlannedDate:
        """A date with its change; what is said of its very time comes before what is
        said of the whole day.
        """
        said = {one.start_time: one for one in self.changes if one.day == day}
        return PlannedDate(day, start, end, said.get(start) or said.get(None))

    def _date_of(self, change: Occurrence) -> PlannedDate:
        """The planned date that a change is of."""
        own = (one for one in self.on_day(change.day) if one.change is change)
        alone = PlannedDate(
            change.day, change.start_time, change=change, is_planned=False
        )
        return next(own, alone)


def _by_plan(one: PlannedDate) -> tuple[datetime, str]:
    return one.planned_start, one.key
