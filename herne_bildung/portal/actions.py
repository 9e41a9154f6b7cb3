"""Writes of the portal itself."""

from django.db import connection, transaction

from herne_bildung.lib import clock, counts

WITHOUT_RESULT = "search-without-result"


@transaction.atomic
def keep_search_counts() -> int:
    """Add the counts of searches without result to this month's rows."""
    found = counts.take(WITHOUT_RESULT)
    month = clock.today().replace(day=1)
    with connection.cursor() as cursor:
        for words, number in found.items():
            cursor.execute(
                "INSERT INTO portal_searchwithoutresult (month, words, count)"
                " VALUES (%s, %s, %s) ON CONFLICT (month, words) DO UPDATE"
                " SET count = portal_searchwithoutresult.count + excluded.count",
                [month, words, number],
            )
    return len(found)
