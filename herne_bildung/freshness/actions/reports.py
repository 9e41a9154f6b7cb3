""" "Something wrong here?": what readers report, and what they are told."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from herne_bildung.city.models import User
from herne_bildung.freshness.actions.digests import link_for_notice
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.emails import reports as mails
from herne_bildung.freshness.models import (
    ErrorReport,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.lib import clock

State = ErrorReport.State
ADDRESS_KEPT = timedelta(days=30)
# An open report is closed after this time, a done one removed.
REPORT_KEPT = timedelta(days=365)
TOO_OLD = _("Nobody could look into this report within a year. We are sorry.")


class NotPublic(Exception):
    """There is no such entry on the site, or it is a sample."""


@transaction.atomic
def receive(
    *,
    key: str,
    kind: str,
    object_id: int,
    reason: str,
    text: str,
    email: str,
    language: str,
) -> ErrorReport:
    """Note what a reader says of an entry, and write to its owner and to the office.

    `key` is the identity of the form's token: a second sending writes nothing.
    NotPublic for an entry that readers never saw.
    """
    shown = MaintainedEntry.objects.filter(
        kind=kind, object_id=object_id, was_shown=True, is_sample=False
    )
    if not shown.exists():
        sync(kind, [object_id])
    if (entry := shown.first()) is None:
        raise NotPublic
    report, is_new = ErrorReport.objects.get_or_create(
        key=key,
        defaults={
            "entry": entry,
            "reason": reason,
            "text": text,
            "email": email,
            "language": language,
            "created_at": clock.now(),
        },
    )
    if is_new:
        owner = mails.owner_to_tell(report)
        link = link_for_notice(owner, entry, entry.groups) if owner else ""
        mails.report_received(report, owner, link)
    return report


def answer(report: ErrorReport, text: str, by: User | None = None) -> ErrorReport:
    """Something was done about it: `text` says what, to the reader too."""
    return _finish(report, State.ANSWERED, text, by)


def close(report: ErrorReport, reason: str, by: User | None = None) -> ErrorReport:
    """Nothing is done about it; `reason` says why, to the reader too."""
    return _finish(report, State.CLOSED, reason, by)


@transaction.atomic
def _finish(report: ErrorReport, state: str, text: str, by: User | None) -> ErrorReport:
    """A report is done once; what comes second changes nothing. ValueError without
    any words.
    """
    if not text.strip():
        raise ValueError("an answer needs words")
    row = ErrorReport.objects.select_for_update().get(pk=report.pk)
    if row.state != State.OPEN:
        return row
    row.state, row.answer = state, text.strip()
    row.done_by, row.done_at = by, clock.now()
    row.save()
    if row.email:
        mails.report_answered(row)
    return row


def close_very_old() -> int:
    """Close reports that are open for a year, so that nothing is kept for ever."""
    old = ErrorReport.objects.filter(
        state=State.OPEN, created_at__lt=clock.now() - REPORT_KEPT
    )
    found = list(old)
    for report in found:
        with override(report.language):
            close(report, str(TOO_OLD))
    return len(found)


@transaction.atomic
def forget_addresses() -> int:
    """Remove addresses of reporters some time after they got their answer, with the
    mail that gave it, and reports a year after they were done. Returns how many
    addresses there were.
    """
    now = clock.now()
    answered = ErrorReport.objects.filter(done_at__lt=now - ADDRESS_KEPT)
    with_address = answered.exclude(email="")
    keys = [mails.answer_key(pk) for pk in with_address.values_list("pk", flat=True)]
    OutgoingMail.objects.filter(key__in=keys).delete()
    forgotten = with_address.update(email="")
    ErrorReport.objects.filter(done_at__lt=now - REPORT_KEPT).delete()
    return forgotten
