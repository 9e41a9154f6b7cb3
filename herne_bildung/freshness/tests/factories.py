"""Plain test data of the outbox."""

from email.header import decode_header, make_header

from herne_bildung.freshness.actions import put_in_outbox
from herne_bildung.freshness.models import OutgoingMail


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
