"""A year of care, day by day.

A program of its own, `python -m herne_bildung.portal.bench.year.simulate '{…}'` with
the fields of `Order`; it starts a Celery worker, drives the clock, lets people answer
and staff call, and prints `Outcome` as JSON on its last line.
"""

import heapq
import json
import os
import random
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

# Days by which steps may be late together: weekends, and what waits for the next mail
# that one person may get.
LATE = timedelta(days=30)
PATIENCE = 120
SEED = 2026


@dataclass(frozen=True)
class Order:
    """From which day, for how many days; the mail server's port; the log's folder;
    how many times smaller than usual the world is.
    """

    start: str
    days: int
    port: int
    folder: str
    smaller: int = 1


@dataclass
class Day:
    """How things stood in the evening."""

    day: str
    is_pause: bool
    visible: int
    fresh: int
    hidden: int
    wrongly_visible: int
    mails: int


@dataclass
class Outcome:
    """What a year brought."""

    seconds: float = 0.0
    entries: int = 0
    people: dict[str, int] = field(default_factory=dict)
    days: list[Day] = field(default_factory=list)
    mails: int = 0
    twice_a_day: int = 0
    clicks: int = 0
    confirmed_by_link: int = 0
    confirmed_by_phone: int = 0
    hidden: int = 0
    corrected: int = 0
    ended: int = 0
    given_up: int = 0


class Year:
    """The simulation; see `Order`."""

    def __init__(self, order: Order) -> None:
        from herne_bildung.portal.bench.year.habits import Reader
        from herne_bildung.portal.bench.year.office import Office

        self.order = order
        self.start = date.fromisoformat(order.start)
        self.chance = chance()
        self.outcome = Outcome()
        self.visits: list[Any] = []
        self.reader = Reader(self.chance)
        self.office = Office(self.chance)
        self.per_day: Counter = Counter()

    def run(self, post_office: Any, people: list[Any]) -> Outcome:
        """All days. `post_office` receives, `people` answer."""
        begin = time.monotonic()
        self.people = {person.email: person for person in people}
        self.office.people = self.people
        self.office.post_office = post_office
        self.outcome.people = dict(Counter(str(person.habit) for person in people))
        for number in range(self.order.days):
            self._day(self.start + timedelta(days=number), post_office)
            if number % 10 == 9:
                sys.stderr.write(self._progress() + "\n")
        self._sum_up(time.monotonic() - begin)
        return self.outcome

    def _day(self, day: date, post_office: Any) -> None:
        from herne_bildung.freshness import tasks
        from herne_bildung.freshness.pauses import Calendars, is_working_day

        calendar = Calendars().of(None)
        set_clock(day, 7)
        done(tasks.follow_changes)
        done(tasks.take_steps)
        done(tasks.send_waiting_mails)
        self._deliver(post_office, day)
        set_clock(day, 10)
        while self.visits and self.visits[0].day <= day:
            self.reader.open(heapq.heappop(self.visits).path)
        if is_working_day(day) and not calendar.is_paused(day):
            self.office.work()
        set_clock(day, 20)
        done(tasks.send_waiting_mails)
        self._deliver(post_office, day)
        self._note(day, is_pause=calendar.is_paused(day))

    def _deliver(self, post_office: Any, day: date) -> None:
        from herne_bildung.portal.bench.year.habits import visit_of

        for address, mail in post_office.take():
            if address not in self.people or "/pflege/" not in str(
                mail.get_body(("plain",)).get_content()
            ):
                continue
            is_receipt = mail["List-Unsubscribe"] is None
            if is_receipt:
                continue
            self.per_day[day, address] += 1
            person = self.people[address]
            if visit := visit_of(person, mail, day, self.chance):
                heapq.heappush(self.visits, visit)

    def _note(self, day: date, *, is_pause: bool) -> None:
        from herne_bildung.freshness.models import MaintainedEntry

        entries = MaintainedEntry.objects.counted()
        self.outcome.days.append(
            Day(
                day.isoformat(),
                is_pause,
                entries.count(),
                entries.fresh(day).count(),
                MaintainedEntry.objects.exclude(hidden_at=None).count(),
                wrongly_visible(day),
                sum(n for (on, _), n in self.per_day.items() if on == day),
            )
        )

    def _progress(self) -> str:
        last = self.outcome.days[-1]
        return f"  {last.day}: {last.fresh} von {last.visible} bestätigt"

    def _sum_up(self, seconds: float) -> None:
        from herne_bildung.freshness.models import (
            CareEvent,
            Confirmation,
            MaintainedEntry,
            OutgoingMail,
        )

        found, answers = self.outcome, self.reader.answers
        found.seconds = seconds
        found.entries = MaintainedEntry.objects.count()
        found.mails = sum(self.per_day.values())
        found.twice_a_day = sum(1 for n in self.per_day.values() if n > 1)
        found.clicks, found.confirmed_by_link = answers.clicks, answers.confirmed
        found.corrected = answers.others["corrected"]
        found.ended = answers.others["ended"] + self.office.ended
        found.confirmed_by_phone = Confirmation.objects.filter(how="phone").count()
        found.hidden = CareEvent.objects.filter(
            what="step", step=MaintainedEntry.Step.HIDDEN
        ).count()
        found.given_up = OutgoingMail.objects.exclude(failed_at=None).count()


