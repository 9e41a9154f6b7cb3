"""How long a large table takes: checked, taken over, handed in again, undone.

A program of its own, `python -m herne_bildung.portal.bench.imports ROWS`, in a
database of its own; prints seconds by step as JSON on its last line.
"""

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from herne_bildung.portal.bench import stack
from herne_bildung.portal.bench.report import Figure
from herne_bildung.portal.bench.year.run import own_database

# Seconds; the aim is for taking over, the others are measured by it too.
AIM, PATIENCE = 120, 3600
ROWS = 10_000
STEPS = ("check", "take over", "again, a tenth changed", "undo")


def table(rows: int, provider: str, topic: str, *, changed_every: int = 0) -> bytes:
    """Offers with a weekly time and a price, as a course programme has them."""
    header = "Schlüssel;Titel;Kurzbeschreibung;Beschreibung;Anbieter;Themen;Für wen"
    header += ";Alter ab (Monate);Wochentage;Beginn;Ende;Termine ab;Preis;Status"
    lines = [header]
    for number in range(rows):
        is_changed = changed_every and number % changed_every == 0
        title = f"{'Neuer Kurs' if is_changed else 'Kurs'} {number}"
        lines.append(
            f"K{number};{title};Für alle, die gern lernen.;"
            f"Ein Satz mit einigen Worten und der Zahl {number}.;{provider};{topic};"
            f"parents;{number % 200};Di;9:30;11:00;12.01.2027;3,50;draft"
        )
    return "\n".join(lines).encode()


def measure(rows: int, say: Callable[[str], None]) -> dict[str, float]:
    """Seconds of each step."""
    from herne_bildung.city.models import Organisation, User
    from herne_bildung.portal.exchange import actions, work
    from offerings.models import Topic

    by = User.objects.create_superuser(f"bench-{time.time_ns()}")
    number = time.time_ns()
    provider = Organisation.objects.create(
        slug=f"bench-{number}", name_de=f"Bench {number}", kind="education"
    )
    topic = Topic.objects.create(key=f"bench-{number}", name_de=f"Bench {number}")
    source, seconds = f"bench {number}", {}

    def timed(name: str, job) -> None:
        say(name)
        begin = time.perf_counter()
        while job.is_at_work:
            work.work(10_000)
            job.refresh_from_db()
        if job.state not in {"checked", "done", "undone"}:
            raise RuntimeError(f"{name}: {job.state} {job.refusal} {job.counts}")
        seconds[name] = time.perf_counter() - begin

    def handed_in(name: str, data: bytes):
        return actions.hand_in(
            kind="offering",
            organisation_id=None,
            source=source,
            file_name=name,
            data=data,
            by=by,
        )

    names = (provider.name_de, topic.name_de)
    first = handed_in("first.csv", table(rows, *names))
    timed(STEPS[0], first)
    timed(STEPS[1], actions.take_over(first, by=by))
    second = handed_in("second.csv", table(rows, *names, changed_every=10))
    timed("check again", second)
    timed(STEPS[2], actions.take_over(second, by=by))
    timed(STEPS[3], actions.undo(first, by=by))
    return seconds


def figures(folder: Path, say: Callable[[str], None]) -> list[Figure]:
    """Seconds of each step, in a database of its own with nothing else in it."""
    say(f"A table of {ROWS:,} offers")
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.imports", str(ROWS)],
        stack.environment(own_database("imports")),
        folder / "imports.log",
        patience=PATIENCE,
    )
    return [
        Figure(f"table of {ROWS:,} offers, {step}: seconds", seconds, AIM)
        for step, seconds in json.loads(printed.strip().splitlines()[-1]).items()
    ]


def main(rows: int) -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    found = measure(rows, lambda step: sys.stderr.write(f"{step} …\n"))
    sys.stdout.write(f"{json.dumps(found)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
