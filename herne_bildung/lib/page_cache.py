"""Finished public pages, kept in Redis and shared by all web processes.

The cache is direct-mapped: an address is hashed to one of `SLOTS` keys, a newer
page replaces an older one, so there are never more keys than that, and all expire.
Every kept page carries the content version it was made from; `outdate()` after a
change sets a new one, and from then on no process serves the former page.
Everything works without Redis, only slower.
"""

import hashlib
import json
import logging
import secrets
import time
from dataclasses import dataclass, field
from functools import cache

import redis
from django.conf import settings
from redis.backoff import NoBackoff
from redis.retry import Retry

logger = logging.getLogger(__name__)

SLOTS = 4096
VERSION_KEY = "page:version"
VERSION_SECONDS = 24 * 60 * 60
LARGEST_PAGE = 256 * 1024
# After a failure pages do not ask Redis again for so long: none waits for it twice.
PAUSE_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A finished answer: headers in order, body compressed with gzip."""

    address: str
    version: str
    expires_at: float
    etag: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = field(repr=False)

    def pack(self) -> bytes:
        """One line of JSON with everything but the body, then the body."""
        head = [self.address, self.version, self.expires_at, self.etag, self.headers]
        return json.dumps(head).encode() + b"\n" + self.body

    @classmethod
    def unpack(cls, raw: bytes) -> "KeptPage":
        head, _, body = raw.partition(b"\n")
        address, version, expires_at, etag, headers = json.loads(head)
        return cls(address, version, expires_at, etag, tuple(map(tuple, headers)), body)


class Pause:
    """The moment (monotonic seconds) until which this process leaves Redis alone."""

    until = 0.0


@cache
def client() -> redis.Redis:
    """The connection to the cache; short timeouts, a page never waits for it.

    One repetition without delay: the server may have been restarted meanwhile.
    """
    return redis.Redis.from_url(
        settings.CACHE_URL,
        socket_timeout=0.5,
        socket_connect_timeout=0.5,
        retry=Retry(NoBackoff(), 1),
    )


def slot(address: str) -> str:
    """The key under which the page of this address is kept."""
    digest = hashlib.blake2b(address.encode(), digest_size=4).digest()
    return f"page:{int.from_bytes(digest) % SLOTS}"


def look_up(address: str, now: float) -> tuple[KeptPage | None, str | None]:
    """The kept page and the content version to keep a new one under.

    Both None when the cache cannot be reached.
    """
    if time.monotonic() < Pause.until:
        return None, None
    try:
        raw_version, raw = client().mget(VERSION_KEY, slot(address))
        if raw_version is None:
            raw_version = _new_version(only_if_missing=True)
    except redis.RedisError as error:
        Pause.until = time.monotonic() + PAUSE_SECONDS
        logger.warning("page cache not reachable: %s", error)
        return None, None
    version = raw_version.decode()
    page = _unpacked(raw) if raw else None
    if (
        page is None
        or page.address != address
        or page.version != version
        or page.expires_at <= now
    ):
        return None, version
    return page, version


def _unpacked(raw: bytes) -> KeptPage | None:
    """The page, or None where another release of the portal kept it otherwise."""
    try:
        return KeptPage.unpack(raw)
    except (ValueError, TypeError):
        return None


def keep(page: KeptPage, seconds: int) -> None:
    """Keep a page for so many seconds; very large ones are not kept."""
    if seconds < 1 or len(page.body) > LARGEST_PAGE:
        return
    try:
        client().set(slot(page.address), page.pack(), ex=seconds)
    except redis.RedisError as error:
        logger.warning("page not kept: %s", error)


def outdate() -> None:
    """Public content changed: no page made before may be served any longer."""
    try:
        _new_version()
    except redis.RedisError as error:
        logger.warning("pages outdate by time only: %s", error)


def _new_version(*, only_if_missing: bool = False) -> bytes:
    version = secrets.token_hex(8).encode()
    client().set(VERSION_KEY, version, ex=VERSION_SECONDS, nx=only_if_missing)
    return client().get(VERSION_KEY) or version
