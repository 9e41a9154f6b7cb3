"""Mails of a run, to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from herne_bildung.freshness.actions.outbox import put_in_outbox
from herne_bildung.freshness.models import Digest, MaintainedEntry, OutgoingMail
from herne_bildung.lib import clock


@dataclass(frozen=True)
class Going:
    """A mail that goes out, or would; `items` are titles and steps."""

    recipient: str
    items: list[tuple[str, str]]
    subject: str
    text: str
    html: str


def going_of(digest: Digest) -> Going:
    mail = digest.mail
    return Going(
        mail.recipient,
        [
            (item.entry.title, str(MaintainedEntry.Step(item.step).label))
            for item in digest.items.select_related("entry").order_by("pk")
        ],
        mail.subject,
        mail.text,
        mail.html,
    )


def going_of_office(mail: OutgoingMail, hidden: Sequence[MaintainedEntry]) -> Going:
    """The mail to the office about entries that were hidden."""
    step = str(MaintainedEntry.Step.HIDDEN.label)
    items = [(row.title, step) for row in hidden]
    return Going(mail.recipient, items, mail.subject, mail.text, mail.html)


def send_trial(address: str, mail: Going) -> None:
    """The same mail to one address, to look at; its links open nothing."""
    put_in_outbox(
        key=f"trial:{clock.now().timestamp()}:{mail.recipient}"[:120],
        recipient=address,
        subject=f"[{mail.recipient}] {mail.subject}",
        text=mail.text,
        html=mail.html,
    )
