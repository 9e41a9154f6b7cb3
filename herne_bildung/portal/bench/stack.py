"""The portal on a database of samples: filled, and served by a real web server."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, known_reason, last_lines
from herne_bildung.start.folders import ROOT

WORKERS = 2
# Seconds until the web server must answer for the first time.
PATIENCE_START = 60
PATIENCE_STOP = 15
SETTINGS = "herne_bildung.portal.bench.settings"
# Settings of the real portal that would change what is measured.
FOREIGN = {"DEBUG", "PRODUCTION", "DATABASE_REPLICA_URLS", "ALLOWED_HOSTS"}


def environment(database_url: str, **more: str) -> dict[str, str]:
    """The environment of the portal on a database of samples."""
    kept = {name: text for name, text in os.environ.items() if name not in FOREIGN}
    return kept | {
        "DATABASE_URL": database_url,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "LOG_LEVEL": "WARNING",
        **more,
    }


def run(
    command: Sequence[str],
    environment: Mapping[str, str],
    log: Path | None = None,
    *,
    patience: float,
) -> str:
    """Run a Python program to its end; what it printed, if that went into a log.

    StartError when it fails, or takes longer than `patience` seconds.
    """
    begin = log.stat().st_size if log and log.is_file() else 0
    process = processes.launch(
        [sys.executable, *command], log=log, environment=environment, folder=ROOT
    )
    try:
        code = process.wait(timeout=patience)
    except subprocess.TimeoutExpired:
        raise StartError(f"{' '.join(command)[:60]}: took too long.") from None
    finally:
        stop(process)
    printed = log.read_bytes()[begin:].decode(errors="replace") if log else ""
    if code:
        reason = known_reason(printed) or f"it failed.\n{last_lines(printed)}"
        raise StartError(f"{' '.join(command)[:60]}: {reason}")
    return printed


def fill(database_url: str, count: int) -> None:
    """Tables, Herne's content and so many sample offers, with progress."""
    command = ["-m", "herne_bildung.portal.bench.fill", str(count)]
    run(command, environment(database_url), patience=4 * 3600)


def stop(process: subprocess.Popen) -> None:
    processes.end(
        process.pid,
        lambda: process.poll() is not None,
        by=15,
        patience=PATIENCE_STOP,
    )


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@dataclass(frozen=True)
class Portal:
    """A running web server on so many sample offers."""

    count: int
    database_url: str
    port: int
    process: subprocess.Popen
    log: Path
    host: str = "127.0.0.1"

    def get(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """One page; StartError when there is no answer."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=300)
        try:
            connection.request("GET", path, headers=dict(headers or {}))
            response = connection.getresponse()
            return response, response.read()
        except (OSError, http.client.HTTPException) as error:
            raise StartError(
                f"The web server gives no answer ({error}); {self.log} ends with:\n"
                + last_lines(self.log.read_text(errors="replace"))
            ) from error
        finally:
            connection.close()


@contextmanager
def portal(count: int, database_url: str, log: Path) -> Iterator[Portal]:
    """A web server as `up` runs it, but for limits that would disturb: workers are
    never replaced, and may take long to load a very large catalogue.
    """
    port = free_port()
    process = processes.launch(
        [
            *(sys.executable, "-m", "gunicorn"),
            *("--config", "python:herne_bildung.gunicorn"),
            *("--max-requests=0", "--timeout=600", "herne_bildung.wsgi:application"),
        ],
        environment=environment(
            database_url, HOST="127.0.0.1", PORT=str(port), WEB_WORKERS=str(WORKERS)
        ),
        log=log,
        folder=ROOT,
    )
    try:
        started = Portal(count, database_url, port, process, log)
        wait_for(started)
        yield started
    finally:
        stop(process)


def wait_for(portal: Portal) -> None:
    """Until the web server answers; StartError when it does not."""
    latest = time.monotonic() + PATIENCE_START
    while True:
        try:
            socket.create_connection((portal.host, portal.port), timeout=5).close()
            break
        except OSError:
            if portal.process.poll() is not None or time.monotonic() > latest:
                raise StartError(
                    f"The web server does not start; {portal.log} ends with:\n"
                    + last_lines(portal.log.read_text(errors="replace"))
                ) from None
            time.sleep(0.05)
    response, _ = portal.get("/readyz")
    if response.status != 200:
        raise StartError(f"The portal is not ready (/readyz: {response.status}).")
