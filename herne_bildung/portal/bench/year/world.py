"""The people and entries of the simulated year, the same in every run."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

from django.db import transaction

from herne_bildung.city.models import Organisation
from herne_bildung.freshness.actions.sync import schedule, sync_all
from herne_bildung.freshness.intervals import Intervals
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import MaintainedEntry, Recipient, Responsibility
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.rhythm import due_on
from herne_bildung.lib import clock
from herne_bildung.lib.analyser import sort_key
from offerings.actions import reindex
from offerings.models import Offering, Schedule

# Entries that are asked within their last weeks have been asked already.
ASKED_BEFORE = 25
DOMAIN = "traeger.example"


@dataclass(frozen=True)
class Size:
    """Of the world: entries in all, responsible persons, those of them of parents."""

    entries: int = 2000
    people: int = 250
    parents: int = 30

    def smaller(self, times: int) -> "Size":
        """For a trial."""
        return Size(
            self.entries // times, self.people // times, max(1, self.parents // times)
        )


class Habit(StrEnum):
    """How a person deals with mails of the portal."""

    PROMPT = "prompt"
    SLOW = "slow"
    HOLIDAY = "holiday"
    NEVER = "never"
    LEFT = "left the job"
    BOUNCING = "bouncing address"


# Of a hundred people. Invented: no study of such habits is known to us.
SHARES = {
    Habit.PROMPT: 46,
    Habit.SLOW: 24,
    Habit.HOLIDAY: 12,
    Habit.NEVER: 6,
    Habit.LEFT: 6,
    Habit.BOUNCING: 6,
}


@dataclass
class Person:
    """Someone responsible; the address says who it is."""

    number: int
    habit: Habit
    organisation_id: int = 0
    absences: list[tuple[date, date]] = field(default_factory=list)

    @property
    def email(self) -> str:
        return f"stelle-{self.number}@{DOMAIN}"

    def first_day_at_work(self, day: date) -> date:
        """The day itself, or the first one after an absence or a weekend."""
        for first, last in self.absences:
            if first <= day <= last:
                day = last + timedelta(days=1)
        return (
            day + timedelta(days=max(0, 7 - day.isoweekday()) % 7)
            if (day.isoweekday() > 5)
            else day
        )


def people(chance: random.Random, start: date, size: Size) -> list[Person]:
    """All responsible persons with their habits; those of parents answer."""
    habits = [
        habit
        for habit, share in SHARES.items()
        for _ in range(share * size.people // 100)
    ]
    habits += [Habit.PROMPT] * (size.people - len(habits))
    willing = [habit for habit in habits if habit in {Habit.PROMPT, Habit.SLOW}]
    of_parents = chance.sample(willing, size.parents)
    for habit in of_parents:
        habits.remove(habit)
    chance.shuffle(habits)
    found = [
        Person(number, habit) for number, habit in enumerate([*of_parents, *habits])
    ]
    for person in found:
        if person.habit == Habit.HOLIDAY:
            person.absences = list(_absences(chance, start))
    return found


def _absences(chance: random.Random, start: date) -> Iterator[tuple[date, date]]:
    for begin, end in ((0, 180), (181, 340)):
        first = start + timedelta(days=chance.randint(begin, end))
        yield first, first + timedelta(days=20)


@transaction.atomic
def build(chance: random.Random, start: date, size: Size) -> list[Person]:
    """Organisations, contacts, offers, each confirmed at some time before the start."""
    found = people(chance, start, size)
    organisations = [_organisation(person.number) for person in found]
    for person, organisation in zip(found, organisations, strict=True):
        person.organisation_id = organisation.pk
    for child in organisations[size.parents :]:
        child.parent = chance.choice(organisations[: size.parents])
        child.save()
    recipients = [_recipient(person) for person in found]
    for number, organisation in enumerate(organisations):
        _responsible(organisation, recipients[number], Responsibility.Rank.FIRST)
        if number >= size.parents and chance.random() < 0.6:
            second = recipients[chance.randrange(size.parents, size.people)]
            if second != recipients[number]:
                _responsible(organisation, second, Responsibility.Rank.SECOND)
    _offers(chance, organisations, size.entries - size.people, start)
    sync_all()
    _confirm_before(chance, start)
    return found


def _organisation(number: int) -> Organisation:
    return Organisation.objects.create(
        slug=f"traeger-{number}",
        kind=Organisation.Kind.EDUCATION,
        name_de=f"Träger {number}",
        phone=f"000 {number}",
    )


def _recipient(person: Person) -> Recipient:
    return Recipient.objects.create(email=person.email, allowed_at=clock.now())


def _responsible(
    organisation: Organisation, recipient: Recipient, rank: int
) -> Responsibility:
    return Responsibility.objects.create(
        organisation=organisation, recipient=recipient, rank=rank, may_publish=True
    )


def _offers(
    chance: random.Random, organisations: list[Organisation], count: int, start: date
) -> None:
    offers = [
        Offering(
            slug=f"angebot-{number}",
            provider=chance.choice(organisations),
            state=Offering.State.PUBLISHED,
            title_de=f"Angebot {number}",
            summary_de="Kurz gesagt.",
            next_step_de="Einfach vorbeikommen.",
            sort_key=sort_key(f"Angebot {number}"),
        )
        for number in range(count)
    ]
    Offering.objects.bulk_create(offers, batch_size=500)
    Schedule.objects.bulk_create(
        Schedule(
            offering=offer,
            weekdays=[chance.randrange(5)],
            starts_on=start - timedelta(days=100),
            start_time=time(9, 30),
        )
        for offer in offers
        if chance.random() < 0.6
    )
    reindex(offer.pk for offer in offers)


def _confirm_before(chance: random.Random, start: date) -> None:
    """Every group was confirmed at a day from which it is not asked for yet."""
    calendars = Calendars()
    intervals = {name: Intervals(kind) for name, kind in kinds().items()}
    rows = list(MaintainedEntry.objects.filter(is_public=True))
    for row in rows:
        for name in row.groups:
            row.groups[name] = _confirmed(chance, intervals[row.kind], row, name, start)
        row.confirmed_at = clock.now()
        row.due_on = due_on(row.groups)
        schedule(row, calendars, start)
    columns = ["groups", "confirmed_at", "due_on", "next_on"]
    MaintainedEntry.objects.bulk_update(rows, columns, batch_size=500)


def _confirmed(
    chance: random.Random,
    intervals: Intervals,
    row: MaintainedEntry,
    group: str,
    start: date,
) -> dict[str, Any]:
    days = intervals.months(row, group) * 30 - ASKED_BEFORE
    confirmed = start - timedelta(days=chance.randrange(days))
    return {
        "confirmed": confirmed.isoformat(),
        "due": intervals.due(row, group, confirmed).isoformat(),
    }
