"""Facts that change from week to week: places left, a pause, cancelled and moved dates.

Providers keep them with one click (`admin/today_page.py`). They are public at once,
whoever may change the offer says them: each comes from a closed list, and a family must
not stand before a closed door until somebody approves. Staff read it afterwards.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core import signing

from herne_bildung.city.models import User
from herne_bildung.city.versions import at_once, declared_for, snapshots
from herne_bildung.city.versions.snapshots import Snapshot
from offerings.models import Occurrence, Offering

COLUMNS = ("places_left", "places_left_on", "paused_from", "paused_until")
CHANGES = "occurrences"
SALT = "offerings.current.snapshots"
UNDO_SECONDS = 24 * 60 * 60


def current_facts(offering: Offering) -> Snapshot:
    """These facts of an offer, as snapshots hold them."""
    declared = declared_for(offering)
    columns = {name: declared.columns[name] for name in COLUMNS}
    facts = snapshots.columns_of(offering, columns)
    facts[CHANGES] = rows_of(offering.occurrences.all())
    return facts


def rows_of(changes: Iterable[Occurrence]) -> list[Snapshot]:
    """Changed dates as snapshots hold them."""
    columns = declared_for(Offering).child_columns(CHANGES)
    return [snapshots.columns_of(change, columns) for change in changes]


def changes_in(facts: Mapping[str, Any]) -> list[Occurrence]:
    """The changed dates that facts say, not stored."""
    return rows_in(facts, CHANGES)


def rows_in(facts: Mapping[str, Any], relation: str) -> list[Any]:
    """The rows of a relation that facts say, not stored."""
    declared = declared_for(Offering)
    columns, model = declared.child_columns(relation), declared.child_model(relation)
    return [
        model(
            **{
                name: snapshots.python_value(columns[name], value)
                for name, value in row.items()
                if name in columns
            }
        )
        for row in facts.get(relation) or ()
    ]


def undo_token(steps: Iterable[tuple[int, Snapshot, Snapshot]]) -> str:
    """What leads back: number of the offer, facts before and after, for each offer."""
    return signing.dumps([list(step) for step in steps], salt=SALT, compress=True)


def steps_back(token: str) -> list[tuple[int, Snapshot, Snapshot]]:
    """What such a token says; nothing where it is none, or of yesterday."""
    try:
        found = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return []
    return [(pk, before, after) for pk, before, after in found]


def undo(offering: Offering, before: Snapshot, after: Snapshot, *, by: User) -> bool:
    """Write back what stood there; False where it says a third thing by now."""
    present = current_facts(offering)
    if any(_comparable(present[name]) != _comparable(after[name]) for name in after):
        return False
    at_once.write(offering, before, by=by)
    return True


def _comparable(value: Any) -> Any:
    """Changed dates have no order."""
    if not isinstance(value, list):
        return value
    return sorted(repr(sorted(row.items())) for row in value)
