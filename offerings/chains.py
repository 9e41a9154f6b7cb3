"""The chain of offers that follow one another, walked in the database: one query."""

from django.db import connection

# Circles are refused; should there be one, walking it ends after so many steps.
MOST = 20
# Of each of some offers (ids) those that follow, step by step.
CHAIN_SQL = """
WITH RECURSIVE chain (first_id, id, steps) AS (
  SELECT id, successor_id, 1 FROM offerings_offering
  WHERE id = ANY(%s) AND successor_id IS NOT NULL
  UNION ALL
  SELECT chain.first_id, o.successor_id, chain.steps + 1
  FROM chain JOIN offerings_offering o ON o.id = chain.id
  WHERE o.successor_id IS NOT NULL AND chain.steps < %s
)
"""
CIRCLE_SQL = f"{CHAIN_SQL} SELECT EXISTS (SELECT FROM chain WHERE id = %s)"  # noqa: S608  ours


def makes_a_circle(offering_id: int | None, successor_id: int | None) -> bool:
    """Whether an offer would follow itself with this successor, in the end."""
    if offering_id is None or successor_id is None:
        return False
    if offering_id == successor_id:
        return True
    with connection.cursor() as cursor:
        cursor.execute(CIRCLE_SQL, [[successor_id], MOST, offering_id])
        return cursor.fetchone()[0]
