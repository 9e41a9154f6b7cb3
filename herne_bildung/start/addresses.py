"""The addresses of servers, as people write them into environment variables."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from herne_bildung.start.failure import StartError

DATABASE_SCHEMES = {"postgres", "postgresql", "pgsql"}
REDIS_SCHEMES = {"redis", "rediss", "unix"}


def is_this_machine(host: str) -> bool:
    """Whether a host name or address leads to this machine wherever it is used."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_address_of_this_machine(address: str) -> bool:
    """Whether `http://…` is an address that only this machine can open."""
    try:
        return is_this_machine(urlsplit(address).hostname or "")
    except ValueError:
        return False


@dataclass(frozen=True)
class WebAddress:
    """Where the web server listens."""

    host: str
    port: int

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine can reach it."""
        return is_this_machine(self.host)

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def web_address(environment: Mapping[str, str] = os.environ) -> WebAddress:
    """HOST and PORT; StartError when PORT is no port."""
    host = environment.get("HOST", "").strip().strip("[]") or "127.0.0.1"
    written = environment.get("PORT", "").strip() or "8000"
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 65536):
        raise StartError(
            f"PORT muss eine Zahl von 1 bis 65535 sein, nicht „{written}“."
        )
    return WebAddress(host, int(written))


def web_workers(environment: Mapping[str, str] = os.environ) -> int:
    """WEB_WORKERS, the number of web processes; StartError when it is none."""
    written = environment.get("WEB_WORKERS", "").strip() or "2"
    if not (written.isascii() and written.isdigit() and 0 < int(written) < 1000):
        raise StartError(f"WEB_WORKERS muss eine Zahl ab 1 sein, nicht „{written}“.")
    return int(written)


def check_database_url(address: str) -> None:
    """StartError unless this can be a PostgreSQL server's address."""
    example = "postgresql://name:passwort@rechner:5432/datenbank"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise StartError(
            f"DATABASE_URL ist keine gültige Adresse; sie sieht so aus: {example}"
        ) from None
    if parts.scheme not in DATABASE_SCHEMES:
        raise StartError(
            "DATABASE_URL muss auf einen PostgreSQL-Server zeigen "
            f"({example}), nicht auf „{parts.scheme or address}“."
        )
    if not parts.path.strip("/") or port == 0:
        raise StartError(
            f"In DATABASE_URL fehlt der Name der Datenbank; sie sieht so aus: {example}"
        )


def check_redis_url(address: str) -> None:
    """StartError unless this can be the address of a server speaking Redis."""
    examples = "redis://rechner:6379 oder unix:///pfad/zum/socket"
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  a wrong port shows only when it is read
    except ValueError:
        raise StartError(
            f"REDIS_URL ist keine gültige Adresse; sie sieht so aus: {examples}"
        ) from None
    if parts.scheme not in REDIS_SCHEMES:
        raise StartError(
            f"REDIS_URL muss auf einen Redis-Server zeigen ({examples}), "
            f"nicht auf „{parts.scheme or address}“."
        )
    if not (parts.path if parts.scheme == "unix" else parts.hostname):
        raise StartError(f"REDIS_URL nennt keinen Server; sie sieht so aus: {examples}")


def without_password(address: str) -> str:
    """The address as it may be shown and logged."""
    parts = urlsplit(address)
    if not parts.password:
        return address
    user, _, place = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user.split(':')[0]}:…@{place}").geturl()


def embedded_database_url(sockets: Path) -> str:
    """The embedded PostgreSQL; the folder as option, for a host loses capitals."""
    return f"postgresql://herne@/herne?host={quote(str(sockets), safe='')}"


def embedded_redis_url(sockets: Path) -> str:
    return f"unix://{sockets}/valkey.sock"
