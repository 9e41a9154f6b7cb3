"""Mails of the engine: each function writes one, in its reader's language."""

from herne_bildung.freshness.emails.digests import digest_mail
from herne_bildung.freshness.emails.invitations import invitation_mail
from herne_bildung.freshness.emails.mail import Mail
from herne_bildung.freshness.emails.notices import hidden_to_office
from herne_bildung.freshness.emails.receipts import receipt_mail

__all__ = [
    "Mail",
    "digest_mail",
    "hidden_to_office",
    "invitation_mail",
    "receipt_mail",
]
