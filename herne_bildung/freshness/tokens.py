"""Links that open a page without a login: signed, expiring, revocable.

A link names a row, which binds it to a recipient and the entries asked for; a new
`secret` of the row, or `revoked_at`, ends it. Links stay out of logs:
herne_bildung.lib.token_addresses.
"""

from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.translation import override

from herne_bildung.freshness.models import Digest, Recipient
from herne_bildung.freshness.models.digests import TRIAL
from herne_bildung.lib import clock

# Longer ones are nobody's.
LONGEST = 200
INVITATION_LASTS = timedelta(days=60)
_digests = signing.Signer(sep=".", salt="herne_bildung.freshness.digest")
_invitations = signing.Signer(sep=".", salt="herne_bildung.freshness.invitation")


class Problem(StrEnum):
    """Why a link does not open its page."""

    INVALID = "invalid"
    EXPIRED = "expired"
    REVOKED = "revoked"


def token_of(digest: Digest) -> str:
    """The part of the address that opens the page of a digest."""
    return _digests.sign(f"{digest.pk}.{digest.secret}")


def link_of(digest: Digest) -> str:
    """The whole address of a digest's page, in the recipient's language."""
    return _address("care", token_of(digest), digest.recipient.language)


def opt_out_link_of(digest: Digest) -> str:
    """The whole address of the page that ends the mails to a recipient."""
    return _address("care_opt_out", token_of(digest), digest.recipient.language)


def digest_of(token: str) -> Digest | Problem:
    """The digest a link opens, or why it opens none."""
    digest, secret = _signed(token)
    if digest is None:
        return Problem.INVALID
    if digest.revoked_at or not constant_time_compare(digest.secret, secret):
        return Problem.REVOKED
    return Problem.EXPIRED if digest.expires_at <= clock.now() else digest


def is_of_trial(token: str) -> bool:
    """Whether a link comes from a mail that was only sent to look at."""
    return _unsigned(_digests, token).partition(".")[2] == TRIAL


def former_digest_of(token: str) -> Digest | None:
    """The digest of a link that we made, even when the link has ended. Good for
    writing to its recipient, and for nothing else.
    """
    return _signed(token)[0]


def digest_of_address(token: str) -> Digest | None:
    """The digest of a link that was not revoked, however old: enough to end mails."""
    digest, secret = _signed(token)
    if digest is None or digest.revoked_at:
        return None
    return digest if constant_time_compare(digest.secret, secret) else None


def _signed(token: str) -> tuple[Digest | None, str]:
    number, _, secret = _unsigned(_digests, token).partition(".")
    if not number.isdecimal():
        return None, ""
    rows = Digest.objects.select_related("recipient__user")
    return rows.filter(pk=int(number)).first(), secret


def invitation_link_of(recipient: Recipient) -> str:
    """The whole address at which an invited recipient accepts or declines. A later
    invitation (`invited_at`) ends it.
    """
    token = _invitations.sign(f"{recipient.pk}.{_second(recipient)}")
    return _address("care_invitation", token, recipient.language)


def invited(token: str) -> Recipient | Problem:
    """The recipient an invitation is for, or why it is none any more."""
    number, _, second = _unsigned(_invitations, token).partition(".")
    if not number.isdecimal():
        return Problem.INVALID
    recipient = Recipient.objects.filter(pk=int(number)).first()
    if recipient is None or recipient.invited_at is None:
        return Problem.INVALID
    if second != _second(recipient):
        return Problem.REVOKED
    if recipient.invited_at + INVITATION_LASTS <= clock.now():
        return Problem.EXPIRED
    return recipient


def _second(recipient: Recipient) -> str:
    return str(int(recipient.invited_at.timestamp())) if recipient.invited_at else ""


def _unsigned(signer: signing.Signer, token: str) -> str:
    try:
        return signer.unsign(token[:LONGEST])
    except signing.BadSignature:
        return ""


def _address(name: str, token: str, language: str) -> str:
    with override(language):
        return f"{settings.PUBLIC_ADDRESS}{reverse(name, args=[token])}"