def wrongly_visible(day: date) -> int:
    """Entries still shown though all steps had their time, or though someone said that
    they have ended.
    """
    from herne_bildung.freshness.models import MaintainedEntry
    from herne_bildung.freshness.pauses import Calendars
    from herne_bildung.freshness.rhythm import rhythm

    days = rhythm()
    asking = days.remind_after + 3 * days.step_after - days.ask_before
    asking = max(0, asking) + days.hide_after
    calendar = Calendars().of(None)
    late = MaintainedEntry.objects.counted().filter(
        due_on__lt=day - timedelta(days=asking)
    )
    overdue = [
        due
        for due in late.values_list("due_on", flat=True)
        if calendar.after(due, asking) + LATE < day
    ]
    return (
        len(overdue) + MaintainedEntry.objects.counted().exclude(ended_at=None).count()
    )


def chance() -> random.Random:
    """The same chances in every run."""
    return random.Random(SEED)  # noqa: S311  chance in a simulation keeps no secret


def set_clock(day: date, hour: int) -> None:
    """Move the time of all processes."""
    from django.conf import settings

    from herne_bildung.lib import clock

    wanted = datetime(day.year, day.month, day.day, hour, tzinfo=clock.BERLIN)
    shift = (wanted - datetime.now(clock.BERLIN)).total_seconds()
    path: Path = settings.CLOCK_FILE
    new = path.with_suffix(".new")
    new.write_text(str(shift))
    new.replace(path)


def done(task: Any) -> Any:
    """Let the worker do a task, and wait for it."""
    return task.delay().get(timeout=PATIENCE)


def main(order: Order) -> None:
    from django.conf import settings

    settings_path = Path(settings.CLOCK_FILE)
    settings_path.parent.mkdir(parents=True, exist_ok=True)
    set_clock(date.fromisoformat(order.start), 6)
    import django

    django.setup()
    from django.core.management import call_command

    from herne_bildung.portal.bench.year.post_office import PostOffice
    from herne_bildung.portal.bench.year.worker import worker
    from herne_bildung.portal.bench.year.world import Habit, Size, build

    call_command("migrate", verbosity=0)
    call_command("seed")
    forget_content()
    year = Year(order)
    people = build(chance(), year.start, Size().smaller(order.smaller))
    refused = [person.email for person in people if person.habit == Habit.BOUNCING]
    with (
        PostOffice(order.port, refused) as post_office,
        worker(Path(order.folder)),
    ):
        outcome = year.run(post_office, people)
    sys.stdout.write(json.dumps(asdict(outcome)))


def forget_content() -> None:
    """Only the school holidays stay of Herne's content; entries are the world's."""
    from herne_bildung.city.models import Organisation, School
    from herne_bildung.freshness.models import MaintainedEntry
    from offerings.models import Offering

    MaintainedEntry.objects.all().delete()
    School.objects.all().delete()
    Offering.objects.all().delete()
    Organisation.objects.update(is_provider=False)


if __name__ == "__main__":
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", "herne_bildung.portal.bench.year.settings"
    )
    main(Order(**json.loads(sys.argv[1])))
