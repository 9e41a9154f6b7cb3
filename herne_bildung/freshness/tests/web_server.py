"""A web server on this machine for the link checker: answers as it is told, byte by
byte where that is the point.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator

from herne_bildung.freshness.link_checker import LinkChecker, Outcome, Reason, State

WORKS = Outcome(State.WORKS)
NOT_PUBLIC = Outcome(State.UNCHECKED, Reason.NOT_PUBLIC)
AGENT = "Lernen-in-Herne link check (+https://portal.example)"
Answer = bytes | Callable[[socket.socket], None]
TLS_HELLO = b"\x16\x03"
FOUND = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"


def status(number: int, **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {number} Antwort"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Content-Length: 0", "", ""]).encode()


class WebServer:
    """Runs in threads; `requests` has (method, path, host) of each request."""

    def __init__(self, address: str, tls: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, str, str]] = []
        self.heads: list[bytes] = []
        self.sent = 0
        self.address = address
        self._tls = tls
        self._listening = socket.create_server((address, 0), family=family)
        self.port: int = self._listening.getsockname()[1]
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listening.accept()
            if self._ended.is_set():
                connection.close()
                return
            thread = threading.Thread(target=self._converse, args=(connection,))
            self._threads.append(thread)
            thread.start()

    def _converse(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.closing(connection):
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            self._reply(connection)
            connection.close()

    def _reply(self, connection: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            if not (more := connection.recv(4096)):
                return
            head += more
            if head.startswith(TLS_HELLO):
                connection.sendall(status(400))
                return
        method, path, _ = head.split(b"\r\n")[0].decode().split(" ")
        hosts = [
            line.partition(b":")[2].strip().decode()
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"host:")
        ]
        self.requests.append((method, path, hosts[0]))
        self.heads.append(head)
        answers = self.answers
        answer = answers.get(f"{method} {path}", answers.get(path, status(404)))
        if isinstance(answer, bytes):
            connection.sendall(answer)
        else:
            answer(connection)

    def drip(self, start: bytes, seconds: float = 0.05) -> Callable:
        """An answer that never ends, a byte at a time."""

        def send(connection: socket.socket) -> None:
            connection.sendall(start)
            while not self._ended.is_set():
                connection.sendall(b"x")
                time.sleep(seconds)

        return send

    def flood(self, start: bytes) -> Callable:
        """An answer that never ends, as fast as it goes."""

        def send(connection: socket.socket) -> None:
            connection.sendall(start)
            while not self._ended.is_set():
                connection.sendall(b"x" * 65536)
                self.sent += 65536

        return send

    def stop(self) -> None:
        self._ended.set()
        socket.create_connection((self.address, self.port), 5).close()
        for thread in self._threads:
            thread.join(5)
        self._listening.close()


@contextlib.contextmanager
def running(address: str, tls: ssl.SSLContext | None = None) -> Iterator[WebServer]:
    server = WebServer(address, tls)
    try:
        yield server
    finally:
        server.stop()


class Names:
    """A resolver: names of the test, one answer after the other, the last for ever."""

    def __init__(self, **answers: list) -> None:
        self._answers = {name.replace("_", "."): rows for name, rows in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[tuple[str, int]]:
        self.asked.append(host)
        if host not in self._answers:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        rows = self._answers[host]
        return rows.pop(0) if len(rows) > 1 else rows[0]


def checker(names=None, *, server=None, **values) -> LinkChecker:
    """One that reaches 127.0.0.1, and that address alone: no setting can do this."""
    if server is not None:
        names = Names(seite_example=[[("127.0.0.1", server.port)]])
    values = {"pause": 0, "patience": 1, "most_seconds": 2, **values}
    return LinkChecker(AGENT, names, lambda address: address == "127.0.0.1", **values)
