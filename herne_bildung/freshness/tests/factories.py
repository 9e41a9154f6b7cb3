"""Plain test data of the engine and its outbox."""

from datetime import date, time
from email.header import decode_header, make_header
from itertools import count
from typing import Any

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import (
    Confirmation,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
    Responsibility,
)
from herne_bildung.lib import clock

_numbers = count(1)


def make_entry(organisation: Organisation | None = None, **row: Any) -> MaintainedEntry:
    """An organisation as an entry the engine knows; `row` overwrites its columns."""
    organisation = organisation or make_organisation(phone="02323 000")
    sync("organisation", [organisation.pk])
    entry = MaintainedEntry.objects.get(kind="organisation", object_id=organisation.pk)
    if row:
        MaintainedEntry.objects.filter(pk=entry.pk).update(**row)
        entry.refresh_from_db()
    return entry


def make_recipient(
    organisation: Organisation | None = None,
    *,
    rank: int = Responsibility.Rank.FIRST,
    may_publish: bool = False,
    **values: Any,
) -> Recipient:
    """A recipient whose mails are switched on, responsible for an organisation."""
    values.setdefault("email", f"stelle-{next(_numbers)}@example.org")
    values.setdefault("allowed_at", clock.now())
    recipient = Recipient.objects.create(**values)
    if organisation is not None:
        Responsibility.objects.create(
            organisation=organisation,
            recipient=recipient,
            rank=rank,
            may_publish=may_publish,
        )
    return recipient


def put(key: str = "grund-1", **values: str) -> OutgoingMail:
    values = {
        "recipient": "buero@example.org",
        "subject": "Grüße aus Herne",
        "text": "Erste Zeile.\n.\nFrom hier\n",
        **values,
    }
    return put_in_outbox(key=key, **values)


def subjects(mailbox) -> list[str]:
    return [
        str(make_header(decode_header(message["Subject"])))
        for message in mailbox.messages
    ]


def go_to(day: date, wall: time = time(6, 30)) -> None:
    """Half past six in the morning of a day in Herne, or another time of it."""
    clock.shift(clock._shift + (clock.at(day, wall) - clock.now()))


def make_confirmed(
    day: date, organisation: Organisation | None = None, **row: Any
) -> MaintainedEntry:
    """An entry all of which was confirmed on a day; the clock goes there."""
    go_to(day)
    entry = make_entry(organisation)
    confirm(entry, groups=list(entry.groups), how=Confirmation.How.VISIT)
    if row:
        MaintainedEntry.objects.filter(pk=entry.pk).update(**row)
    entry.refresh_from_db()
    return entry
