"""What the weekly mails of searches that people follow take among many offers.

A program of its own, `python -m herne_bildung.portal.bench.following SEARCHES`, on a
database of samples that count as real ones; prints numbers as JSON on its last line.
"""

import itertools
import json
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from resource import RUSAGE_SELF, getrusage

from herne_bildung.portal.bench import stack
from herne_bildung.portal.bench.report import Figure

SEARCHES = 5_000
# Two people each follow the same.
SHARED = 2
WORDS = ("kurs", "musik", "eltern", "deutsch")
# Of a week: every so many offers came or changed.
CAME_EVERY, CHANGED_EVERY = 200, 100
# Seconds of a run for all that are followed, and megabytes it may add to a worker.
AIM, AIM_MEMORY, PATIENCE = 180, 100, 3600
WEEK = timedelta(days=7)
REAL_SQL = "UPDATE offerings_offering SET is_sample = false WHERE is_sample"
FACTS_SQL = """
INSERT INTO offerings_noticedoffering
  (offering_id, facts, seen, is_shown, is_back, changed)
SELECT id, '{"title": "1", "dates": "1", "place": "1", "price": "1"}', '{}', false,
       false, '{}'
FROM offerings_offering ON CONFLICT DO NOTHING
"""
CAME_SQL = "DELETE FROM offerings_noticedoffering WHERE offering_id %% %s = 0"
CHANGED_SQL = """
UPDATE offerings_noticedoffering SET facts = facts || '{"dates": "2"}'
WHERE offering_id %% %s = 1
"""


def keys() -> Iterator[str]:
    """Searches that differ: words alone and, with others, district, topic and age."""
    from offerings.catalogue import catalogue

    offers = catalogue()
    offers.refresh()
    yield from (f"q={word}" for word in WORDS)
    for age, topic, district in itertools.product(
        range(1, 60), offers.topics.by_key, offers.districts.by_key
    ):
        yield f"age={age}&district={district}&topic={topic}"


def prepare(count: int) -> None:
    """So many people, each following one search, all told a week ago."""
    from django.db import connection

    from herne_bildung.freshness.models import Subscriber, Subscription
    from herne_bildung.lib import clock
    from offerings import noticed

    before = clock.now() - WEEK
    with connection.cursor() as cursor:
        cursor.execute(REAL_SQL)
        cursor.execute(FACTS_SQL)
    noticed.look(before - WEEK)
    people = Subscriber.objects.bulk_create(
        Subscriber(email=f"{number}@bench.invalid") for number in range(count)
    )
    followed = itertools.chain.from_iterable(itertools.repeat([*keys()]))
    wanted = list(itertools.islice(followed, -(-count // SHARED))) * SHARED
    Subscription.objects.bulk_create(
        Subscription(
            subscriber=person,
            kind="search",
            key=key,
            language=person.language,
            asked_at=before,
            confirmed_at=before,
            told_until=before,
            ends_on=clock.today() + 20 * WEEK,
        )
        for person, key in zip(people, wanted, strict=False)
    )
    with connection.cursor() as cursor:
        cursor.execute(CAME_SQL, [CAME_EVERY])
        cursor.execute(CHANGED_SQL, [CHANGED_EVERY])
        cursor.execute("ANALYZE")


def measure() -> dict[str, float]:
    """Seconds, CPU seconds, statements, mails and megabytes of a run."""
    from django.db import connection

    from herne_bildung.freshness.actions.news import send_news

    statements = itertools.count()

    def note(execute, *arguments):
        next(statements)
        return execute(*arguments)

    before, begin, cpu = peak(), time.perf_counter(), time.process_time()
    with connection.execute_wrapper(note):
        mails = send_news()
    return {
        "seconds": time.perf_counter() - begin,
        "CPU seconds": time.process_time() - cpu,
        "statements": next(statements),
        "mails": mails,
        "MB more": peak() - before,
    }


def peak() -> float:
    """The most memory that this process ever had, in megabytes."""
    return getrusage(RUSAGE_SELF).ru_maxrss / 1024


def figures(folder: Path, address: str, say: Callable[[str], None]) -> list[Figure]:
    """The numbers of a run, on a database whose content it changes."""
    say(f"{SEARCHES:,} people who follow a search")
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.following", str(SEARCHES)],
        stack.environment(address),
        folder / "following.log",
        patience=PATIENCE,
    )
    aims = {"seconds": AIM, "MB more": AIM_MEMORY}
    return [
        Figure(f"mails to {SEARCHES:,} who follow: {name}", value, aims.get(name))
        for name, value in json.loads(printed.strip().splitlines()[-1]).items()
    ]


def main(count: int) -> None:
    import django

    django.setup()
    prepare(count)
    sys.stdout.write(f"{json.dumps(measure())}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEARCHES)
