"""What two releases of an indicator say differently, cell by cell: of public values
only. The database compares them, so that hundred thousands of cells do.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from monitoring.choices import ReleaseState
from monitoring.models import Observation, Release

# So many differing cells are listed; the numbers count all.
MOST_ROWS = 100
SQL = """
WITH former AS (
    SELECT * FROM monitoring_observation WHERE release_id = %s
), latter AS (
    SELECT * FROM monitoring_observation WHERE release_id = %s
), differing AS MATERIALIZED (
    SELECT former.id AS before, latter.id AS after,
        CASE WHEN latter.id IS NULL THEN 2 WHEN former.id IS NULL THEN 3 ELSE 1 END
            AS kind,
        coalesce(latter.starts_on, former.starts_on) AS starts_on,
        coalesce(latter.area_id, former.area_id) AS area
    FROM former FULL JOIN latter
        ON former.area_id = latter.area_id
        AND former.period = latter.period
        AND coalesce(former.category_1_id, 0) = coalesce(latter.category_1_id, 0)
        AND coalesce(former.category_2_id, 0) = coalesce(latter.category_2_id, 0)
        AND coalesce(former.category_3_id, 0) = coalesce(latter.category_3_id, 0)
    WHERE former.id IS NULL OR latter.id IS NULL
        OR (former.state, former.value, former.base, former.participation)
        IS DISTINCT FROM
        (latter.state, latter.value, latter.base, latter.participation)
), listed AS (
    SELECT * FROM differing ORDER BY kind, starts_on DESC, area, after, before LIMIT %s
)
SELECT
    (SELECT count(*) FROM differing WHERE kind = 1),
    (SELECT count(*) FROM differing WHERE kind = 2),
    (SELECT count(*) FROM differing WHERE kind = 3),
    (SELECT json_agg(json_build_array(before, after)
        ORDER BY kind, starts_on DESC, area, after, before) FROM listed)
"""
WITH_WORDS = ("area", "category_1", "category_2", "category_3")


@dataclass(frozen=True, slots=True)
class CellChange:
    """A cell before and after; None where there was or is none."""

    before: Observation | None
    after: Observation | None

    @property
    def cell(self) -> Observation:
        """The one that says where and when."""
        return self.after or self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many cells differ, and the first of them as pairs of observation ids:
    changed ones, then those gone, then new ones.
    """

    changed: int
    gone: int
    new: int
    pairs: list[list[int | None]]

    @property
    def total(self) -> int:
        return self.changed + self.gone + self.new

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.total > len(self.pairs)

    def kept(self) -> dict[str, Any]:
        """As `Release.changes` keeps it."""
        return {
            "changed": self.changed,
            "gone": self.gone,
            "new": self.new,
            "pairs": self.pairs,
        }


def compare(former: Release, latter: Release, most: int = MOST_ROWS) -> Comparison:
    """One query, also for releases of hundred thousand cells."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, [former.pk, latter.pk, most])
        changed, gone, new, pairs = cursor.fetchone()
    return Comparison(changed, gone, new, pairs or [])


def changes_of(release: Release) -> Comparison | None:
    """What it said differently than the one before when it became public; None where
    it was the first one. No query.
    """
    return Comparison(**release.changes) if release.changes else None


def rows_of(comparison: Comparison, most: int = MOST_ROWS) -> list[CellChange]:
    """The first listed cells with areas and categories; one query. Values of a release
    that was withdrawn are shown nowhere.
    """
    pairs = comparison.pairs[:most]
    numbers = {number for pair in pairs for number in pair if number}
    observations = Observation.objects.select_related(*WITH_WORDS)
    found = observations.exclude(release__state=ReleaseState.WITHDRAWN).in_bulk(numbers)
    rows = [CellChange(found.get(before), found.get(after)) for before, after in pairs]
    return [row for row in rows if row.cell]
