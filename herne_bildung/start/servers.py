"""Which servers a command works with: real ones by address, else embedded ones.

One process at a time owns the embedded servers: `up`, or another command for its
duration. Others borrow them; a borrower keeps the owner (unless it is `up`) from
stopping them before it is done.
"""

import contextlib
import fcntl
import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from herne_bildung.start import addresses, valkey
from herne_bildung.start.failure import StartError
from herne_bildung.start.folders import Folders
from herne_bildung.start.postgres import Postgres
from herne_bildung.start.processes import Register, end
from herne_bildung.start.valkey import Valkey

# Seconds that one command waits for another to finish with the embedded servers.
PATIENCE = 10


def set_addresses(folders: Folders) -> list[str]:
    """Put complete addresses into the environment; the names of embedded servers.

    StartError when a given address is none.
    """
    os.environ["VAR_DIR"] = str(folders.var)
    embedded = []
    if address := os.environ.get("DATABASE_URL"):
        addresses.check_database_url(address)
    else:
        embedded.append(Postgres.name)
    if address := os.environ.get("REDIS_URL"):
        addresses.check_redis_url(address)
    else:
        embedded.append(Valkey.name)
    if embedded:
        folders.make()
        sockets = folders.sockets()
        if Postgres.name in embedded:
            os.environ["DATABASE_URL"] = addresses.embedded_database_url(sockets)
        if Valkey.name in embedded:
            os.environ["REDIS_URL"] = addresses.embedded_redis_url(sockets)
    return embedded


def make(
    names: list[str], folders: Folders, *, is_durable: bool = True
) -> list[Postgres | Valkey]:
    """The embedded servers of these names, not yet started."""
    known = {
        Postgres.name: lambda: Postgres(folders, is_durable=is_durable),
        Valkey.name: lambda: Valkey(folders),
    }
    return [known[name]() for name in names]


class Ownership:
    """The lock on an installation's processes; freed by the system if we crash."""

    def __init__(self, folders: Folders) -> None:
        self.path = folders.run / "owner.lock"
        self.file: IO[str] | None = None

    def take(self, description: dict[str, str]) -> bool:
        """Become the owner; False when another process is."""
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        file.truncate(0)
        file.write(json.dumps(description | {"pid": str(os.getpid())}))
        file.flush()
        self.file = file
        return True

    def owner(self) -> dict[str, str]:
        """What the owner wrote about itself."""
        try:
            return json.loads(self.path.read_text())
        except (OSError, ValueError):
            return {}

    def give_up(self) -> None:
        if self.file:
            self.file.truncate(0)
            self.file.close()
            self.file = None


@contextlib.contextmanager
def for_command(
    command: str, folders: Folders, names: list[str], *, is_durable: bool = True
) -> Iterator[None]:
    """Let embedded servers run for the duration of a command."""
    if not names:
        yield
        return
    ownership = Ownership(folders)
    users = (folders.run / "users.lock").open("a")
    latest = time.monotonic() + PATIENCE
    try:
        while not ownership.take({"command": command}):
            if _borrow(users, folders, names):
                yield
                return
            if time.monotonic() > latest:
                owner = ownership.owner()
                raise StartError(
                    f"Die Datenbank gehört gerade dem Befehl „{owner.get('command')}“ "
                    f"(Prozess {owner.get('pid')}) und antwortet nicht."
                )
            time.sleep(0.1)
        with _running(make(names, folders, is_durable=is_durable), folders):
            yield
            if not _try_lock(users, fcntl.LOCK_EX):
                print("Warte auf andere Befehle, die die Datenbank benutzen …")
                fcntl.flock(users, fcntl.LOCK_EX)
    finally:
        ownership.give_up()
        users.close()


@contextlib.contextmanager
def _running(servers: list[Postgres | Valkey], folders: Folders) -> Iterator[None]:
    register = Register(folders.run / "processes.json")
    register.stop_leftovers()
    started = []
    try:
        for server in servers:
            process = server.start()
            started.append((server, process))
            register.add(server.name, process.pid, server.stop_signal)
        yield
    finally:
        for server, process in reversed(started):
            end(
                process.pid,
                lambda process=process: process.poll() is not None,
                by=server.stop_signal,
                patience=server.patience,
            )
            register.remove(server.name)


def _borrow(users: IO[str], folders: Folders, names: list[str]) -> bool:
    """Use the servers of another process, if they are there and ready."""
    if not _try_lock(users, fcntl.LOCK_SH):
        return False
    if answer(folders, names):
        return True
    fcntl.flock(users, fcntl.LOCK_UN)
    return False


def answer(folders: Folders, names: list[str]) -> bool:
    """Whether the embedded servers of these names are up."""
    sockets = folders.sockets()
    if Valkey.name in names and not valkey.answers(sockets / "valkey.sock"):
        return False
    return Postgres.name not in names or _is_ready(folders.postgres)


def _is_ready(data: Path) -> bool:
    try:
        return "ready" in (data / "postmaster.pid").read_text().splitlines()[-1]
    except (OSError, IndexError):
        return False


def _try_lock(file: IO[str], kind: int) -> bool:
    try:
        fcntl.flock(file, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
