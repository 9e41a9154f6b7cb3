"""Changes that wait until somebody with the right accepts them."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.rights import (
    approves,
    corrects,
    publishes,
    reached_organisations,
    sees_everything,
)
from herne_bildung.city.versions import history, snapshots
from herne_bildung.city.versions.declared import (
    Versioned,
    declared_for,
    models_with_history,
)
from herne_bildung.city.versions.differences import groups_of
from herne_bildung.city.versions.snapshots import Snapshot, delta
from herne_bildung.lib import clock

State = WaitingVersion.State
How = EntryVersion.How


class NotAsSeen(Exception):
    """What waits, or what the site says, is not what the person looked at."""


class AlreadyDecided(Exception):
    """Somebody else was quicker."""


def may_save(
    user: Any,
    declared: Versioned,
    owners: Iterable[int | None],
    *,
    was_public: bool,
    is_public: bool,
) -> bool:
    """Whether a change of an entry of these organisations may be written at once:
    what nobody sees always, corrections of what is on the site by `rights.corrects`,
    all else by `rights.publishes`.
    """
    if not is_public:
        return True
    right = corrects if was_public or not declared.state else publishes
    return all(right(user, owner) for owner in set(owners) or {None})


def open_version(entry: Model, *, with_lock: bool = False) -> WaitingVersion | None:
    """The change of this entry that waits or was returned."""
    found = WaitingVersion.objects.filter(
        model=declared_for(entry).name,
        object_id=entry.pk,
        state__in=WaitingVersion.OPEN,
    )
    if with_lock:
        found = found.select_for_update(of=("self",))
    return found.first()


def proposed(waiting: WaitingVersion) -> Snapshot:
    """What it changes: values by name."""
    return delta(waiting.base, waiting.snapshot)


def entry_of(waiting: WaitingVersion) -> Model | None:
    """The entry; None when it is gone, or its model has no history any more."""
    declared = models_with_history().get(waiting.model)
    if declared is None:
        return None
    return declared.model._base_manager.filter(pk=waiting.object_id).first()


def mark_of(waiting: WaitingVersion | None, now: Snapshot | None) -> str:
    """A short mark of what a person looks at: what waits, and what the site says of
    the same facts.
    """
    if waiting is None:
        return "-"
    change, now = proposed(waiting), now or {}
    said = now if waiting.is_publication else {name: now.get(name) for name in change}
    text = json.dumps([change, said, waiting.is_publication], sort_keys=True)
    return f"{waiting.pk}.{hashlib.blake2b(text.encode(), digest_size=8).hexdigest()}"


@transaction.atomic
def store(
    entry: Model, wanted: Snapshot, *, by: User, is_publication: bool = False
) -> WaitingVersion | None:
    """Let a change wait; one that waits already is replaced by what its next author
    made of it. `wanted` may name some facts only. None when nothing would change.
    """
    declared = declared_for(entry)
    history.lock(declared, [entry.pk])
    present = snapshots.take(entry)
    waiting = open_version(entry, with_lock=True)
    former = waiting.base if waiting else {}
    kept = {name: former.get(name) for name in (proposed(waiting) if waiting else {})}
    base = present if is_publication else {**present, **kept}
    snapshot = {**present, **wanted}
    change = delta(base, snapshot)
    if not change and not is_publication:
        if waiting:
            _close(waiting, State.WITHDRAWN, by)
        return None
    waiting = waiting or WaitingVersion(model=declared.name, object_id=entry.pk)
    waiting.organisation_id = history.organisation_of(declared, entry)
    waiting.title = str(entry)[:200]
    waiting.base, waiting.snapshot = base, snapshot
    waiting.is_publication = is_publication
    waiting.groups = [] if is_publication else groups_of(declared, change)
    waiting.state = State.WAITING
    # Staff who put it right do not become its authors.
    is_author = waiting.pk is None or not sees_everything(by)
    waiting.by = by if is_author else waiting.by
    waiting.save()
    (waiting.authors if is_author else waiting.editors).add(by)
    return waiting


def ask_to_publish(entry: Model, *, by: User) -> WaitingVersion | None:
    """A draft shall go on the site as it is; or waits for that and was changed."""
    declared = declared_for(entry)
    wanted = {**snapshots.take(entry), declared.state: declared.public}
    return store(entry, wanted, by=by, is_publication=True)


@transaction.atomic
def accept(waiting: WaitingVersion, *, seen: str, by: User) -> WaitingVersion:
    """Write it into its entry, for everybody to see. Only what it changes is written:
    what others changed meanwhile stays.

    `seen` is the mark of what the person looked at: NotAsSeen when that is no
    more so. AlreadyDecided; ValidationError when it no longer fits the entry.
    """
    entry = _entry_to_decide(waiting, by)
    declared = declared_for(entry)
    waiting = _locked(declared, waiting)
    history.begin([entry])
    entry.refresh_from_db()
    if mark_of(waiting, snapshots.take(entry)) != seen:
        raise NotAsSeen
    waiting.gone = snapshots.apply(entry, proposed(waiting), with_checks=True)
    declared.after_save(entry)
    former = history.latest_of(declared, [entry.pk])
    version = history.note(entry, by=waiting.by, how=How.ACCEPTED, accepted_by=by)
    if version not in former.values():
        version.edited_by.set(waiting.editors.exclude(pk=by.pk))
    audit.record(audit.Action.APPROVED, by=by, about=entry)
    return _close(waiting, State.ACCEPTED, by)


@transaction.atomic
def send_back(waiting: WaitingVersion, *, comment: str, by: User) -> WaitingVersion:
    """Return it to its author, who reads the comment and can change it."""
    entry = _entry_to_decide(waiting, by)
    waiting = _locked(declared_for(entry), waiting)
    waiting.comment = comment[:2000]
    audit.record(audit.Action.RETURNED, by=by, about=entry)
    return _close(waiting, State.RETURNED, by)


def _entry_to_decide(waiting: WaitingVersion, by: User) -> Model:
    """Its entry, for who may decide: AlreadyDecided where that is gone, and
    PermissionDenied for others.
    """
    entry = entry_of(waiting)
    if entry is None:
        raise AlreadyDecided
    if not approves(by):
        raise PermissionDenied
    return entry


def may_withdraw(waiting: WaitingVersion, user: Any) -> bool:
    """Whether it is the person's own, or of an organisation that is."""
    if waiting.organisation_id in reached_organisations(user):
        return True
    return waiting.authors.filter(pk=user.pk).exists()


