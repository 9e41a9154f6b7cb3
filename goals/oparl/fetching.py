"""One address of a council's system, asked as the link checker asks.

People of the Bildungsbüro enter these addresses, and the server names more of them:
only public hosts are asked, and of hosts inside our network only the one that a source
names and the settings allow (`OPARL_INTERNAL_HOSTS`).
"""

import http.client
import ssl
import time
import zlib
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from django.conf import settings

from herne_bildung.freshness.link_checker import (
    MOST_REDIRECTS,
    REDIRECTS,
    Endpoint,
    LinkChecker,
    Reason,
    Stopped,
    Target,
)

# Bytes of one answer; a page of a hundred papers has about 500 kB.
MOST_BYTES = 20_000_000
# Seconds: for one answer in all, and between two requests to one public host.
MOST_SECONDS = 60
PAUSE = 0.2


class Unreachable(Exception):
    """An address gave nothing. `is_passing`: a further attempt may."""

    def __init__(self, address: str, reason: str, *, is_passing: bool) -> None:
        super().__init__(f"{address}: {reason}")
        self.address, self.reason, self.is_passing = address, reason, is_passing


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said; `wait` is what it asks for in seconds, 0 if nothing."""

    status: int
    location: str
    body: bytes
    wait: float


@dataclass
class Fetcher(LinkChecker):
    """`inside` are hosts of our own network, "host" or "host:port"."""

    pause: float = PAUSE
    most_seconds: float = MOST_SECONDS
    most_bytes: int = MOST_BYTES
    inside: frozenset[str] = frozenset()

    def fetch(self, address: str) -> Answer:
        """The answer at the end of all redirects; Unreachable."""
        url = address
        try:
            for _ in range(MOST_REDIRECTS + 1):
                found = self._get(self._target(url))
                if found.status not in REDIRECTS or not found.location:
                    return found
                url = urljoin(url, found.location)
        except Stopped as stop:
            raise Unreachable(address, stop.outcome.reason, is_passing=False) from stop
        except TimeoutError as error:
            raise Unreachable(address, Reason.TOO_SLOW, is_passing=True) from error
        except ssl.SSLError as error:
            raise Unreachable(address, Reason.ENCRYPTION, is_passing=False) from error
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable(address, Reason.NO_ANSWER, is_passing=True) from error
        except (ValueError, zlib.error) as error:
            raise Unreachable(address, Reason.ODD_ANSWER, is_passing=False) from error
        raise Unreachable(address, Reason.REDIRECTS, is_passing=False)

    def _get(self, target: Target) -> Answer:
        if target.host_header not in self.inside:
            self._wait_for(target.host)
        deadline = time.monotonic() + self.most_seconds
        with closing(self._connect(target, deadline)) as stream:
            connection = http.client.HTTPConnection(target.host, target.port)
            connection.sock = stream
            headers = {
                "Host": target.host_header,
                "User-Agent": self.user_agent,
                "Accept": "application/json",
                "Connection": "close",
            }
            connection.request("GET", target.path, headers=headers)
            # Not getresponse(): it closes the stream before the answer is read.
            with closing(http.client.HTTPResponse(stream, method="GET")) as answer:
                answer.begin()
                body = answer.read()
                if answer.getheader("Content-Encoding", "").lower() == "gzip":
                    body = unpacked(body, self.most_bytes)
                wait = answer.getheader("Retry-After") or ""
                return Answer(
                    answer.status,
                    answer.getheader("Location") or "",
                    body,
                    float(wait) if wait.isdigit() else 0.0,
                )

    def _endpoints(self, host: str, port: int) -> list[Endpoint]:
        if self.inside & {host, f"{host}:{port}"}:
            return self._resolved(host, port)
        return super()._endpoints(host, port)


def unpacked(body: bytes, most: int) -> bytes:
    """What gzip packed; ValueError where that is too much."""
    inflater = zlib.decompressobj(wbits=31)
    found = inflater.decompress(body, most)
    if inflater.unconsumed_tail:
        raise ValueError("too much")
    return found


def fetcher_for(address: str) -> Fetcher:
    """One that also reaches the host of this address where the settings allow it."""
    parts = urlsplit(address)
    own = {(parts.hostname or "").lower(), parts.netloc.lower()}
    allowed = {host.lower() for host in settings.OPARL_INTERNAL_HOSTS}
    agent = f"Lernen-in-Herne (+{settings.PUBLIC_ADDRESS})"
    return Fetcher(agent, inside=frozenset(own & allowed))
