"""All offers as bitmaps, in the memory of each process, always the committed state.

Before each use one small query asks for the index rows that changed since: ids of
transactions tell which those are (`OfferingIndex.changed_in`), so two processes can
never answer with different versions.
"""

import json
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any

from django.db import connection
from pyroaring import BitMap

from herne_bildung.city.reference import (
    VERSIONS_SQL,
    Districts,
    PlaceNode,
    districts,
    places,
)
from herne_bildung.city.search import Hits, HitsMemory
from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.packed_ids import ids_of
from offerings.dates.asked import AskedDates
from offerings.dates.slots import Slots
from offerings.reference import Topics, topics

# The three parts of the facts come as jsonb is written, always in the same way.
CHANGES_SQL = f"""
SELECT (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint),
       {VERSIONS_SQL}, row.offering_id, row.is_listed,
       coalesce(row.facts->>'values', '{{}}'), coalesce(row.facts->>'ranges', '{{}}'),
       coalesce(row.facts->>'unknown', '[]'), row.changed_in
FROM (SELECT 1) AS one
LEFT JOIN offerings_offeringindex AS row ON row.changed_in >= %s
"""  # noqa: S608  a subquery of ours is put in
# So many changes are not held in memory but read as they come, in such portions.
MANY = 1000
# Samples come after real offers, so that real ones are never hidden behind them.
ORDERS = {
    "name": "sort_key, id",
    "date": "is_sample, next_start, sort_key, id",
    "newest": "is_sample, created_at DESC, id DESC",
}
# One value of four bytes for each id, instead of a row for each.
ORDER_SQL = """
SELECT string_agg(int4send(id::integer), '' ORDER BY {}) FROM offerings_offering
"""
# All by the time of day of their next date.
TIMES_SQL = """
SELECT string_agg(int4send(id::integer), '' ORDER BY
         (next_start AT TIME ZONE 'Europe/Berlin')::time, sort_key, id)
FROM offerings_offering
"""
SAMPLES_SQL = """
SELECT string_agg(int4send(id::integer), '') FROM offerings_offering WHERE is_sample
"""
KIND = "offering"


class Changes:
    """Index rows that changed, gathered by the texts of their facts: the same few
    texts stand in many rows, so each is read once, for all its offers together.
    """

    def __init__(self) -> None:
        self.offerings = array("I")
        self._by_values: dict[str, array] = defaultdict(partial(array, "I"))
        self._by_ranges: dict[str, array] = defaultdict(partial(array, "I"))
        self._by_unknown: dict[str, array] = defaultdict(partial(array, "I"))

    def add(
        self, offering: int, is_listed: bool, values: str, ranges: str, unknown: str
    ) -> None:
        """Add a row of CHANGES_SQL."""
        self.offerings.append(offering)
        if is_listed:
            # Facet by facet; values are codes, which hold no brackets or quotes.
            for facet in values[2:-2].split('], "'):
                self._by_values[facet].append(offering)
            self._by_ranges[ranges].append(offering)
            self._by_unknown[unknown].append(offering)

    def groups(self) -> Iterator[tuple[array, dict[str, Any]]]:
        """Offers and the facts they share, for `BitmapIndex.replace`."""
        for text, offerings in self._by_values.items():
            yield offerings, {"values": json.loads(f'{{"{text}]}}' if text else "{}")}
        for text, offerings in self._by_ranges.items():
            yield offerings, {"ranges": json.loads(text)}
        for text, offerings in self._by_unknown.items():
            yield offerings, {"unknown": json.loads(text)}


class Catalogue:
    """The offers of this process's memory; `refresh` before each use."""

    def __init__(self) -> None:
        self.index = BitmapIndex()
        self.versions: Mapping[str, int] = {}
        self.generation = 0
        self._horizon = 0
        self._applied: dict[int, int] = {}
        self._hits = HitsMemory()

    def refresh(self) -> None:
        """Take over what was committed since the last time; one query, and another one
        where much was: at the first time, and after a reindexing.
        """
        with connection.cursor() as cursor:
            cursor.execute(f"{CHANGES_SQL} LIMIT %s", [self._horizon, MANY])
            rows = cursor.fetchall()
            if len(rows) < MANY:
                self._take_over(rows)
            else:
                self._take_over(cursor.stream(CHANGES_SQL, [self._horizon], size=MANY))

    def _take_over(self, rows: Iterable[tuple]) -> None:
        recent: dict[int, int] = {}
        changes = Changes()
        for row in rows:
            offering, is_listed, values, ranges, unknown, changed_in = row[2:]
            if offering is None:
                break
            if changed_in >= row[0] or offering in self._applied:
                recent[offering] = hash(row[3:])
                if self._applied.get(offering) == recent[offering]:
                    continue
            changes.add(offering, is_listed, values, ranges, unknown)
        self._horizon, self.versions = row[0], json.loads(row[1])
        # While an older transaction runs, these rows are read again and again.
        self._applied = recent
        if changes.offerings:
            self.generation += 1
            self.index.forget_orders()
            self.index.replace(changes.offerings, changes.groups())

    def visible(self) -> BitMap:
        """Ids of the offers the public sees today."""
        today = clock.today().toordinal()
        return self.index.derived(
            ("visible", today), lambda: self.index.covering("visible", today)
        )

    def page(self, selection: BitMap, order: str, offset: int, limit: int) -> list[int]:
        """Ids of one page of a selection; `order` is a key of ORDERS."""
        self.know_order(order)
        return self.index.ordered(selection, order, offset, limit)

    def know_order(self, order: str) -> None:
        """Read the order of all offers into the index, unless it is there."""
        if not self.index.has_order(order):
            self.index.set_order(order, _ids_of(ORDER_SQL.format(ORDERS[order])))

    def page_by_days(
        self,
        selection: BitMap,
        asked: AskedDates,
        slots: Slots,
        offset: int,
        limit: int,
    ) -> list[int]:
        """As `page`, in the order of the first of the days asked for on which each
        takes place, and of the time of its next date, which nearly always is that of
        all. Who has none of the days comes last.
        """
        self.page(BitMap(), "date", 0, 0)
        self.index.derived("times", self._learn_times)
        samples = self.samples
        page: list[int] = []
        for part in (selection - samples, selection & samples):
            if offset < len(part) and len(page) < limit:
                groups = (slots.on(day, asked.times) for day in asked.days())
                page += self.index.ordered_by_groups(
                    part, groups, "time", offset, limit - len(page), rest_name="date"
                )
            offset = max(0, offset - len(part))
        return page

    def _learn_times(self) -> bool:
        """Set the order "time", once until an offer changes."""
        self.index.set_order("time", _ids_of(TIMES_SQL))
        return True

    @property
    def samples(self) -> BitMap:
        """Ids of samples; not to be changed."""
        return self.index.derived("samples", lambda: BitMap(_ids_of(SAMPLES_SQL)))

    def find(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        """Ids of offers for what a person typed, and for what is left of it without
        the name of a district; best first.
        """
        return self._hits.find_both(self.generation, KIND, text, rest, language)

    @property
    def districts(self) -> Districts:
        return districts(self.versions)

    @property
    def places(self) -> dict[int, PlaceNode]:
        return places(self.versions)

    @property
    def topics(self) -> Topics:
        return topics(self.versions)


def _ids_of(query: str) -> array:
    """The ids that a query packs."""
    with connection.cursor() as cursor:
        cursor.execute(query)
        return ids_of(cursor.fetchone()[0])


@cache
def catalogue() -> Catalogue:
    """The catalogue of this process."""
    return Catalogue()
