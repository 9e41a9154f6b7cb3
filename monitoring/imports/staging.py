"""The values of a file beside those that are there: in a table of this connection.

What is new or changed is worked out by the database; nothing but the last statement
(`write`) touches raw values.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

TABLE = "monitoring_incoming"
SAMPLE = 50
LOCK = 0x6D6F6E  # of imports, among the advisory locks of the portal
VALUES = (
    "state", "value", "base", "participation", "note", "largest", "second_largest",
)  # fmt: skip
KEY = (
    "indicator_id", "category_1_id", "category_2_id", "category_3_id", "area_id",
    "period",
)  # fmt: skip
COLUMNS = (
    "row_number", "place", "indicator_id", "area_id", "period", "starts_on",
    "category_1_id", "category_2_id", "category_3_id", *VALUES,
)  # fmt: skip
CREATE = f"""
CREATE TEMPORARY TABLE {TABLE} (
    row_number integer, place integer, indicator_id bigint, area_id bigint,
    period varchar(10), starts_on date, category_1_id bigint, category_2_id bigint,
    category_3_id bigint, state varchar(10), value numeric(18, 4), base numeric(14),
    participation numeric(5, 2), note varchar(300), largest numeric(18, 4),
    second_largest numeric(18, 4)
)
"""
DUPLICATES = f"""
SELECT row_number, place, first_row, first_place, count(*) OVER () FROM (
    SELECT row_number, place,
        first_value(row_number) OVER same AS first_row,
        first_value(place) OVER same AS first_place,
        row_number() OVER same AS which
    FROM {TABLE}
    WINDOW same AS (PARTITION BY {", ".join(KEY)} ORDER BY row_number, place)
) AS numbered WHERE which > 1 ORDER BY row_number, place LIMIT %s
"""  # noqa: S608 (names of this module only)
NEW_VALUES = ", ".join(f"incoming.{one}" for one in VALUES)
OLD_VALUES = ", ".join(f"present.{one}" for one in VALUES)
# An empty category is 0 here: "is not distinct from" cannot be hashed.
BESIDE = f"""
FROM {TABLE} AS incoming LEFT JOIN monitoring_rawvalue AS present
ON present.indicator_id = incoming.indicator_id
    AND present.indicator_id = ANY(%s)
    AND present.area_id = incoming.area_id AND present.period = incoming.period
    AND coalesce(present.category_1_id, 0) = coalesce(incoming.category_1_id, 0)
    AND coalesce(present.category_2_id, 0) = coalesce(incoming.category_2_id, 0)
    AND coalesce(present.category_3_id, 0) = coalesce(incoming.category_3_id, 0)
"""
DIFFERS = f"({OLD_VALUES}) IS DISTINCT FROM ({NEW_VALUES})"
COUNTS = f"""
SELECT count(*) FILTER (WHERE present.id IS NULL),
    count(*) FILTER (WHERE present.id IS NOT NULL AND {DIFFERS}), count(*) {BESIDE}
"""
CHANGES = f"""
SELECT incoming.row_number, incoming.indicator_id, incoming.area_id, incoming.period,
    incoming.category_1_id, incoming.category_2_id, incoming.category_3_id,
    present.state, present.value, incoming.state, incoming.value
{BESIDE} WHERE present.id IS NULL OR {DIFFERS}
ORDER BY present.id IS NULL, incoming.row_number, incoming.place LIMIT %s
"""
WRITTEN = (
    "indicator_id", "area_id", "period", "starts_on", "category_1_id",
    "category_2_id", "category_3_id", *VALUES,
)  # fmt: skip
WRITE = f"""
WITH written AS (
    INSERT INTO monitoring_rawvalue AS present ({", ".join(WRITTEN)})
    SELECT {", ".join(f"incoming.{one}" for one in WRITTEN)}
    {BESIDE} WHERE present.id IS NULL OR {DIFFERS}
    ORDER BY {", ".join(f"incoming.{one}" for one in KEY)}
    ON CONFLICT ON CONSTRAINT raw_value_once DO UPDATE
    SET ({", ".join(VALUES)}) = ROW ({", ".join(f"excluded.{one}" for one in VALUES)})
    WHERE ({OLD_VALUES}) IS DISTINCT FROM
        ({", ".join(f"excluded.{one}" for one in VALUES)})
    RETURNING (xmax = 0) AS is_new
)
SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
"""  # noqa: S608 (names of this module only)


@contextmanager
def table() -> Iterator[None]:
    """An empty table of this connection, gone at the end."""
    drop = f"DROP TABLE IF EXISTS pg_temp.{TABLE}"
    with connection.cursor() as cursor:
        cursor.execute(drop)
        cursor.execute(CREATE)
    yield
    with connection.cursor() as cursor:
        cursor.execute(drop)


def add(rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the order of COLUMNS, by COPY."""
    statement = f"COPY pg_temp.{TABLE} ({', '.join(COLUMNS)}) FROM STDIN"
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        cursor.copy(statement) as target,
    ):
        for row in rows:
            target.write_row(row)


def analyze() -> None:
    """Tell the planner how much there is."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE pg_temp.{TABLE}")


def duplicates(most: int) -> tuple[list[tuple[int, int, int, int]], int]:
    """Values that stand in the file already: row and column, those of the first one;
    and how many there are.
    """
    with connection.cursor() as cursor:
        cursor.execute(DUPLICATES, [most])
        found = cursor.fetchall()
    return [row[:4] for row in found], found[0][4] if found else 0


def counts(indicator_ids: Sequence[int]) -> tuple[int, int, int]:
    """How many values are new, changed, unchanged."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [list(indicator_ids)])
        added, changed, every = cursor.fetchone()
    return added, changed, every - added - changed


def changes(indicator_ids: Sequence[int]) -> list[tuple]:
    """The first changed values, then new ones, as CHANGES names them."""
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, [list(indicator_ids), SAMPLE])
        return cursor.fetchall()


def lock(indicator_ids: Sequence[int]) -> None:
    """Until the end of the transaction nobody else imports values of these; in one
    order, so that two never wait for each other.
    """
    with connection.cursor() as cursor:
        for indicator_id in sorted(indicator_ids):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, indicator_id])


def write(indicator_ids: Sequence[int]) -> tuple[int, int]:
    """Take in what is new or changed. Returns how many of each. In a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [list(indicator_ids)])
        return cursor.fetchone()
