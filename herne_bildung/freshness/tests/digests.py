"""Reminders as test data: what part of them a test names, the rest is filled in."""

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
    """A digest of today that asks for all groups of these entries."""
    values.setdefault("day", clock.today())
    values.setdefault("created_at", clock.now())
    values.setdefault("expires_at", clock.now() + timedelta(days=60))
    digest = Digest.objects.create(recipient=recipient or make_recipient(), **values)
    for entry in entries:
        DigestItem.objects.create(
            digest=digest,
            entry=entry,
            round=entry.round,
            step=MaintainedEntry.Step.ASKED,
            groups=sorted(entry.groups),
        )
    return digest


def example_digest() -> Digest:
    """A reminder about something seeded, for the tests of all pages."""
    recipient, is_new = Recipient.objects.get_or_create(
        email="beispiel@example.org", defaults={"allowed_at": clock.now()}
    )
    if is_new:
        sync_all()
        found = MaintainedEntry.objects.filter(is_public=True).order_by("kind", "pk")
        entries = [found.filter(kind=kind).first() for kind in kinds()]
        return make_digest(*filter(None, entries), recipient=recipient)
    return recipient.digests.get()


def example_invitation() -> str:
    """The link of an invitation that nobody has answered."""
    recipient, _is_new = Recipient.objects.get_or_create(
        email="eingeladen@example.org", defaults={"invited_at": clock.now()}
    )
    return invitation_link_of(recipient)
