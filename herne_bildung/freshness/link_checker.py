"""Does a web address answer? Asked politely, and never of internal addresses.

People write these addresses, so each is a possible way to the inside of the network
the portal runs in. Therefore: http and https on their own ports only, no user names;
the name is resolved once, every address found must be public, and the connection goes
to the very address that was looked at; redirects are followed by hand, each looked at
anew; no proxies of the environment, no cookies, nothing of the answer is kept.
"""

import http.client
import io
import re
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from herne_bildung.lib.public_network import is_public

# Seconds: until connected, until the next bytes, and for one answer in all.
PATIENCE = 10
MOST_SECONDS = 20
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
MOST_ADDRESSES = 4
# Seconds between two requests to one host.
PAUSE = 3.0
PORTS = {"http": 80, "https": 443}
HOST = re.compile(r"[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?", re.I)
UNPRINTABLE = re.compile(r"[\x00-\x20\x7f\\]")
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}
# After these a second request would be no help, or no politeness.
FINAL = {429, 503}
NO_SUCH_NAME = {socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME)}

# (address, port): where to connect.
Endpoint = tuple[str, int]


class State(StrEnum):
    WORKS = "works"
    BROKEN = "broken"
    UNCHECKED = "unchecked"


class Reason(StrEnum):
    """Why, where it is not the status of the answer (`404`)."""

    NO_SUCH_NAME = "no_such_name"
    NOT_PUBLIC = "not_public"
    NO_ANSWER = "no_answer"
    TOO_SLOW = "too_slow"
    ENCRYPTION = "encryption"
    REDIRECTS = "redirects"
    ODD_ANSWER = "odd_answer"


@dataclass(frozen=True)
class Outcome:
    """What came of it. Broken: it surely is not there (404, 410, no such name)."""

    state: State
    reason: str = ""


class Stopped(Exception):
    """The check ends here, with this outcome."""

    def __init__(self, state: State, reason: str) -> None:
        super().__init__(reason)
        self.outcome = Outcome(state, reason)


def unchecked(reason: str) -> Stopped:
    return Stopped(State.UNCHECKED, reason)


