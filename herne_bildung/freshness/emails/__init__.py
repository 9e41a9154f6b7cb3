"""Mails of the engine: each function writes one, in its reader's language."""

from herne_bildung.freshness.emails.digests import digest_mail
from herne_bildung.freshness.emails.mail import Mail

__all__ = ["Mail", "digest_mail"]
