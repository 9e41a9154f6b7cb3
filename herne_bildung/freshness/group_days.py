"""The days on which the groups of facts of an entry are due."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from herne_bildung.freshness.intervals import Intervals
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.rhythm import FIRST_DUE_AFTER, due_on


def group_of(confirmed: str | None, due: str, day: str | None) -> dict[str, Any]:
    """One of the groups of a row, its days in ISO."""
    return {"confirmed": confirmed, "due": due} | ({"day": day} if day else {})


def set_groups(
    row: MaintainedEntry,
    intervals: Intervals,
    today: date,
    changed: Collection[str],
    days: Mapping[str, date],
) -> bool:
    """The groups that have facts now, each with the day it is due; what was changed
    stays due until it is confirmed. Returns whether a day of its own was put off and
    nothing is due now: people who were asked need not answer.
    """
    former, row.groups = row.groups, {}
    first_due = (today if row.as_of else today + FIRST_DUE_AFTER).isoformat()
    is_put_off = False
    for name in row.fingerprints:
        known, own = former.get(name, {}), days.get(name)
        day = own.isoformat() if own else None
        is_put_off |= bool(day and known.get("day") and known["day"] < day)
        confirmed, due = known.get("confirmed"), day or known.get("due", first_due)
        if confirmed:
            due = intervals.due(
                row, name, date.fromisoformat(confirmed), day
            ).isoformat()
        group = group_of(confirmed, due, day)
        if confirmed and name in changed and not day:
            group |= {"due": min(due, today.isoformat()), "changed": True}
        elif known.get("changed"):
            group = known
        row.groups[name] = group
    row.due_on = due_on(row.groups)
    return is_put_off and row.due_on > today
