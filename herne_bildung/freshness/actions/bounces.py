"""Mails that come back: the address is marked, and its entries asked elsewhere."""

from collections.abc import Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.db import transaction
from django.db.models import F

from herne_bildung.freshness.actions.call_list import put_many_on_call_list
from herne_bildung.freshness.actions.sync import BATCH, schedule
from herne_bildung.freshness.delivery_reports import DeliveryReport, is_about_us
from herne_bildung.freshness.models import (
    Call,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
    Subscriber,
)
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.recipients import Contacts
from herne_bildung.lib import clock

Step = MaintainedEntry.Step
# Later reports are about mails that nobody remembers.
LONGEST_WAY = timedelta(days=30)


def permanent_refusal(error: Exception) -> str:
    """What the mail server said when it will never take this address; else empty."""
    if not isinstance(error, SMTPRecipientsRefused) or not error.recipients:
        return ""
    code, said = next(iter(error.recipients.values()))
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
    if not 500 <= code <= 599 or is_about_us(text):
        return ""
    return f"{code} {' '.join(text.split())}"[:300]


def take_report(report: DeliveryReport) -> Recipient | None:
    """Mark the address that a mail server's report is about. None when the report is
    about no lasting trouble, or no mail of ours, or nobody's address.
    """
    if not report.is_permanent:
        return None
    address = _address_of(report)
    return mark_bounced(address, report.reason) if address else None


def _address_of(report: DeliveryReport) -> str:
    """The address we wrote to: forwarding may report another one. Whoever invents a
    report cannot name addresses that we did not write to lately.
    """
    mail = OutgoingMail.objects.filter(pk=report.mail_id).first()
    if mail and int(mail.created_at.timestamp()) == report.written_at:
        return mail.recipient
    since = clock.now() - LONGEST_WAY
    lately = OutgoingMail.objects.filter(sent_at__gte=since)
    for address in report.addresses:
        if lately.filter(recipient__iexact=address).exists():
            return address
    return ""


@transaction.atomic
def mark_bounced(address: str, reason: str) -> Recipient | None:
    """This address refuses mails: none goes there until staff clear that. What it was
    asked is asked elsewhere, or on the telephone. What it follows ends, and the
    address is forgotten. None when it is nobody's who looks after entries.
    """
    Subscriber.objects.filter(email__iexact=address).delete()
    recipient = (
        Recipient.objects.select_for_update(no_key=True)
        .filter(email__iexact=address)
        .first()
    )
    if recipient is not None and recipient.bounced_at is None:
        recipient.bounced_at, recipient.bounce_reason = clock.now(), reason[:300]
        recipient.save(update_fields=["bounced_at", "bounce_reason"])
        _ask_elsewhere(recipient, reason)
    return recipient


def _ask_elsewhere(recipient: Recipient, reason: str) -> None:
    items = DigestItem.objects.order_by().filter(round=F("entry__round"))
    mine = items.filter(
        digest__recipient=recipient,
        decision="",
        step=F("entry__step"),
        entry__step__lt=Step.CALL,
        entry__is_public=True,
        entry__has_waiting_change=False,
    )
    rows = list(
        MaintainedEntry.objects.filter(pk__in=mine.values("entry"))
        .select_for_update(no_key=True)
        .order_by("pk")
    )
    calendars, today = Calendars(), clock.today()
    contacts = Contacts({row.organisation_id for row in rows if row.organisation_id})
    asked = set(
        items.filter(entry__in=rows).values_list("entry_id", "digest__recipient_id")
    )
    to_call = []
    for row in rows:
        others = contacts.targets(row.organisation_id, Step.ASKED)
        if row.step in {Step.ASKED, Step.REMINDED} and any(
            (row.pk, contact.recipient.pk) not in asked for contact in others
        ):
            # A round of its own: nobody has been asked in this one.
            row.round += 1
            row.step, row.step_on = Step.NONE, None
            schedule(row, calendars, today)
        else:
            to_call.append(row)
    _save(rows)
    put_many_on_call_list(
        [(row, Call.Reason.BOUNCED) for row in to_call], calendars, today, reason
    )


def _save(rows: Sequence[MaintainedEntry]) -> None:
    columns = ["round", "step", "step_on", "next_on"]
    MaintainedEntry.objects.bulk_update(rows, columns, batch_size=BATCH)
