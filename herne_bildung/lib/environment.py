"""Reading settings from environment variables."""

import contextlib
import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit


def switch(name: str, default: bool = False) -> bool:
    """An environment variable as yes or no."""
    value = os.environ.get(name, "").strip().lower()
    return default if not value else value in {"1", "true", "yes", "on"}


def names(name: str, default: str = "") -> list[str]:
    """An environment variable as a list separated by commas."""
    parts = os.environ.get(name, default).split(",")
    return [part.strip() for part in parts if part.strip()]


def number(name: str, default: int, *, least: int, most: int) -> int:
    """An environment variable as a whole number; ValueError outside its limits."""
    value = os.environ.get(name, "").strip()
    found = int(value) if value.lstrip("-").isdigit() else default
    if (value and not value.lstrip("-").isdigit()) or not least <= found <= most:
        raise ValueError(f"{name} must be a whole number from {least} to {most}")
    return found


def kept_secret(path: Path) -> str:
    """A secret of this installation: made once, kept in a file only we may read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (
        contextlib.suppress(FileExistsError),
        open(path, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as new,
    ):
        new.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def redis_database(url: str, number: int, *, broker: bool = False) -> str:
    """A Redis address with a database number, in the form Celery or redis-py reads."""
    parts = urlsplit(url)
    if parts.scheme in {"unix", "redis+socket"}:
        scheme, key = ("redis+socket", "virtual_host") if broker else ("unix", "db")
        return f"{scheme}://{parts.path}?{key}={number}"
    return parts._replace(path=f"/{number}").geturl()


def mail_settings(address: str, folder: Path) -> dict[str, Any]:
    """Django's mail settings from `smtp+tls://user:password@host:port`.

    Without an address mails become files in the folder.
    """
    if not address:
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder),
        }
    parts = urlsplit(address)
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname or "localhost",
        "EMAIL_PORT": parts.port or 25,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_TIMEOUT": int(parse_qs(parts.query).get("timeout", ["20"])[0]),
    }