@transaction.atomic
def withdraw(entry: Model, *, by: User) -> WaitingVersion | None:
    """Its authors do not want it any more."""
    history.lock(declared_for(entry), [entry.pk])
    waiting = open_version(entry, with_lock=True)
    return _close(waiting, State.WITHDRAWN, by) if waiting else None


@transaction.atomic
def settle(entries: Sequence[Model], *, by: User) -> None:
    """What waits of these entries is done when they were put on the site, or taken
    off it, by another way. What still waits for the site is called as it is now.
    """
    if not entries:
        return
    declared = declared_for(entries[0])
    now = {entry.pk: declared.is_public(entry) for entry in entries}
    names = {entry.pk: str(entry)[:200] for entry in entries}
    rows = WaitingVersion.objects.select_for_update(of=("self",)).filter(
        model=declared.name, object_id__in=now, state__in=WaitingVersion.OPEN
    )
    for waiting in rows.order_by("pk"):
        if waiting.is_publication and now[waiting.object_id]:
            _close(waiting, State.ACCEPTED, by)
        elif not waiting.is_publication and not now[waiting.object_id]:
            _close(waiting, State.WITHDRAWN, by)
        elif waiting.is_publication:
            waiting.title = names[waiting.object_id]
            waiting.save(update_fields=["title"])


@transaction.atomic
def leave_out(entry: Model, names: Iterable[str], *, by: User) -> None:
    """These facts were just written by another way: what waits of the entry changes
    them no more; what changed nothing else is done.
    """
    waiting = open_version(entry, with_lock=True)
    if waiting is None or waiting.is_publication:
        return
    written = set(names) & proposed(waiting).keys()
    if not written:
        return
    for name in written:
        waiting.base.pop(name, None)
        waiting.snapshot.pop(name)
    change = proposed(waiting)
    waiting.groups = groups_of(declared_for(entry), change)
    waiting.save(update_fields=["base", "snapshot", "groups"])
    if not change:
        _close(waiting, State.WITHDRAWN, by)


def _locked(declared: Versioned, waiting: WaitingVersion) -> WaitingVersion:
    """As it is now, the entry locked before it, as everywhere."""
    history.lock(declared, [waiting.object_id])
    rows = WaitingVersion.objects.select_for_update(of=("self",))
    present = rows.filter(pk=waiting.pk, state=State.WAITING).first()
    if present is None:
        raise AlreadyDecided
    return present


def _close(waiting: WaitingVersion, state: str, by: User) -> WaitingVersion:
    waiting.state, waiting.decided_by = state, by
    waiting.decided_at = clock.now()
    waiting.save()
    return waiting


def reported_groups(declared: Versioned, pk: int) -> set[str]:
    """Names of the groups of facts of which a change has been reported; one query.
    Never a value.
    """
    found = WaitingVersion.objects.filter(
        model=declared.name, object_id=pk, state=State.WAITING, is_publication=False
    )
    return {
        name for groups in found.values_list("groups", flat=True) for name in groups
    }
