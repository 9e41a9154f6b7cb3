"""Entries from documents of the city that nobody has ever confirmed: said once, as a
predicate and as a condition of queries (`actions.figures` has it in its SQL).
"""

from django.db.models import Q


def is_document(as_of: str, confirmed_at: object | None) -> bool:
    """Whether an entry with these values is shown with the year of its document."""
    return bool(as_of) and confirmed_at is None


def documents(path: str = "") -> Q:
    """The same for rows of MaintainedEntry; `path` leads to it, as "entry__"."""
    return ~Q(**{f"{path}as_of": ""}) & Q(**{f"{path}confirmed_at": None})
