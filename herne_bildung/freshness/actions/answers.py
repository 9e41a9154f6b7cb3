"""What the buttons of the page behind a reminder do."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction

from herne_bildung.freshness.actions.confirmations import Said
from herne_bildung.freshness.actions.entries import (
    confirm_many,
    end,
    locked,
    locked_entries,
    undo_end,
)
from herne_bildung.freshness.actions.handing_on import pass_on, take_back
from herne_bildung.freshness.actions.sync import event_of, sync
from herne_bildung.freshness.emails.receipts import receipt_mail
from herne_bildung.freshness.kinds import kind_of, objects_of
from herne_bildung.freshness.models import (
    CareEvent,
    Confirmation,
    Digest,
    DigestItem,
    Recipient,
)
from herne_bildung.freshness.pace import Pace
from herne_bildung.freshness.questions import (
    Standing,
    contacts_of,
    groups_asked,
    is_answered_by,
    standing_now,
    standing_of,
)
from herne_bildung.freshness.recipients import lock_recipient
from herne_bildung.lib import clock

Decision = DigestItem.Decision
What = CareEvent.What
# An answer can be undone from its receipt for so long at least.
UNDO_LASTS = timedelta(days=14)


@dataclass(slots=True)
class Confirmed:
    """Ids of the items that were confirmed now, and of those whose facts are not
    those the person looked at.
    """

    done: list[int] = field(default_factory=list)
    changed: list[int] = field(default_factory=list)


@transaction.atomic
def confirm_items(digest: Digest, seen: Mapping[int, str]) -> Confirmed:
    """Somebody says "still correct" of these items, having seen these marks of their
    facts. What is answered already stays as it is.
    """
    items = locked_items(digest, list(seen))
    pace = Pace()
    objects = _take_over(items, pace)
    contacts = contacts_of(items)
    said: dict[int, Said] = {}
    for item in items:
        row = item.entry
        found = objects.get((row.kind, row.object_id))
        asked = groups_asked(item, row.groups if found is not None else {})
        if asked and standing_of(item, found, asked, contacts) == Standing.OPEN:
            said[item.pk] = Said(row, asked, seen[item.pk])
    done = {pk: one for pk, one in said.items() if one.is_about_present_facts}
    if done:
        how, recipient = Confirmation.How.MAIL_LINK, digest.recipient
        confirm_many(list(done.values()), how=how, recipient=recipient, pace=pace)
        _decide_all([item for item in items if item.pk in done], Decision.CONFIRMED)
    return Confirmed(list(done), [pk for pk in said if pk not in done])


def _take_over(items: list[DigestItem], pace: Pace) -> dict[tuple[str, int], Any]:
    """The entries of items as they are now, and what they are about."""
    wanted: dict[str, list[int]] = defaultdict(list)
    for item in items:
        wanted[item.entry.kind].append(item.entry.object_id)
    for kind, ids in wanted.items():
        sync(kind, ids, pace=pace)
    entries = locked_entries(item.entry_id for item in items)
    for item in items:
        item.entry = entries[item.entry_id]
    return objects_of(entries.values())


def locked_items(digest: Digest, pks: list[int]) -> list[DigestItem]:
    """Items of a digest with their entries as they are now, locked against a second
    click until the transaction ends: the recipient first, as everywhere, then what
    it was asked.
    """
    lock_recipient(digest.recipient_id)
    items = list(
        DigestItem.objects.select_for_update()
        .filter(digest=digest, pk__in=pks)
        .order_by("entry_id")
    )
    # After the lock: what a first click has written is seen by the second one.
    entries = locked_entries(item.entry_id for item in items)
    for item in items:
        item.digest, item.entry = digest, entries[item.entry_id]
    return items


def decide(item: DigestItem, decision: str, note: str = "") -> None:
    """Note the answer, and that this recipient answers."""
    _decide_all([item], decision, note)


def _decide_all(items: Sequence[DigestItem], decision: str, note: str = "") -> None:
    now = clock.now()
    for item in items:
        item.decision, item.decided_at, item.note = decision, now, note[:300]
    DigestItem.objects.bulk_update(items, ["decision", "decided_at", "note"])
    Recipient.objects.filter(pk=items[0].digest.recipient_id).update(last_answer_at=now)


@transaction.atomic
def end_item(digest: Digest, pk: int) -> bool:
    """Somebody says that this does not exist any more: off the site, and a receipt
    by mail. False when there is nothing to answer any more.
    """
    item = _open_item(digest, pk)
    if item is None:
        return False
    end(item.entry, recipient=digest.recipient)
    decide(item, Decision.ENDED)
    _send_receipt(item)
    return True


@transaction.atomic
def not_mine(digest: Digest, pk: int, ask: str = "") -> bool:
    """Somebody is not responsible any more; `ask` says who may be. The next contact
    is asked, or staff. False when there is nothing to answer any more.
    """
    item = _open_item(digest, pk)
    if item is None:
        return False
    decide(item, Decision.NOT_MINE, ask)
    row = locked(item.entry)
    event_of(row, What.NOT_MINE, recipient=digest.recipient, note=ask[:500]).save()
    pass_on([row], ask)
    _send_receipt(item)
    return True


def _open_item(digest: Digest, pk: int) -> DigestItem | None:
    """An item nobody has answered yet, locked."""
    for item in locked_items(digest, [pk]):
        found = kind_of(item.entry).get(item.entry.object_id)
        if standing_now(item, found) == Standing.OPEN:
            return item
    return None


def _send_receipt(item: DigestItem) -> None:
    until = item.decided_at + UNDO_LASTS
    if item.digest.expires_at < until:
        item.digest.expires_at = until
        item.digest.save(update_fields=["expires_at"])
    if item.digest.recipient.is_usable:
        receipt_mail(item).put(
            key=f"receipt:{item.pk}:{int(item.decided_at.timestamp())}",
            recipient=item.digest.recipient.email,
        )


@transaction.atomic
def undo(digest: Digest, pk: int) -> bool:
    """Take back "has ended" or "not mine any more"; False when neither stands.
    `handing_on.AskedOther` when somebody else has been asked meanwhile.
    """
    items = locked_items(digest, [pk])
    former = items[0].decision if items else ""
    if former and not is_answered_by(items[0]):
        return False
    if former == Decision.ENDED:
        undo_end(items[0].entry, recipient=digest.recipient)
    elif former == Decision.NOT_MINE:
        row = locked(items[0].entry)
        take_back(row, items[0])
        event_of(row, What.MINE, recipient=digest.recipient).save()
    else:
        return False
    items[0].decision, items[0].decided_at, items[0].note = "", None, ""
    items[0].save(update_fields=["round", "decision", "decided_at", "note"])
    return True
