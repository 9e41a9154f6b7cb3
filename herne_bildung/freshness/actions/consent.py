"""Whether mails may go to an address: its owner accepts, declines, comes back."""

from django.db import transaction

from herne_bildung.freshness.actions.handing_on import pass_on_all
from herne_bildung.freshness.models import Recipient
from herne_bildung.freshness.recipients import lock_recipient
from herne_bildung.lib import clock


@transaction.atomic
def decline(recipient: Recipient) -> Recipient:
    """No more mails to this address; what it was asked goes on to the next one. Said
    twice it is the same.
    """
    row = lock_recipient(recipient.pk)
    if row.declined_at is None:
        row.declined_at = clock.now()
        row.save(update_fields=["declined_at"])
        pass_on_all(row)
    return row


@transaction.atomic
def take_back(recipient: Recipient) -> Recipient:
    """Mails again, after they were declined."""
    row = lock_recipient(recipient.pk)
    row.declined_at = None
    row.save(update_fields=["declined_at"])
    return row


@transaction.atomic
def accept(recipient: Recipient) -> Recipient:
    """Someone at this address accepted the invitation."""
    row = lock_recipient(recipient.pk)
    row.declined_at = None
    if row.allowed_at is None:
        row.allowed_at, row.allowed_by = clock.now(), None
    row.save(update_fields=["allowed_at", "allowed_by", "declined_at"])
    return row
