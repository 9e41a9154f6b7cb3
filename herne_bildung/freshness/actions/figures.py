"""One row of figures a day: how fresh the portal was, in all and by dimension.

Counted by the database over the engine's rows, never over the entries themselves:
100,000 entries take half a second, and no memory here.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction

from herne_bildung.freshness.kinds import only_reported
from herne_bildung.freshness.models import DailyFigure

# `is_document` as `freshness.documents` says. An entry counts under several districts
# and topics. Ended entries, samples and kinds that nobody confirms count nowhere; those
# from documents that nobody confirmed only as such.
COUNTS = """
    WITH entry AS (
        SELECT kind, organisation_id, dimensions,
            is_public AND NOT is_document AS is_visible,
            is_public AND NOT is_document
                AND confirmed_at IS NOT NULL AND due_on >= %(day)s AS is_confirmed,
            is_public AND is_document AS is_document,
            NOT is_public AND NOT is_document AS is_hidden
        FROM (
            SELECT *, as_of <> '' AND confirmed_at IS NULL AS is_document
            FROM freshness_maintainedentry
            WHERE NOT is_sample AND ended_at IS NULL
                AND kind <> ALL(%(only_reported)s)
                AND (is_public OR hidden_at IS NOT NULL)
        ) AS counted
    ), keyed AS (
        SELECT 'all' AS dimension, '' AS key, entry.* FROM entry
        UNION ALL
        SELECT 'kind', kind, entry.* FROM entry
        UNION ALL
        SELECT 'organisation', organisation_id::text, entry.* FROM entry
        WHERE organisation_id IS NOT NULL
        UNION ALL
        SELECT name, found.key, entry.*
        FROM entry, unnest(ARRAY['district', 'topic']) AS name,
            LATERAL jsonb_array_elements_text(
                CASE jsonb_typeof(dimensions -> name)
                WHEN 'array' THEN dimensions -> name ELSE '[]' END
            ) AS found (key)
    )
    SELECT dimension, key,
        count(*) FILTER (WHERE is_visible) AS visible,
        count(*) FILTER (WHERE is_confirmed) AS confirmed,
        count(*) FILTER (WHERE is_document) AS documents,
        count(*) FILTER (WHERE is_hidden) AS hidden
    FROM keyed
    GROUP BY dimension, key
"""
INTO_TABLE = """
    INSERT INTO freshness_dailyfigure
        (dimension, key, visible, confirmed, documents, hidden, day)
    SELECT counts.*, %(day)s FROM (
"""
SAVE = INTO_TABLE + COUNTS + ") AS counts ORDER BY dimension, key"


@dataclass(frozen=True)
class Figure:
    """The figures of everything, or of one district, topic, kind, organisation."""

    dimension: str
    key: str
    visible: int
    confirmed: int
    documents: int
    hidden: int

    @property
    def share(self) -> float | None:
        """Of the visible entries those confirmed within their interval, 0 to 1;
        None where there is no entry to confirm.
        """
        return self.confirmed / self.visible if self.visible else None


def figures_now(day: date) -> list[Figure]:
    """The figures as they are, in no order; `day` decides what is due."""
    return [Figure(*row) for row in _run(COUNTS, day=day)]


@transaction.atomic
def take_daily_figures(day: date) -> int:
    """Write the figures of a day that is not over; later runs replace earlier ones.
    Returns how many rows the day has.
    """
    _run("SELECT pg_advisory_xact_lock(hashtext('herne_bildung.figures'))")
    DailyFigure.objects.filter(day=day).delete()
    _run(SAVE, day=day)
    return DailyFigure.objects.filter(day=day).count()


def _run(query: str, **values: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, {**values, "only_reported": only_reported()})
        return cursor.fetchall() if cursor.description else []
