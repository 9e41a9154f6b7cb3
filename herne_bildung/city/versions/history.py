"""Writing and reading versions. Callers hold a transaction."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.rights import sees_everything
from herne_bildung.city.versions import snapshots
from herne_bildung.city.versions.declared import (
    Versioned,
    declared_for,
    has_history,
    models_with_history,
)
from herne_bildung.city.versions.snapshots import Snapshot, delta
from herne_bildung.lib import clock, many_rows

How = EntryVersion.How
BATCH = 500
# What staff read afterwards when it was published at once.
BY_PEOPLE = {How.LOGIN, How.MAIL_LINK, How.IMPORT}
# These are no doings of a person that must be answered for one by one.
UNAUDITED = {How.SEED, How.IMPORT, How.CARE, How.BEFORE}


def versions_of(entry: Model) -> QuerySet[EntryVersion]:
    """All versions of an entry, newest first."""
    name = declared_for(entry).name
    return EntryVersion.objects.filter(model=name, object_id=entry.pk)


def latest_of(declared: Versioned, pks: Iterable[int]) -> dict[int, EntryVersion]:
    """The newest version of each entry; one query."""
    newest = (
        EntryVersion.objects.filter(model=declared.name, object_id__in=list(pks))
        .order_by("object_id", "-number")
        .distinct("object_id")
    )
    return {version.object_id: version for version in newest}


def note(
    entry: Model,
    *,
    by: User | None,
    how: str,
    comment: str = "",
    accepted_by: User | None = None,
) -> EntryVersion:
    """Keep the entry as it is now; the newest version where it says the same."""
    return note_many([entry], by=by, how=how, comment=comment, accepted_by=accepted_by)[
        0
    ]


@transaction.atomic
def note_many(
    entries: Sequence[Model],
    *,
    by: User | None,
    how: str,
    comment: str = "",
    accepted_by: User | None = None,
) -> list[EntryVersion]:
    """The same for entries of one model, in a few queries."""
    found: list[EntryVersion] = []
    for start in range(0, len(entries), BATCH):
        batch = entries[start : start + BATCH]
        found += _note_batch(batch, by, how, comment, accepted_by)
    return found


def _note_batch(
    entries: Sequence[Model],
    by: User | None,
    how: str,
    comment: str,
    accepted_by: User | None,
) -> list[EntryVersion]:
    declared = declared_for(entries[0])
    pks = [entry.pk for entry in entries]
    lock(declared, pks)
    former = latest_of(declared, pks)
    rows = declared.model._base_manager.prefetch_related(*declared.owners_through)
    present = rows.in_bulk(pks)
    now = snapshots.take_of(declared, present)
    is_by_office = bool(by and sees_everything(by))
    found, fresh = [], []
    for pk in pks:
        if pk not in now:
            continue
        last = former.get(pk)
        if last and not delta(last.snapshot, now[pk]):
            found.append(last)
            continue
        version = EntryVersion(
            model=declared.name,
            object_id=pk,
            organisation_id=organisation_of(declared, present[pk]),
            title=str(present[pk])[:200],
            number=last.number + 1 if last else 1,
            by=by,
            is_by_office=is_by_office,
            accepted_by=accepted_by,
            how=how,
            comment=comment[:300],
            snapshot=now[pk],
            is_unread=(
                how in BY_PEOPLE
                and not is_by_office
                and (by is not None or how == How.MAIL_LINK)
                and declared.is_public_in(now[pk])
            ),
        )
        fresh.append(version)
        found.append(version)
        if how not in UNAUDITED:
            _audit(declared, present[pk], last, now[pk], accepted_by or by, comment)
    many_rows.insert(fresh)
    return found


def lock(declared: Versioned, pks: Iterable[int]) -> None:
    """Until the transaction ends nobody else changes these entries by our ways."""
    rows = declared.model._base_manager.filter(pk__in=list(pks)).order_by("pk")
    list(rows.select_for_update(no_key=True).values_list("pk", flat=True))


def _audit(
    declared: Versioned,
    entry: Model,
    last: EntryVersion | None,
    now: Snapshot,
    by: User | None,
    comment: str,
) -> None:
    """Publications and what goes off the site are in the log."""
    if not declared.state or by is None:
        return
    before = last.snapshot.get(declared.state) if last else None
    after = now.get(declared.state)
    if after == before:
        return
    if after == declared.public:
        audit.record(audit.Action.PUBLISHED, by=by, about=entry)
    elif before == declared.public or after in declared.archived:
        details = {"state": after, "reason": comment[:300]}
        audit.record(audit.Action.ARCHIVED, by=by, about=entry, **details)


@transaction.atomic
def begin(entries: Sequence[Model]) -> None:
    """Keep entries whose history has not begun as they are, before they are changed."""
    if not entries:
        return
    declared = declared_for(entries[0])
    pks = [entry.pk for entry in entries if entry.pk]
    known = EntryVersion.objects.filter(model=declared.name, object_id__in=pks)
    known = set(known.values_list("object_id", flat=True))
    new = [entry for entry in entries if entry.pk and entry.pk not in known]
    if new:
        versions = note_many(new, by=None, how=How.BEFORE)
        moments = {entry.pk: getattr(entry, "updated_at", None) for entry in new}
        for version in versions:
            version.at = moments.get(version.object_id) or version.at
        many_rows.update(versions, ["at"])


@contextmanager
def noted(
    entries: Sequence[Model],
    *,
    by: User | None,
    how: str,
    comment: str = "",
    accepted_by: User | None = None,
) -> Iterator[None]:
    """Changes of these entries inside the block become versions; nothing for models
    without history.
    """
    is_kept = bool(entries) and has_history(type(entries[0]))
    with transaction.atomic():
        if is_kept:
            begin(entries)
        yield
        if is_kept:
            note_many(entries, by=by, how=how, comment=comment, accepted_by=accepted_by)


@transaction.atomic
def restore(
    entry: Model,
    version: EntryVersion,
    *,
    wanted: Snapshot,
    by: User,
    how: str = How.RESTORED,
) -> list[str]:
    """Write what is `wanted` of a former version into the entry. Returns
    names of relations of which something is gone. ValidationError where it no longer
    fits. Who may not publish asks for it with `waiting.store`.
    """
    declared = declared_for(entry)
    lock(declared, [entry.pk])
    begin([entry])
    entry.refresh_from_db()
    changed = delta(snapshots.take(entry), wanted)
    gone = snapshots.apply(entry, changed, with_checks=True)
    declared.after_save(entry)
    note(entry, by=by, how=how, comment=str(version.number))
    audit.record(audit.Action.RESTORED, by=by, about=entry, version=version.number)
    return gone


def restorable(declared: Versioned, snapshot: Snapshot) -> Snapshot:
    """What of a version can come back: all but its state on the site."""
    kept_out = {declared.state, *declared.never_restored}
    return {name: value for name, value in snapshot.items() if name not in kept_out}


@transaction.atomic
def mark_read(model: str, object_id: int, up_to: int) -> int:
    """Staff have read what was published, up to this version."""
    unread = EntryVersion.objects.filter(
        model=model, object_id=object_id, is_unread=True, number__lte=up_to
    )
    return unread.update(is_unread=False)


@transaction.atomic
def forget_old() -> int:
    """Remove versions past the time of keeping, never the newest of an entry, and
    changes that nobody waits for any more. Returns how many versions went. Those that
    stay as public history lose the names of who made them.
    """
    cutoff = clock.now() - timedelta(days=settings.VERSIONS_KEPT_DAYS)
    newer = EntryVersion.objects.filter(
        model=OuterRef("model"),
        object_id=OuterRef("object_id"),
        number__gt=OuterRef("number"),
    )
    old = EntryVersion.objects.order_by().filter(Exists(newer), at__lt=cutoff)
    kept = [name for name, one in models_with_history().items() if one.is_kept]
    of_kept = old.filter(model__in=kept)
    EntryVersion.edited_by.through.objects.filter(entryversion__in=of_kept).delete()
    of_kept.update(by=None, accepted_by=None)
    done = WaitingVersion.objects.exclude(state=WaitingVersion.State.WAITING)
    done.filter(changed_at__lt=cutoff).delete()
    return old.exclude(model__in=kept).delete()[0]


def organisation_of(declared: Versioned, entry: Any) -> int | None:
    """Whose entry it is: of several, the first."""
    owners = [owner for owner in declared.owners(entry) if owner]
    return owners[0] if owners else None
