"""What the engine keeps has an end: README.md says how long, and why.

In batches, each a transaction: a run that breaks off leaves nothing half done, and the
next one goes on.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth

from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    DailyFigure,
    Digest,
    ProposedChange,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.rhythm import add_months
from herne_bildung.lib import clock

BATCH = 500
YEAR = timedelta(days=365)
# After the end of its link, so that an old link still gets a fresh one by mail.
DIGEST_KEPT = YEAR
EVENT_KEPT = 5 * YEAR
DECIDED_KEPT = 2 * YEAR
INVITATION_KEPT = timedelta(days=90)
UNUSED_KEPT = YEAR
# Figures of every day; older ones of one day a month.
DAYS_KEPT_MONTHS = 36


def clean_up() -> dict[str, int]:
    """Remove what is over. Returns how many rows of each, without what hung on them."""
    mark_unused()
    found = {
        "digests": old_digests(),
        "events": old_events(),
        "changes": old_changes(),
        "calls": old_calls(),
        "recipients": recipients_without_answer() | unused_recipients(),
    }
    removed = {name: _remove(rows) for name, rows in found.items()}
    return removed | {"figures": thin_figures()}


def old_digests() -> QuerySet[Digest]:
    """Reminder mails whose link ended long ago, with their questions."""
    return Digest.objects.filter(expires_at__lt=clock.now() - DIGEST_KEPT)


def old_events() -> QuerySet[CareEvent]:
    """Events of earlier rounds; those of the present one say what happens next."""
    return CareEvent.objects.filter(at__lt=clock.now() - EVENT_KEPT).exclude(
        round=F("entry__round")
    )


def old_changes() -> QuerySet[ProposedChange]:
    """Decided long ago."""
    return ProposedChange.objects.filter(decided_at__lt=clock.now() - DECIDED_KEPT)


def old_calls() -> QuerySet[Call]:
    """Done long ago."""
    return Call.objects.filter(closed_at__lt=clock.now() - DECIDED_KEPT)


def recipients_without_answer() -> QuerySet[Recipient]:
    """Invited, and no answer ever. Who declined stays, not to be asked again."""
    return Recipient.objects.filter(
        invited_at__lt=clock.now() - INVITATION_KEPT,
        allowed_at=None,
        declined_at=None,
        last_digest_on=None,
        last_answer_at=None,
    )


def unused_recipients() -> QuerySet[Recipient]:
    """Responsible for nothing since long."""
    return Recipient.objects.filter(
        ~Q(_is_used()), unused_since__lt=clock.today() - UNUSED_KEPT
    )


def mark_unused() -> None:
    """Note since when recipients are responsible for nothing."""
    Recipient.objects.filter(_is_used(), unused_since__isnull=False).update(
        unused_since=None
    )
    Recipient.objects.filter(~Q(_is_used()), unused_since=None).update(
        unused_since=clock.today()
    )


def _is_used() -> Exists:
    return Exists(Responsibility.objects.filter(recipient=OuterRef("pk")))


def thin_figures() -> int:
    """Of months long ago keep the first day that has figures. Returns how many rows
    went.
    """
    before: date = add_months(clock.today(), -DAYS_KEPT_MONTHS).replace(day=1)
    old = DailyFigure.objects.filter(day__lt=before).order_by()
    months = old.values_list(TruncMonth("day")).annotate(first=Min("day"))
    kept = [first for _, first in months]
    return _remove(old.exclude(day__in=kept))


def _remove(rows: QuerySet) -> int:
    """Remove rows in batches. Returns how many."""
    number, last = 0, 0
    while pks := list(_after(rows, last).values_list("pk", flat=True)[:BATCH]):
        number += _remove_batch(rows, pks)
        last = pks[-1]
    return number


def _after(rows: QuerySet, pk: int) -> QuerySet:
    return rows.filter(pk__gt=pk).order_by("pk")


@transaction.atomic
def _remove_batch(rows: QuerySet, pks: list[int]) -> int:
    # Locked first, looked at again then: what came to use meanwhile stays.
    locked = rows.model.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    list(locked.values_list("pk", flat=True))
    again = rows.filter(pk__in=pks)
    _, by_model = again.delete()
    return by_model.get(rows.model._meta.label, 0)
