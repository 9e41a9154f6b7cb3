"""Asks a web server for pages, over several connections, for a limited time.

A program of its own, of the standard library only, so that asking costs little:
`python -m herne_bildung.portal.bench.load '{…}'` with the fields of `Order` prints
an `Outcome` as JSON.
"""

import json
import socket
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

# Seconds until an answer counts as missing.
PATIENCE = 900
# Stands in a path for what makes each address, or each spelling, a new one.
NUMBER, MARKS = "{number}", "{marks}"
PUNCTUATION = str.maketrans("0123456789", ".,:!~*()-_")


@dataclass(frozen=True)
class Order:
    """What to ask for. `first` is where numbers of addresses begin."""

    host: str
    port: int
    path: str
    status: int
    headers: dict[str, str]
    connections: int
    seconds: float
    most: int
    first: int


@dataclass
class Outcome:
    """Durations in milliseconds; times are those of the system's monotonic clock."""

    begin: float = 0.0
    end: float = 0.0
    durations: list[float] = field(default_factory=list)
    problem: str = ""


class Connection:
    """One connection to the server, opened anew whenever the server closed it."""

    def __init__(self, order: Order) -> None:
        self.order = order
        self.socket: socket.socket | None = None
        headers = {"Host": f"{order.host}:{order.port}", **order.headers}
        self.headers = "".join(f"{name}: {text}\r\n" for name, text in headers.items())

    def ask(self, number: int) -> int:
        """Ask for the page with this number and read it; the status."""
        path = self.order.path.replace(NUMBER, str(number))
        path = path.replace(MARKS, str(number).translate(PUNCTUATION))
        request = f"GET {path} HTTP/1.1\r\n{self.headers}\r\n".encode()
        if self.socket:
            try:
                return self._exchange(request)
            except ConnectionError:
                self.close()
        return self._exchange(request)

    def _exchange(self, request: bytes) -> int:
        if self.socket is None:
            address = (self.order.host, self.order.port)
            self.socket = socket.create_connection(address, timeout=PATIENCE)
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.sendall(request)
        head, end = b"", b""
        while not end:
            piece = self.socket.recv(65536)
            if not piece:
                raise ConnectionResetError("the server closed the connection")
            head, end, rest = (head + piece).partition(b"\r\n\r\n")
        fields = head.lower().split(b"\r\n")
        status = int(fields[0].split()[1])
        self._read(fields, len(rest), status)
        return status

    def _read(self, fields: list[bytes], there: int, status: int) -> None:
        """Read the rest of the body, and close when the server does."""
        lengths = [f[15:] for f in fields if f.startswith(b"content-length:")]
        missing = int(lengths[0]) - there if lengths and status != 304 else 0
        while missing > 0:
            piece = self.socket.recv(min(missing, 65536))
            if not piece:
                raise ConnectionResetError("the server closed the connection")
            missing -= len(piece)
        if b"connection: close" in fields:
            self.close()

    def close(self) -> None:
        if self.socket:
            self.socket.close()
            self.socket = None


def ask_on(order: Order, share: int, until: float, outcome: Outcome) -> None:
    """One connection's part: every `connections`-th number, from its own on."""
    connection = Connection(order)
    number = order.first + share
    try:
        for _ in range(-(-order.most // order.connections)):
            begin = time.monotonic()
            if begin > until or outcome.problem:
                break
            status = connection.ask(number)
            outcome.durations.append((time.monotonic() - begin) * 1000)
            number += order.connections
            if status != order.status:
                outcome.problem = f"{order.path} answered {status}"
    except (OSError, ValueError, IndexError) as error:
        outcome.problem = f"{order.path}: {error or type(error).__name__}"
    finally:
        connection.close()


def ask(order: Order) -> Outcome:
    """Ask as ordered; a problem ends it for all connections."""
    outcome = Outcome(begin=time.monotonic())
    until = outcome.begin + order.seconds
    threads = [
        threading.Thread(target=ask_on, args=(order, share, until, outcome))
        for share in range(order.connections)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    outcome.end = time.monotonic()
    return outcome


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(ask(Order(**json.loads(sys.argv[1]))))))
