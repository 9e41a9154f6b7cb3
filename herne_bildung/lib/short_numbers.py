"""Numbers of rows for people: beyond an end nobody needs them, and counting stops."""

from django.db.models import QuerySet

MOST_COUNTED = 999


def counted(rows: QuerySet) -> str:
    """How many rows there are; "999+" for more."""
    return number_in_short(rows.order_by()[: MOST_COUNTED + 1].count())


def number_in_short(number: int) -> str:
    """The number, or "999+"."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)
