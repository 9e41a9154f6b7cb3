"""Looking for entries that are due, among very many.

A program of its own: `python -m herne_bildung.portal.bench.year.scan 100000` fills a
database with so many entries and prints `Scan` as JSON on its last line.
"""

import json
import resource
import sys
import time
from dataclasses import asdict, dataclass

# A twentieth is due on a usual day after a weekend; then all of them at once.
SHARE_DUE = 20
ORGANISATIONS = 5000
FILL_SQL = """
INSERT INTO city_organisation
  (created_at, updated_at, seed_key, as_of, source_title, source_url, source_quote,
   licence, is_sample, translation_state, slug, kind, status, is_provider, name,
   name_de, description, email, phone, website, sort_key, is_trusted, internal_note)
SELECT now(), now(), '', '', '', '', '', '', false, '{}', 'traeger-' || n, 'education',
  'active', true, 'Träger ' || n, 'Träger ' || n, '', '', '', '', n::text,
  false, ''
FROM generate_series(1, %(organisations)s) n;
INSERT INTO freshness_recipient
  (email, is_role_mailbox, language, allowed_at, bounce_reason)
SELECT 'stelle-' || id || '@traeger.example', true, 'de', now(), ''
FROM city_organisation;
INSERT INTO freshness_responsibility (organisation_id, recipient_id, rank, may_publish)
SELECT organisation.id, recipient.id, 1, false
FROM city_organisation organisation
JOIN freshness_recipient recipient
  ON recipient.email = 'stelle-' || organisation.id || '@traeger.example';
INSERT INTO freshness_maintainedentry
  (kind, object_id, organisation_id, title, is_public, is_sample, as_of, dimensions,
   fingerprints, groups, confirmed_at, due_on, round, step, next_on,
   has_waiting_change, was_shown, synced_at)
SELECT 'offering', n, ids[1 + n %% %(organisations)s], 'Angebot ' || n, true, false,
  '', '{}', '{"times": "0"}', '{}', now(), current_date + n %% 90 + 22, 1, 0,
  current_date + CASE WHEN n %% %(share)s = 0 THEN 0 ELSE n %% 90 + 1 END, false, true,
  now()
FROM generate_series(1, %(entries)s) n,
  (SELECT array_agg(id) AS ids FROM city_organisation) AS known;
ANALYZE;
"""


@dataclass(frozen=True)
class Scan:
    """Seconds and queries of one look for due entries, and what it held in memory."""

    entries: int
    due: int
    seconds: float
    queries: int
    megabytes: float
    all_due_seconds: float
    all_due_queries: int
    all_due_megabytes: float


def look() -> tuple[int, float, int, float]:
    """Entries to ask, seconds, queries, and by how many MB the process grew."""
    from django.db import connection

    from herne_bildung.freshness.planning import Planner
    from herne_bildung.lib import clock

    number = 0

    def count(execute, statement, parameters, many, context):
        nonlocal number
        number += 1
        return execute(statement, parameters, many, context)

    before = peak()
    begin = time.perf_counter()
    with connection.execute_wrapper(count):
        plan = Planner(clock.today()).due()
    seconds = time.perf_counter() - begin
    found = sum(map(len, plan.mails.values())) + len(plan.calls) + len(plan.waiting)
    return found, seconds, number, peak() - before


def peak() -> float:
    """The most memory this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(entries: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    values = {
        "organisations": ORGANISATIONS,
        "entries": entries,
        "share": SHARE_DUE,
    }
    with connection.cursor() as cursor:
        for statement in FILL_SQL.split(";\n"):
            if statement.strip():
                cursor.execute(statement, values)
    usual = look()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE freshness_maintainedentry SET next_on = current_date")
        cursor.execute("ANALYZE")
    every = look()
    sys.stdout.write(json.dumps(asdict(Scan(entries, *usual, *every[1:]))))


if __name__ == "__main__":
    main(int(sys.argv[1]))
