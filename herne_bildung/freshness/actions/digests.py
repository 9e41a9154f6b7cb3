"""Digests: one mail to one recipient with everything that needs them."""

from collections.abc import Collection, Iterable
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
from herne_bildung.freshness.models.digests import TRIAL, new_secret
from herne_bildung.freshness.pauses import Calendar, Calendars
from herne_bildung.freshness.planning import GATHER
from herne_bildung.freshness.questions import contacts_of
from herne_bildung.freshness.recipients import Contacts, lock_recipient
from herne_bildung.freshness.tokens import link_of
from herne_bildung.lib import clock

Decision = DigestItem.Decision
Step = MaintainedEntry.Step
LINK_LASTS = timedelta(days=60)
# What was corrected, proposed (when nothing waits any more) or told in a note is not
# confirmed yet.
OPEN_AFTER = ("", Decision.CORRECTED, Decision.PROPOSED)


@transaction.atomic
def make_digest(
    recipient: Recipient,
    asked: Iterable[tuple[MaintainedEntry, int]],
    *,
    is_requested: bool = False,
    tells_hidden: bool = False,
    is_trial: bool = False,
    today: date | None = None,
    calendars: Calendars | None = None,
) -> Digest:
    """Write a digest that asks these entries, each as this step, and its mail.

    One a day, and one more a day that was asked for: IntegrityError for a second.
    `tells_hidden`: these entries were hidden just now; such mails do not count.
    `is_trial`: the mail and what its link opens say that it was one.
    """
    today, calendars = today or clock.today(), calendars or Calendars()
    kind = {"is_requested": is_requested, "tells_hidden": tells_hidden}
    secret = TRIAL if is_trial else new_secret()
    digest = _created(recipient, today, secret=secret, **kind)
    _ask(
        digest,
        [
            (
                entry,
                step,
                group_names(entry, today, calendars.of(entry.organisation_id)),
            )
            for entry, step in asked
        ],
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


def link_for_notice(
    recipient: Recipient, entry: MaintainedEntry, groups: Collection[str] | None = None
) -> str:
    """The address of a page that asks about one entry, for a mail that tells something
    of it; about what falls due soon, or these groups. No reminder, and no step.
    """
    today = clock.today()
    digest = _created(recipient, today, is_of_notice=True)
    if groups is None:
        groups = group_names(entry, today, Calendars().of(entry.organisation_id))
    _ask(digest, [(entry, entry.step, sorted(groups))])
    return link_of(digest)


def _created(recipient: Recipient, day: date, **values: bool | str) -> Digest:
    now = clock.now()
    return Digest.objects.create(
        recipient=recipient,
        day=day,
        expires_at=now + LINK_LASTS,
        created_at=now,
        **values,
    )


def _ask(
    digest: Digest, asked: Iterable[tuple[MaintainedEntry, int, list[str]]]
) -> None:
    """Its questions: entries, each with its step and the groups asked for."""
    DigestItem.objects.bulk_create(
        [
            DigestItem(
                digest=digest,
                entry=entry,
                campaign_id=entry.campaign_id,
                round=entry.round,
                step=step,
                groups=groups,
            )
            for entry, step, groups in asked
        ],
        batch_size=BATCH,
    )


def group_names(
    entry: MaintainedEntry, today: date, calendar: Calendar | None = None
) -> list[str]:
    """The groups of facts that fall due soon, or until the end of a campaign, and
    those never confirmed; at least the one that is due first. What falls due in a
    pause is asked together before it.
    """
    until = max(today + GATHER, entry.due_on or today)
    if calendar and (pause := calendar.pause_of(until)):
        until = pause[1]
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
            decision__in=OPEN_AFTER,
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
