"""The outbox: mails are rows, written with their reason, sent by the worker."""

import logging
import time
from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q, QuerySet

from herne_bildung.freshness.actions.bounces import mark_bounced, permanent_refusal
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock

logger = logging.getLogger(__name__)

BATCH = 50
CLAIM = timedelta(minutes=10)
MOST_ATTEMPTS = 6
# A worker is ended after ten minutes (settings.CELERY_TASK_TIME_LIMIT), also in the
# middle of a mail: it stops before and leaves the rest to the next task.
SECONDS_TO_SEND = 480
FIRST_WAIT = timedelta(minutes=2)
KEPT_AFTER_SENDING = timedelta(days=30)
KEPT_AFTER_FAILURE = timedelta(days=90)


def put_in_outbox(
    *,
    key: str,
    recipient: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    list_unsubscribe: str = "",
    is_one_click: bool = False,
    wait: timedelta = timedelta(0),
) -> OutgoingMail:
    """Write a mail into the outbox, inside the caller's transaction.

    `key` names the reason: a second mail with the same key is not made. The worker
    is woken after the commit; should that be lost, beat finds the row. It goes out
    after `wait`, until which `still_here` finds it. `is_one_click`: a POST to the
    address in `list_unsubscribe` ends it, without a page (RFC 8058).
    """
    mail, is_new = OutgoingMail.objects.get_or_create(
        key=key,
        defaults={
            "recipient": recipient,
            "reply_to": reply_to,
            "subject": " ".join(subject.split())[:200],
            "text": text,
            "html": html,
            "list_unsubscribe": list_unsubscribe,
            "is_one_click": is_one_click,
            "due_at": clock.now() + wait,
        },
    )
    if is_new and not wait:
        transaction.on_commit(_wake_worker)
    return mail


def still_here(*, key_begins: str, recipient: str) -> OutgoingMail | None:
    """The latest such mail that no worker has ever taken, locked: it may say more."""
    mails = OutgoingMail.objects.select_for_update().filter(
        key__startswith=key_begins,
        recipient=recipient,
        attempts=0,
        claimed_until=None,
        sent_at=None,
        failed_at=None,
    )
    return mails.order_by("pk").last()


def _wake_worker() -> None:
    # Here, because the tasks call this module.
    from herne_bildung.freshness.tasks import send_waiting_mails

    try:
        send_waiting_mails.apply_async(retry=False)
    except send_waiting_mails.OperationalError as error:
        logger.warning("worker not woken, beat will find the mail: %s", error)


def send_waiting(seconds: float = SECONDS_TO_SEND) -> int:
    """Send mails that are due, each claimed by one worker. Returns how many went.

    After so many seconds it begins no further mail, and wakes a worker for the rest.
    """
    sent, end = 0, time.monotonic() + seconds
    while claimed := _claim():
        for place, mail in enumerate(claimed):
            if time.monotonic() >= end:
                _give_back(claimed[place:])
                return sent
            sent += _send(mail)
    return sent


@transaction.atomic
def _claim() -> list[OutgoingMail]:
    now = clock.now()
    free = OutgoingMail.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        sent_at=None,
        failed_at=None,
        due_at__lte=now,
    )
    free.filter(attempts__gte=MOST_ATTEMPTS).update(
        failed_at=now, last_error="the worker ended while sending"
    )
    claimed = list(free.select_for_update(skip_locked=True).order_by("due_at")[:BATCH])
    for mail in claimed:
        mail.claimed_until = now + CLAIM
        mail.attempts += 1
    OutgoingMail.objects.bulk_update(claimed, ["claimed_until", "attempts"])
    return claimed


@transaction.atomic
def _give_back(claimed: list[OutgoingMail]) -> None:
    """Nobody tried these: as before the claim, unless another worker has them now."""
    ours = Q(
        pk__in=[mail.pk for mail in claimed], claimed_until=claimed[0].claimed_until
    )
    OutgoingMail.objects.filter(ours).update(
        claimed_until=None, attempts=F("attempts") - 1
    )
    transaction.on_commit(_wake_worker)


def _send(mail: OutgoingMail) -> bool:
    """Send one claimed mail, unless its claim has lapsed meanwhile and may be taken."""
    row = OutgoingMail.objects.filter(pk=mail.pk)
    until = clock.now() + CLAIM
    if not row.filter(claimed_until=mail.claimed_until).update(claimed_until=until):
        return False
    try:
        message_of(mail).send()
    # Values: an address or a header that no mail can have must not stop the others.
    except (OSError, ValueError) as error:
        if refusal := permanent_refusal(error):
            _give_up(mail, refusal)
        else:
            _note_failure(mail, error)
        return False
    row.update(claimed_until=None, sent_at=clock.now(), last_error="")
    return True


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as it is sent."""
    headers = {"Message-ID": message_id(mail), "Auto-Submitted": "auto-generated"}
    if mail.list_unsubscribe:
        headers["List-Unsubscribe"] = f"<{mail.list_unsubscribe}>"
    if mail.is_one_click:
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        settings.DEFAULT_FROM_EMAIL,
        [mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=headers,
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _note_failure(mail: OutgoingMail, error: Exception) -> None:
    """Try again later, each time after twice the time; at last give up, visibly."""
    logger.warning("mail %s not sent, attempt %s: %s", mail.pk, mail.attempts, error)
    now = clock.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(
        claimed_until=None,
        last_error=f"{type(error).__name__}: {error}"[:500],
        due_at=now + FIRST_WAIT * 2 ** (mail.attempts - 1),
        failed_at=now if mail.attempts >= MOST_ATTEMPTS else None,
    )


@transaction.atomic
def _give_up(mail: OutgoingMail, refusal: str) -> None:
    """The mail server will never take this address: no further attempt."""
    logger.warning("mail %s refused: %s", mail.pk, refusal)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        claimed_until=None, last_error=refusal, failed_at=clock.now()
    )
    mark_bounced(mail.recipient, refusal)


def message_id(mail: OutgoingMail) -> str:
    """The same for every attempt, so that a repeated mail can be recognised."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return (
        f"<outbox-{mail.pk}-{int(mail.created_at.timestamp())}@{domain or 'localhost'}>"
    )


def remove_old() -> int:
    """Remove mails some time after they were sent or given up. Returns how many."""
    now = clock.now()
    return OutgoingMail.objects.filter(
        Q(sent_at__lt=now - KEPT_AFTER_SENDING)
        | Q(failed_at__lt=now - KEPT_AFTER_FAILURE)
    ).delete()[0]


def send_again(mails: QuerySet[OutgoingMail]) -> int:
    """Try given-up mails once more, as if for the first time. Returns how many."""
    again = mails.filter(sent_at=None).exclude(failed_at=None)
    number = again.update(
        failed_at=None, attempts=0, claimed_until=None, due_at=clock.now()
    )
    transaction.on_commit(_wake_worker)
    return number
