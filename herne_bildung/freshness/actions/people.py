"""Who is written to: invited, switched on, with another address."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from herne_bildung.city.models import Organisation, User
from herne_bildung.freshness import emails
from herne_bildung.freshness.actions.handing_on import pass_on_all
from herne_bildung.freshness.models import Digest, Recipient, Responsibility
from herne_bildung.freshness.recipients import lock_recipient
from herne_bildung.lib import clock

# Between two invitations to one address.
INVITED_AGAIN_AFTER = timedelta(days=3)


@transaction.atomic
def invite(recipient: Recipient) -> bool:
    """Ask someone to allow reminders. False where that is needless or unwelcome:
    allowed already, declined, refused by the mail server, invited a moment ago.
    """
    row = lock_recipient(recipient.pk)
    now = clock.now()
    is_recent = row.invited_at and row.invited_at > now - INVITED_AGAIN_AFTER
    if row.allowed_at or row.declined_at or row.bounced_at or is_recent:
        return False
    row.invited_at = now
    row.save(update_fields=["invited_at"])
    key = f"invitation:{row.pk}:{int(now.timestamp())}"
    emails.invitation_mail(row).put(key=key, recipient=row.email)
    return True


@transaction.atomic
def name_contact(organisation: Organisation, email: str) -> Recipient:
    """This address is a first contact of the organisation. Whoever is new gets no mail
    before an invitation is accepted.
    """
    found = Recipient.objects.filter(email__iexact=email).first()
    recipient = found or Recipient.objects.create(email=email)
    Responsibility.objects.get_or_create(
        organisation=organisation,
        recipient=recipient,
        defaults={"rank": Responsibility.Rank.FIRST},
    )
    return recipient


def switch_on(recipient: Recipient, *, by: User) -> bool:
    """Staff answer for it that this address may be written to. Who declined is not
    written to. Returns whether something changed.
    """
    return bool(
        Recipient.objects.filter(
            pk=recipient.pk, allowed_at=None, declined_at=None
        ).update(allowed_at=clock.now(), allowed_by=by)
    )


@transaction.atomic
def switch_off(recipient: Recipient) -> bool:
    """No more mails to this address, until they are switched on or accepted again;
    what it was asked goes on to the next one. Returns whether something changed.
    """
    row = lock_recipient(recipient.pk)
    _revoke_links(row)
    if row.allowed_at is None:
        return False
    row.allowed_at = row.allowed_by = None
    row.save(update_fields=["allowed_at", "allowed_by"])
    pass_on_all(row)
    return True


def clear_bounce(recipient: Recipient) -> bool:
    """The address works again, staff say."""
    return bool(
        Recipient.objects.filter(pk=recipient.pk)
        .exclude(Q(bounced_at=None) & Q(bounce_reason=""))
        .update(bounced_at=None, bounce_reason="")
    )


def forget_permission(recipient: Recipient) -> None:
    """Another address was entered: nobody allowed mails to it, and links that the
    former one got end. The caller saves.
    """
    recipient.invited_at = recipient.allowed_at = recipient.allowed_by = None
    recipient.declined_at = recipient.bounced_at = None
    recipient.bounce_reason = ""
    _revoke_links(recipient)


def _revoke_links(recipient: Recipient) -> None:
    if recipient.pk:
        Digest.objects.filter(recipient=recipient, revoked_at=None).update(
            revoked_at=clock.now()
        )
