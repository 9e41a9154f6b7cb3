"""Digests: one mail to one recipient with everything that needs them."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from herne_bildung.freshness import emails
from herne_bildung.freshness.actions.sync import BATCH
from herne_bildung.freshness.models import (
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.planning import GATHER
from herne_bildung.freshness.questions import contacts_of
from herne_bildung.freshness.recipients import Contacts, lock_recipient
from herne_bildung.lib import clock

Decision = DigestItem.Decision
Step = MaintainedEntry.Step
LINK_LASTS = timedelta(days=60)


@transaction.atomic
def make_digest(
    recipient: Recipient,
    asked: Iterable[tuple[MaintainedEntry, int]],
    *,
    is_requested: bool = False,
    tells_hidden: bool = False,
    is_trial: bool = False,
    today: date | None = None,
) -> Digest:
    """Write a digest that asks these entries, each as this step, and its mail.

    One a day, and one more a day that was asked for: IntegrityError for a second.
    `tells_hidden`: these entries were hidden just now; such mails do not count.
    `is_trial`: the mail says that its link opens nothing.
    """
    now, today = clock.now(), today or clock.today()
    digest = Digest.objects.create(
        recipient=recipient,
        day=today,
        is_requested=is_requested,
        tells_hidden=tells_hidden,
        expires_at=now + LINK_LASTS,
        created_at=now,
    )
    DigestItem.objects.bulk_create(
        [
            DigestItem(
                digest=digest,
                entry=entry,
                campaign_id=entry.campaign_id,
                round=entry.round,
                step=step,
                groups=group_names(entry, today),
            )
            for entry, step in asked
        ],
        batch_size=BATCH,
    )
    key = f"digest:{recipient.pk}:{today}{':requested' if is_requested else ''}"
    digest.mail = emails.digest_mail(digest, is_trial=is_trial).put(
        key=f"entry-hidden:digest:{digest.pk}" if tells_hidden else key,
        recipient=recipient.email,
    )
    digest.save(update_fields=["mail"])
    if not (is_requested or tells_hidden):
        recipient.last_digest_on = today
        recipient.save(update_fields=["last_digest_on"])
    return digest


def group_names(entry: MaintainedEntry, today: date) -> list[str]:
    """The groups of facts that fall due soon, or until the end of a campaign, and
    those never confirmed; at least the one that is due first.
    """
    until = max(today + GATHER, entry.due_on or today)
    if entry.campaign:
        until = max(until, entry.campaign.covers_until)
    return sorted(
        name
        for name, group in entry.groups.items()
        if group["confirmed"] is None or group["due"] <= until.isoformat()
    )


def open_items(
    recipient: Recipient, contacts: Contacts | None = None
) -> list[DigestItem]:
    """Questions to a recipient that nobody has answered yet and it still answers for,
    the latest last; an entry may have several.
    """
    found = _unanswered(recipient)
    contacts = contacts or contacts_of(found)
    return [
        item
        for item in found
        if contacts.answers_for(recipient.pk, item.entry.organisation_id)
    ]


def _unanswered(recipient: Recipient) -> QuerySet[DigestItem]:
    return (
        DigestItem.objects.filter(
            Q(entry__is_public=True) | Q(entry__hidden_at__isnull=False),
            digest__recipient=recipient,
            # What was corrected is not confirmed yet.
            decision__in=("", Decision.CORRECTED),
            round=F("entry__round"),
            entry__step__gt=Step.NONE,
            entry__ended_at=None,
            entry__has_waiting_change=False,
        )
        .exclude(
            entry__digest_items__in=DigestItem.objects.filter(
                digest__recipient=recipient, decision=Decision.NOT_MINE
            )
        )
        .select_related("entry__campaign")
        .order_by("pk")
    )


@transaction.atomic
def fresh_link(digest: Digest) -> Digest | None:
    """A new link after an old one, by mail to the same address, with all that is
    still open for it. One a day: the second time it is the first one's digest. None
    when nothing is open, or mails do not go there.
    """
    recipient = lock_recipient(digest.recipient_id)
    made = Digest.objects.filter(
        recipient=recipient, day=clock.today(), is_requested=True
    ).first()
    if made or not recipient.is_usable:
        return made
    asked = {item.entry_id: (item.entry, item.step) for item in open_items(recipient)}
    return make_digest(recipient, asked.values(), is_requested=True) if asked else None
