"""A mail server with faults: refuses, falls silent, or takes a mail and hangs up."""

import asyncio
import threading
from collections import Counter
from email import message_from_bytes

from aiosmtpd.controller import Controller


class FaultyServer:
    """What happens to a mail the first time is decided by its address: "later-…" is
    refused for now, "silent-…" gets no answer, "cut-…" is taken, and then the
    connection breaks before the client hears of it; "never-…" is always refused.
    """

    def __init__(self, port: int) -> None:
        self.taken: Counter[str] = Counter()
        self.message_ids: dict[str, set[str]] = {}
        self.cut: Counter[str] = Counter()
        self.refused = self.silent = 0
        self._seen: set[str] = set()
        self._lock = threading.Lock()
        self.controller = Controller(self, hostname="127.0.0.1", port=port)

    def _is_first(self, address: str) -> bool:
        with self._lock:
            is_first = address not in self._seen
            self._seen.add(address)
            return is_first

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:
        kind = address.partition("-")[0]
        if kind == "never":
            return "550 5.1.1 no such mailbox"
        if kind == "later" and self._is_first(address):
            self.refused += 1
            return "451 4.7.1 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:
        [address] = envelope.rcpt_tos
        kind = address.partition("-")[0]
        if kind == "silent" and self._is_first(address):
            self.silent += 1
            await asyncio.sleep(8)
            return "451 4.4.2 too late"
        message = message_from_bytes(envelope.content)
        self.taken[address] += 1
        self.message_ids.setdefault(address, set()).add(message["Message-ID"])
        if kind == "cut" and self._is_first(address):
            self.cut[address] += 1
            server.transport.abort()
        return "250 OK"
