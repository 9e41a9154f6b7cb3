"""Entries to ask for, and what runs did, as test data."""

from datetime import date, timedelta

from herne_bildung.city.models import Organisation
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Digest,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
)
from herne_bildung.freshness.tests.factories import go_to, make_entry, make_recipient
from herne_bildung.lib import clock

# A Monday; what was confirmed on it is due on a Wednesday, 2026-09-02.
CONFIRMED = date(2026, 3, 2)
MONDAY = date(2026, 8, 31)


def run_days(first: date, last: date) -> None:
    """Every day at half past six, and once more."""
    for number in range((last - first).days + 1):
        go_to(first + timedelta(days=number))
        take_steps()
        take_steps()


def steps_of(entry: MaintainedEntry) -> list[tuple[int, str, str]]:
    """The steps taken: which, when, whom they asked."""
    events = entry.events.filter(what="step").order_by("at", "pk")
    return [
        (
            event.step,
            event.at.astimezone(clock.BERLIN).date().isoformat(),
            event.recipient.email if event.recipient else "",
        )
        for event in events.select_related("recipient")
    ]


def digests() -> list[tuple[str, str]]:
    """All reminders: the day, and to whom."""
    mails = OutgoingMail.objects.filter(key__startswith="digest:").order_by("pk")
    return [(mail.key.split(":")[2], mail.recipient) for mail in mails]


def due_now(organisation: Organisation | None = None, **row) -> MaintainedEntry:
    """An entry confirmed some months ago, to be asked for today, a Monday."""
    go_to(MONDAY)
    moment = clock.now() - timedelta(days=170)
    row = {"due_on": MONDAY + timedelta(days=10), "confirmed_at": moment} | row
    return make_entry(organisation, next_on=MONDAY, **row)


def calls() -> list[tuple[int, str]]:
    return list(Call.objects.order_by("entry_id").values_list("entry_id", "reason"))


def make_due(number: int) -> list[MaintainedEntry]:
    """Due entries of as many organisations, each with a contact."""
    entries = [due_now() for _ in range(number)]
    for entry in entries:
        make_recipient(entry.organisation)
    return entries


def written() -> dict[str, int]:
    """How many rows the run has written."""
    return {
        model.__name__: model.objects.count()
        for model in (Digest, DigestItem, OutgoingMail, CareEvent, Call)
    } | {
        "steps": MaintainedEntry.objects.filter(step__gt=0).count(),
        "last mails": Recipient.objects.filter(last_digest_on__isnull=False).count(),
    }


def counts(number: int, calls: int = 0) -> dict[str, int]:
    return {
        "Digest": number,
        "DigestItem": number,
        "OutgoingMail": number,
        "CareEvent": number + calls,
        "Call": calls,
        "steps": number + calls,
        "last mails": number,
    }
