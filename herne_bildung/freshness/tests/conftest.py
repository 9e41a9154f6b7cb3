import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

import pytest
from aiosmtpd.controller import Controller
from django.test import Client

from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.freshness import subscriptions
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.following import BoardKind
from herne_bildung.lib import clock


@dataclass
class Mailbox:
    """A mail server: keeps what it takes, refuses what it is told to. It takes
    `seconds` for each mail.
    """

    seconds: float = 0
    refuse: set[str] = field(default_factory=set)
    refusal: str = "550 5.1.1 no such mailbox"
    envelopes: list[tuple[str, list[str]]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refuse:
            return self.refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.seconds)
        self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        self.messages.append(message_from_bytes(envelope.content))
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def mailbox(settings) -> Iterator[Mailbox]:
    """A running SMTP server that mails go to."""
    box = Mailbox()
    port = free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port, enable_SMTPUTF8=True)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 5
    yield box
    controller.stop()


@pytest.fixture
def no_mail_server(settings) -> None:
    """An address where nobody listens."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    settings.EMAIL_TIMEOUT = 5


@pytest.fixture
def office(client) -> Client:
    """The browser of somebody of the Bildungsbüro, who is its `user`."""
    client.user = signed_in(client, OFFICE)
    return client


@pytest.fixture
def board() -> Iterator[BoardKind]:
    """Notice boards that readers can follow daily: "rathaus" and "markt".

    It is morning, so that an hour later is the same day whenever the tests run.
    """
    go_to(clock.today())
    subscriptions.kinds()
    kind = BoardKind()
    subscriptions.register(kind)
    yield kind
    del subscriptions._registered[kind.name]
