"""The outbox: mails are rows, written with their reason, sent by the worker."""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q

from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock

logger = logging.getLogger(__name__)

BATCH = 50
CLAIM = timedelta(minutes=10)
MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(minutes=2)
KEPT_AFTER_SENDING = timedelta(days=30)


def put_in_outbox(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
) -> OutgoingMail:
    """Write a mail into the outbox, inside the caller's transaction.

    `key` names the reason: a second mail with the same key is not made. The worker
    is woken after the commit; should that be lost, beat finds the row.
    """
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "reply_to": reply_to,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "due_at": clock.now(),
        },
    )
    if is_new:
        transaction.on_commit(_wake_worker)
    return mail


def _wake_worker() -> None:
    from herne_bildung.freshness.tasks import send_waiting_mails  # noqa: PLC0415  tasks call this module

    try:
        send_waiting_mails.apply_async(retry=False)
    except send_waiting_mails.OperationalError as error:
        logger.warning("worker not woken, beat will find the mail: %s", error)


def send_waiting() -> int:
    """Send mails that are due, each claimed by one worker. Returns how many went."""
    sent = 0
    while claimed := _claim():
        for mail in claimed:
            sent += _send(mail)
    return sent


@transaction.atomic
def _claim() -> list[OutgoingMail]:
    now = clock.now()
    waiting = (
        OutgoingMail.objects.select_for_update(skip_locked=True)
        .filter(Q(claimed_until=None) | Q(claimed_until__lt=now))
        .filter(sent_at=None, failed_at=None, due_at__lte=now)
        .order_by("due_at")[:BATCH]
    )
    claimed = list(waiting)
    OutgoingMail.objects.filter(pk__in=[mail.pk for mail in claimed]).update(
        claimed_until=now + CLAIM, attempts=F("attempts") + 1
    )
    return claimed


def _send(mail: OutgoingMail) -> bool:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers={"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    row = OutgoingMail.objects.filter(pk=mail.pk)
    try:
        message.send()
    except OSError as error:
        attempts = mail.attempts + 1
        given_up = attempts >= MOST_ATTEMPTS
        logger.warning("mail %s not sent, attempt %s: %s", mail.pk, attempts, error)
        row.update(
            claimed_until=None,
            last_error=f"{type(error).__name__}: {error}"[:500],
            due_at=clock.now() + FIRST_WAIT * 2 ** (attempts - 1),
            failed_at=clock.now() if given_up else None,
        )
        return False
    row.update(claimed_until=None, sent_at=clock.now(), last_error="")
    return True


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt, so that a repeated mail can be recognised."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2] or "localhost"
    return f"<outbox-{mail.pk}-{int(mail.created_at.timestamp())}@{domain}>"


def remove_old() -> int:
    """Remove sent mails after the retention time. Returns how many."""
    limit = clock.now() - KEPT_AFTER_SENDING
    return OutgoingMail.objects.filter(sent_at__lt=limit).delete()[0]
