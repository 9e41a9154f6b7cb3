"""What the buttons of the page behind a reminder do."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from herne_bildung.freshness.actions.entries import ChangedMeanwhile, confirm
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import (
    Confirmation,
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.questions import Standing, groups_asked, standing_of
from herne_bildung.lib import clock

Decision = DigestItem.Decision


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
    result = Confirmed()
    for item in locked_items(digest, list(seen)):
        kind = kind_of(item.entry)
        found = kind.get(item.entry.object_id)
        present = kind.fingerprints(found) if found is not None else {}
        asked = groups_asked(item, present)
        if not asked or standing_of(item, found, asked) != Standing.OPEN:
            continue
        try:
            confirm(
                item.entry,
                groups=asked,
                how=Confirmation.How.MAIL_LINK,
                seen=seen[item.pk],
                recipient=digest.recipient,
            )
        except ChangedMeanwhile:
            result.changed.append(item.pk)
        else:
            decide(item, Decision.CONFIRMED)
            result.done.append(item.pk)
    return result


def locked_items(digest: Digest, pks: list[int]) -> list[DigestItem]:
    """Items of a digest with their entries as they are now, locked against a second
    click until the transaction ends.
    """
    items = list(
        DigestItem.objects.select_for_update()
        .filter(digest=digest, pk__in=pks)
        .order_by("entry_id")
    )
    # After the lock: what a first click has written is seen by the second one.
    entries = MaintainedEntry.objects.in_bulk([item.entry_id for item in items])
    for item in items:
        item.digest, item.entry = digest, entries[item.entry_id]
    return items


def decide(item: DigestItem, decision: str, note: str = "") -> None:
    """Note the answer, and that this recipient answers."""
    now = clock.now()
    item.decision, item.decided_at, item.note = decision, now, note[:300]
    item.save(update_fields=["decision", "decided_at", "note"])
    Recipient.objects.filter(pk=item.digest.recipient_id).update(last_answer_at=now)
