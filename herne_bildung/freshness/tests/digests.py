"""Reminders as test data: what part of them a test names, the rest is filled in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import (
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.tests.factories import make_recipient
from herne_bildung.freshness.tokens import invitation_link_of
from herne_bildung.lib import clock


def make_digest(
    *entries: MaintainedEntry, recipient: Recipient | None = None, **values: Any
) -> Digest:
    """A digest of today that asks for all groups of these entries; without a
    recipient it goes to one who answers for them all.
    """
    recipient = recipient or _contact_of(entries)
    values.setdefault("day", clock.today())
    values.setdefault("created_at", clock.now())
    values.setdefault("expires_at", clock.now() + timedelta(days=60))
    digest = Digest.objects.create(recipient=recipient, **values)
    for entry in entries:
        DigestItem.objects.create(
            digest=digest,
            entry=entry,
            round=entry.round,
            step=MaintainedEntry.Step.ASKED,
            groups=sorted(entry.groups),
        )
    return digest


def _contact_of(
    entries: Iterable[MaintainedEntry], recipient: Recipient | None = None
) -> Recipient:
    recipient = recipient or make_recipient()
    for organisation in {entry.organisation_id for entry in entries} - {None}:
        recipient.responsibilities.create(organisation_id=organisation)
    return recipient


def example_digest() -> Digest:
    """A reminder about something seeded, for the tests of all pages."""
    recipient, is_new = Recipient.objects.get_or_create(
        email="beispiel@example.org", defaults={"allowed_at": clock.now()}
    )
    if is_new:
        sync_all()
        found = MaintainedEntry.objects.filter(
            is_public=True, organisation__isnull=False
        ).order_by("kind", "pk")
        chosen = [found.filter(kind=kind).first() for kind in kinds()]
        entries = [entry for entry in chosen if entry]
        return make_digest(*entries, recipient=_contact_of(entries, recipient))
    return recipient.digests.get()


def example_invitation() -> str:
    """The link of an invitation that nobody has answered."""
    recipient, _is_new = Recipient.objects.get_or_create(
        email="eingeladen@example.org", defaults={"invited_at": clock.now()}
    )
    return invitation_link_of(recipient)
