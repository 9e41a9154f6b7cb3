"""Facts that change from week to week (`Versioned.at_once`): public at once, whoever
may change the entry says them, while all else of a change waits.
"""

from django.db import transaction
from django.db.models import Model

from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.declared import declared_for
from herne_bildung.city.versions.snapshots import Snapshot


@transaction.atomic
def write(entry: Model, facts: Snapshot, *, by: User) -> None:
    """Write some of these facts; what waits of the entry says nothing of them any
    more. ValidationError where they do not fit the entry.
    """
    declared = declared_for(entry)
    history.lock(declared, [entry.pk])
    entry.refresh_from_db()
    history.begin([entry])
    snapshots.apply(entry, facts, with_checks=True)
    declared.after_save(entry)
    history.note(entry, by=by, how=EntryVersion.How.LOGIN)
    waiting.leave_out(entry, facts, by=by)
    waiting.settle([entry], by=by)


def write_of(entry: Model, wanted: Snapshot, *, by: User) -> Snapshot:
    """Write what of a wanted state is public at once, and say what that was."""
    changed = snapshots.delta(snapshots.take(entry), wanted)
    known = declared_for(entry).at_once
    facts = {name: value for name, value in changed.items() if name in known}
    if facts:
        write(entry, facts, by=by)
    return facts