@dataclass(frozen=True)
class Target:
    """One address to ask, taken apart and found harmless."""

    scheme: str
    host: str
    port: int
    path: str
    endpoints: list[Endpoint]

    @property
    def host_header(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def resolve(host: str, port: int) -> list[Endpoint]:
    """All addresses the system knows for a name, in its order; OSError. How long that
    takes is the system's affair (resolv.conf), mostly up to 20 seconds.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys((entry[4][0], entry[4][1]) for entry in found))


@dataclass
class LinkChecker:
    """Asks web servers, one after the other; remembers when it asked which host.

    `user_agent` names the portal. The other parameters are for tests, whose servers
    are on this machine: no setting leads to them.
    """

    user_agent: str
    resolve: Callable[[str, int], list[Endpoint]] = resolve
    is_allowed: Callable[[str], bool] = is_public
    tls: ssl.SSLContext | None = None
    pause: float = PAUSE
    patience: float = PATIENCE
    most_seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES
    _asked: dict[str, float] = field(default_factory=dict)

    def check(self, url: str) -> Outcome:
        """Ask for an address; never raises for what a server or a name does."""
        try:
            return self._follow(url.strip())
        except Stopped as stop:
            return stop.outcome
        except TimeoutError:
            return Outcome(State.UNCHECKED, Reason.TOO_SLOW)
        except ssl.SSLError:
            return Outcome(State.UNCHECKED, Reason.ENCRYPTION)
        except OSError:
            return Outcome(State.UNCHECKED, Reason.NO_ANSWER)
        # ValueError: addresses and headers that cannot be read.
        except (http.client.HTTPException, ValueError):
            return Outcome(State.UNCHECKED, Reason.ODD_ANSWER)

    def _follow(self, url: str) -> Outcome:
        for _ in range(MOST_REDIRECTS + 1):
            status, location = self._answer(self._target(url))
            if status in REDIRECTS and location:
                url = urljoin(url, location)
            elif 200 <= status < 300:
                return Outcome(State.WORKS)
            elif status in GONE:
                return Outcome(State.BROKEN, str(status))
            else:
                return Outcome(State.UNCHECKED, str(status))
        raise unchecked(Reason.REDIRECTS)

    def _target(self, url: str) -> Target:
        """Take an address apart and resolve its name, this once."""
        parts = urlsplit(url)
        host = host_of(parts, url)
        port = parts.port or PORTS[parts.scheme]
        endpoints = self._endpoints(host, port)
        path = quote(parts.path or "/", safe="/%:=&+!$,;'@()*~")
        if parts.query:
            path += "?" + quote(parts.query, safe="/%:=&?+!$,;'@()*~[]")
        return Target(parts.scheme, host, port, path, endpoints)

    def _endpoints(self, host: str, port: int) -> list[Endpoint]:
        """Where to connect; Stopped where that is not public."""
        endpoints = self._resolved(host, port) if port in PORTS.values() else []
        if not endpoints or not all(self.is_allowed(found[0]) for found in endpoints):
            raise unchecked(Reason.NOT_PUBLIC)
        return endpoints

    def _resolved(self, host: str, port: int) -> list[Endpoint]:
        try:
            return self.resolve(host, port)
        except socket.gaierror as error:
            if error.errno in NO_SUCH_NAME:
                raise Stopped(State.BROKEN, Reason.NO_SUCH_NAME) from error
            raise

    def _answer(self, target: Target) -> tuple[int, str]:
        """(status, where it redirects to): HEAD, and GET where that says little."""
        try:
            status, location = self._ask("HEAD", target)
            if status < 400 or status in FINAL:
                return status, location
        except (http.client.HTTPException, ConnectionResetError):
            # Some servers hang up on a HEAD.
            pass
        return self._ask("GET", target)

    def _ask(self, method: str, target: Target) -> tuple[int, str]:
        self._wait_for(target.host)
        deadline = time.monotonic() + self.most_seconds
        with closing(self._connect(target, deadline)) as stream:
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = stream
            headers = {
                "Host": target.host_header,
                "User-Agent": self.user_agent,
                "Accept": "*/*",
                "Connection": "close",
            }
            connection.request(method, target.path, headers=headers)
            with closing(connection.getresponse()) as answer:
                location = answer.getheader("Location") or ""
                # Headers are read as Latin-1; what is in them is mostly UTF-8.
                decoded = location.encode("latin-1").decode("utf-8", "replace")
                return answer.status, decoded.strip()

    def _wait_for(self, host: str) -> None:
        waited = time.monotonic() - self._asked.get(host, float("-inf"))
        if waited < self.pause:
            time.sleep(self.pause - waited)
        self._asked[host] = time.monotonic()

    def _connect(self, target: Target, deadline: float) -> "Stream":
        """To one of the addresses that were looked at, and no other."""
        failure: OSError = OSError("no address")
        for endpoint in target.endpoints[:MOST_ADDRESSES]:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                raw = socket.create_connection(endpoint, min(left, self.patience))
            except OSError as error:
                failure = error
                continue
            stream = self._encrypted(raw, target)
            return Stream(stream, deadline, self.patience, self.most_bytes)
        raise failure

    def _encrypted(self, raw: socket.socket, target: Target) -> socket.socket:
        if target.scheme == "http":
            return raw
        try:
            return self._tls.wrap_socket(raw, server_hostname=target.host.rstrip("."))
        except BaseException:
            raw.close()
            raise

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return self.tls or ssl.create_default_context()


def host_of(parts: SplitResult, url: str) -> str:
    """The host of an address that may be asked, as ASCII; Stopped for others."""
    if (
        UNPRINTABLE.search(url)
        or parts.scheme not in PORTS
        or "@" in parts.netloc
        or "%" in parts.netloc
        or not parts.hostname
    ):
        raise unchecked(Reason.NOT_PUBLIC)
    if "[" in parts.netloc:
        return parts.hostname
    host = parts.hostname.encode("idna").decode()
    if not HOST.fullmatch(host):
        raise unchecked(Reason.NOT_PUBLIC)
    return host


class Stream(io.RawIOBase):
    """A socket as http.client reads it: with an end in time and in bytes."""

    def __init__(
        self, inner: socket.socket, deadline: float, patience: float, most: int
    ):
        self._inner, self._deadline, self._patience = inner, deadline, patience
        self._left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        if self._left <= 0:
            raise http.client.HTTPException("too much")
        self._set_timeout()
        read = self._inner.recv_into(buffer, min(len(buffer), self._left))
        self._left -= read
        return read

    def sendall(self, content: bytes) -> None:
        self._set_timeout()
        self._inner.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(self)

    def close(self) -> None:
        """Called more than once: by http.client, by its answer, by us."""
        self._inner.close()

    def _set_timeout(self) -> None:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._inner.settimeout(min(left, self._patience))
