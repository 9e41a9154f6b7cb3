"""The states of entries as conditions of a query; the same as `rhythm.state_of`."""

from datetime import date, timedelta

from django.db.models import Q

from herne_bildung.freshness.documents import documents
from herne_bildung.freshness.rhythm import OVERDUE_AFTER, State, rhythm


def in_state(state: str, today: date) -> Q:
    """Rows of MaintainedEntry that are in a state on a day."""
    ended, hidden = Q(ended_at__isnull=False), Q(hidden_at__isnull=False)
    soon, long_ago = today + timedelta(days=rhythm().ask_before), today - OVERDUE_AFTER
    by_date = {
        State.CURRENT: Q(due_on=None) | Q(due_on__gt=soon),
        State.DUE_SOON: Q(due_on__gt=today, due_on__lte=soon),
        State.DUE: Q(due_on__gt=long_ago, due_on__lte=today),
        State.OVERDUE: Q(due_on__lte=long_ago),
    }
    if state == State.ENDED:
        return ended
    if state == State.UNCONFIRMED:
        return hidden & ~ended
    if state == State.DOCUMENT:
        return documents() & ~hidden & ~ended
    return by_date[State(state)] & ~documents() & ~hidden & ~ended
