"""What people look for: concerns chosen, by month, without anything of the person.

Pages answered from caches are not counted, so every number is one "at least".
"""

from datetime import date

from django.db import connection, transaction

from counselling.models import Concern
from herne_bildung.lib import clock, counts

NAME = "concerns"
ADD_SQL = """
INSERT INTO counselling_concerncount (concern_id, month, number)
VALUES (%s, %s, %s) ON CONFLICT (concern_id, month) DO UPDATE
SET number = counselling_concerncount.number + excluded.number
"""


def note(concern_key: str) -> None:
    """Count one end of the finder; with its month, as the task may come later."""
    counts.count(NAME, f"{clock.today():%Y-%m} {concern_key}")


@transaction.atomic
def keep() -> int:
    """Add what was counted to the months; how many concerns got more.

    Run twice it adds nothing twice. What a run that broke off had taken is lost.
    """
    taken = counts.take(NAME)
    known = dict(Concern.objects.values_list("key", "pk"))
    rows = []
    for name, number in taken.items():
        month, _space, key = name.partition(" ")
        if key in known:
            rows.append([known[key], date.fromisoformat(f"{month}-01"), number])
    with connection.cursor() as cursor:
        cursor.executemany(ADD_SQL, sorted(rows))
    return len(rows)
