"""Decisions of staff, with the mails that tell of them."""

from django.db import transaction
from django.db.models import Model

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion, User, WaitingVersion
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.declared import declared_for, models_with_history
from herne_bildung.freshness.actions.entries import locked_entries
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.kinds import Kind, kinds
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.portal.approvals import emails

How = EntryVersion.How


@transaction.atomic
def accept(found: WaitingVersion, *, seen: str, by: User) -> WaitingVersion:
    """As `waiting.accept`; its authors are told. Its own people said so: nothing
    becomes due by it.
    """
    kind = _locked_kind(found)
    accepted = waiting.accept(found, seen=seen, by=by)
    if kind is not None:
        author = accepted.by
        sync(kind.name, [accepted.object_id], by=author, is_own=author is None)
    emails.accepted(accepted)
    return accepted


@transaction.atomic
def send_back(found: WaitingVersion, *, comment: str, by: User) -> WaitingVersion:
    """As `waiting.send_back`; its authors are told."""
    returned = waiting.send_back(found, comment=comment, by=by)
    emails.returned(returned)
    return returned


@transaction.atomic
def undo(first_unread: EntryVersion, *, up_to: int, by: User) -> list[str] | None:
    """Bring an entry back to what it was before its people published a change; one
    that was not on the site before goes off it. None where somebody has changed it
    meanwhile. Returns names of relations of which something is gone.
    """
    declared = models_with_history()[first_unread.model]
    found = declared.model._base_manager.filter(pk=first_unread.object_id).first()
    if found is None:
        return None
    history.lock(declared, [found.pk])
    found.refresh_from_db()
    versions = history.versions_of(found)
    newest = versions.first()
    if newest is None or newest.number != up_to or not newest.is_unread:
        return None
    before = versions.filter(number__lt=first_unread.number).first()
    if before is None and not declared.state:
        return None
    gone: list[str] = []
    is_off = before is None or not declared.is_public_in(before.snapshot)
    if is_off:
        _take_off(found, by)
    else:
        wanted = history.restorable(declared, before.snapshot)
        gone = history.restore(found, before, wanted=wanted, by=by, how=How.UNDONE)
    history.mark_read(declared.name, found.pk, up_to)
    emails.undone(newest, is_off=is_off)
    return gone


def _take_off(entry: Model, by: User) -> None:
    declared = declared_for(entry)
    snapshots.apply(entry, {declared.state: declared.drafts[0]})
    declared.after_save(entry)
    history.note(entry, by=by, how=How.UNDONE)
    audit.record(audit.Action.RESTORED, by=by, about=entry)


def _locked_kind(found: WaitingVersion) -> Kind | None:
    """The kind of care of its entry, whose row is locked before the entry."""
    for kind in kinds().values():
        if kind.model._meta.label_lower == found.model:
            rows = MaintainedEntry.objects.filter(
                kind=kind.name, object_id=found.object_id
            )
            locked_entries(rows.values_list("pk", flat=True))
            return kind
    return None
