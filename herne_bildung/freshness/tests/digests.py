"""Reminders as test data: what part of them a test names, the rest is filled in."""

from datetime import timedelta
from typing import Any

from herne_bildung.freshness.models import (
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.tests.factories import make_recipient
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
