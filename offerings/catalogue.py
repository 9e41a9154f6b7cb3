"""All offers as bitmaps, in the memory of each process, always the committed state.

Before each use one small query asks for the index rows that changed since: ids of
transactions tell which those are (`OfferingIndex.changed_in`), so two processes can
never answer with different versions.
"""

import json
from collections.abc import Mapping
from functools import cache

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
from offerings.reference import Topics, topics

REFRESH_SQL = f"""
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, {VERSIONS_SQL},
       row.offering_id, row.is_listed, row.facts::text, row.changed_in
FROM (SELECT 1) AS one
LEFT JOIN offerings_offeringindex AS row ON row.changed_in >= %s
"""  # noqa: S608  a subquery of ours is put in
# Samples come after real offers, so that real ones are never hidden behind them.
ORDERS_SQL = {
    "name": "SELECT id FROM offerings_offering ORDER BY sort_key, id",
    "date": "SELECT id FROM offerings_offering"
    " ORDER BY is_sample, next_start, sort_key, id",
}
KIND = "offering"


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
        """Take over what was committed since the last time; one query."""
        with connection.cursor() as cursor:
            cursor.execute(REFRESH_SQL, [self._horizon])
            rows = cursor.fetchall()
        self._horizon, self.versions = rows[0][0], json.loads(rows[0][1])
        recent = {row[2]: hash(row[3:]) for row in rows if row[2]}
        fresh = [row for row in rows if self._applied.get(row[2]) != recent.get(row[2])]
        if fresh:
            self._apply(fresh)
        # While an older transaction runs, these rows are read again and again.
        self._applied = recent

    def _apply(self, rows: list[tuple]) -> None:
        self.generation += 1
        self.index.forget_orders()
        for _, _, offering, is_listed, facts, _ in rows:
            if is_listed:
                self.index.put(offering, json.loads(facts))
            else:
                self.index.remove(offering)

    def visible(self) -> BitMap:
        """Ids of the offers the public sees today."""
        today = clock.today().toordinal()
        return self.index.derived(
            ("visible", today), lambda: self.index.covering("visible", today)
        )

    def page(self, selection: BitMap, order: str, offset: int, limit: int) -> list[int]:
        """Ids of one page of a selection; `order` is a key of ORDERS_SQL."""
        if not self.index.has_order(order):
            with connection.cursor() as cursor:
                cursor.execute(ORDERS_SQL[order])
                self.index.set_order(order, (row[0] for row in cursor))
        return self.index.ordered(selection, order, offset, limit)

    def find(self, text: str, language: str) -> Hits:
        """Ids of offers for what a person typed, best first."""
        return self._hits.find(self.generation, KIND, text, language)

    @property
    def districts(self) -> Districts:
        return districts(self.versions)

    @property
    def places(self) -> dict[int, PlaceNode]:
        return places(self.versions)

    @property
    def topics(self) -> Topics:
        return topics(self.versions)


@cache
def catalogue() -> Catalogue:
    """The catalogue of this process."""
    return Catalogue()
