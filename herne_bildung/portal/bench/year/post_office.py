"""The mail server of the simulated year: takes mails, refuses some addresses."""

from collections.abc import Collection
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller


class PostOffice:
    """A real SMTP server; `take` empties the letter box."""

    def __init__(self, port: int, refused: Collection[str]) -> None:
        self.refused = set(refused)
        self._mails: list[tuple[str, EmailMessage]] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=port)

    def __enter__(self) -> "PostOffice":
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        self._mails += [(address, message) for address in envelope.rcpt_tos]
        return "250 OK"

    def take(self) -> list[tuple[str, EmailMessage]]:
        """(address, mail) of all that arrived since the last time."""
        mails, self._mails = self._mails, []
        return mails
