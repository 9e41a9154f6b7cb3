"""What readers would notice of an offer, and when it came or changed: noted for all
offers at once, so that no search that is followed has to read them.

`reindex` writes the digests of each offer; `look` compares them with those of the last
look, and takes from the bitmaps which offers came to the site or went. A confirmation,
a translation, a mended description are no news; neither is an offer that pauses, but
its return is.
"""

import json
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any

from django.db import connection, transaction
from django.db.models import F, prefetch_related_objects
from pyroaring import BitMap

from herne_bildung.lib import clock
from offerings.catalogue import catalogue
from offerings.models import NoticedOffering, Offering

# Any number that nothing else locks: one look at a time.
LOOK_LOCK = 7_420_041
DIGEST_BYTES = 6
FACTS_SQL = """
INSERT INTO offerings_noticedoffering AS noticed
  (offering_id, facts, seen, is_shown, is_back, changed)
SELECT offering_id, facts, '{}', false, false, '{}'
FROM unnest(%s::bigint[], %s::jsonb[]) AS row (offering_id, facts)
ON CONFLICT (offering_id) DO UPDATE SET facts = excluded.facts
WHERE noticed.facts <> excluded.facts
"""
LEFT_OUT_SQL = """
SELECT coalesce(array_agg(id), '{}') FROM offerings_offering
WHERE is_sample
   OR paused_from <= %(today)s AND (paused_until IS NULL OR paused_until >= %(today)s)
"""
SHOWN_SQL = """
SELECT coalesce(array_agg(offering_id) FILTER (WHERE is_shown), '{}'),
       count(came_at)
FROM offerings_noticedoffering
"""
# Of the very type of the column: else PostgreSQL compares each row with each number.
LOCK_SQL = """
SELECT count(*) FROM (
  SELECT FROM offerings_noticedoffering
  WHERE offering_id = ANY(%s::bigint[]) OR is_shown AND facts <> seen
  ORDER BY offering_id FOR UPDATE
) AS locked
"""
WENT_SQL = """
UPDATE offerings_noticedoffering SET is_shown = false
WHERE offering_id = ANY(%s::bigint[])
"""
# Those found by the very first look came when they were entered.
CAME_SQL = """
INSERT INTO offerings_noticedoffering AS noticed
  (offering_id, facts, seen, is_shown, is_back, changed, came_at, news_at)
SELECT id, '{{}}', '{{}}', true, false, '{{}}', {came}, {came}
FROM offerings_offering WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id
ON CONFLICT (offering_id) DO UPDATE SET
  is_shown = true, is_back = noticed.came_at IS NOT NULL, seen = noticed.facts,
  changed = '{{}}', came_at = excluded.came_at, news_at = excluded.news_at
"""
CHANGED_SQL = """
UPDATE offerings_noticedoffering AS noticed SET
  seen = facts,
  changed = changed || found.parts,
  news_at = CASE WHEN found.parts = '{}' THEN news_at ELSE %(now)s END
FROM (
  SELECT offering_id, coalesce(
    jsonb_object_agg(part.key, %(moment)s::float)
      FILTER (WHERE seen->part.key <> part.value), '{}'
  ) AS parts
  FROM offerings_noticedoffering, jsonb_each(facts) AS part
  WHERE is_shown AND facts <> seen
  GROUP BY offering_id
) AS found
WHERE found.offering_id = noticed.offering_id
"""
GONE_SQL = """
DELETE FROM offerings_noticedoffering AS noticed WHERE NOT is_shown AND NOT EXISTS (
  SELECT FROM offerings_offering WHERE id = noticed.offering_id
)
"""


@dataclass(frozen=True, slots=True)
class Noticed:
    """What is new of an offer: it came, came back, or these parts changed at these
    moments (seconds since 1970).
    """

    came_at: datetime | None
    is_back: bool
    changed: dict[str, float]

    def came_after(self, since: datetime) -> bool:
        return self.came_at is not None and self.came_at > since

    def changed_after(self, since: datetime) -> set[str]:
        """The parts that did."""
        moment = since.timestamp()
        return {part for part, at in self.changed.items() if at > moment}

    def is_news_after(self, since: datetime) -> bool:
        return self.came_after(since) or bool(self.changed_after(since))


def note_facts(offerings: Sequence[Offering]) -> None:
    """Remember what these offers are like now, in the order of their numbers."""
    prefetch_related_objects(offerings, "cost_options", "occurrences")
    facts = [json.dumps(digests(offering)) for offering in offerings]
    with connection.cursor() as cursor:
        cursor.execute(FACTS_SQL, [[offering.pk for offering in offerings], facts])


def digests(offering: Offering) -> dict[str, str]:
    """A short digest for each part that readers would notice."""
    return {part: _digest(values) for part, values in _parts(offering).items()}


def _parts(offering: Offering) -> dict[str, Any]:
    places = sorted(place.pk for place in offering.places.all())
    prices = (
        (option.kind, f"{option.amount:.2f}", option.per)
        for option in offering.cost_options.all()
    )
    return {
        "title": offering.title_de,
        "dates": [offering.starts_on, offering.ends_on, *_dates(offering)],
        "place": [places, offering.is_citywide, offering.format],
        "price": [offering.is_free, *sorted(prices)],
        "registration": [offering.registration, offering.registration_url],
    }


def _dates(offering: Offering) -> Iterator[list[Any]]:
    """Rules and what is not as they say, without rows' numbers."""
    for rows, names in (
        (
            offering.schedules.all(),
            "frequency interval weekdays week_of_month starts_on until start_time"
            " end_time exceptions in_school_holidays",
        ),
        (
            offering.occurrences.all(),
            "day start_time state new_day new_start_time new_end_time",
        ),
    ):
        yield sorted(
            [str(getattr(row, name)) for name in names.split()] for row in rows
        )


def _digest(values: Any) -> str:
    text = json.dumps(values, default=str)
    return blake2b(text.encode(), digest_size=DIGEST_BYTES).hexdigest()


@transaction.atomic
def look(now: datetime) -> None:
    """Note which offers came, went and changed since the last look: a fixed number of
    queries, whoever follows what.
    """
    offers = catalogue()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOOK_LOCK])
        offers.refresh()
        cursor.execute(LEFT_OUT_SQL, {"today": clock.today()})
        shown = offers.visible() - BitMap(array("I", cursor.fetchone()[0]))
        cursor.execute(SHOWN_SQL)
        before, came_once = cursor.fetchone()
        went, came = BitMap(before) - shown, shown - BitMap(before)
        cursor.execute(LOCK_SQL, [list(went | came)])
        if went:
            cursor.execute(WENT_SQL, [list(went)])
        if came:
            at = "%(now)s" if came_once else "created_at"
            cursor.execute(CAME_SQL.format(came=at), {"ids": list(came), "now": now})
        cursor.execute(CHANGED_SQL, {"now": now, "moment": now.timestamp()})
        cursor.execute(GONE_SQL)


def news_since(since: datetime, until: datetime) -> dict[int, Noticed]:
    """What is new of all offers on the site in this time, by their numbers."""
    rows = NoticedOffering.objects.filter(
        is_shown=True, news_at__gt=since, news_at__lte=until
    )
    columns = ("offering_id", "came_at", "is_back", "changed")
    found = rows.order_by(F("news_at"), "pk").values_list(*columns)
    return {pk: Noticed(*values) for pk, *values in found.iterator(chunk_size=2000)}


def new_ids(news: Iterable[tuple[int, Noticed]], since: datetime) -> BitMap:
    """Those of them that are news since then."""
    return BitMap(pk for pk, noticed in news if noticed.is_news_after(since))
