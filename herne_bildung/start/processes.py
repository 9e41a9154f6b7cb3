"""Processes of ours: started so that none outlives its parent, found again later."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from herne_bildung.start.failure import StartError

LAUNCHER = Path(__file__).with_name("launcher.py")
# A log longer than this begins anew at the next start; the old one is kept as `.1`.
LONGEST_LOG = 5 * 1024**2
EXIT_NOT_POSSIBLE = 71


@dataclass(frozen=True)
class Identity:
    """Who a program runs as.

    `plain`: as we do. `namespace`: root that the program sees as an ordinary user.
    `user`: another user (number, group), with the right to read root's folders.
    """

    kind: str = "plain"
    user: tuple[int, int] = (0, 0)


PLAIN = Identity()


def launch(
    command: Sequence[str | Path],
    *,
    log: Path | None = None,
    environment: Mapping[str, str] | None = None,
    identity: Identity = PLAIN,
    death_signal: int = signal.SIGTERM,
    folder: Path | None = None,
    quiet: bool = False,
) -> subprocess.Popen:
    """Start a program in a session of its own; it gets `death_signal` when we die.

    Must be called from the main thread: the bond is to the thread that starts it.
    With `log` the output goes there, else to our own output; `quiet` drops it.
    """
    wishes = {
        "parent": os.getpid(),
        "signal": int(death_signal),
        "identity": identity.kind,
        "user": identity.user,
        "quiet": quiet,
    }
    output = open_log(log) if log else subprocess.DEVNULL if quiet else None
    try:
        return subprocess.Popen(
            [
                *(sys.executable, "-I", "-S", str(LAUNCHER), json.dumps(wishes)),
                *map(str, command),
            ],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT if output else None,
            env=dict(environment) if environment is not None else None,
            cwd=folder,
            start_new_session=True,
        )
    finally:
        if log:
            output.close()


def open_log(path: Path):
    """The log to append to; one that grew long is put aside first."""
    with contextlib.suppress(FileNotFoundError):
        if path.stat().st_size > LONGEST_LOG:
            path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


@cache
def unprivileged() -> Identity:
    """Who PostgreSQL, which refuses root, can run as here.

    As ourselves; as root in a user namespace of its own; where the system allows no
    such namespaces, as the user `nobody`.
    """
    if os.getuid() != 0:
        return PLAIN
    for identity in (Identity("namespace"), nobody()):
        if identity and _is_possible(identity):
            return identity
    raise StartError(
        "PostgreSQL läuft nicht als root, und dieses System erlaubt keinen Ausweg; "
        "bitte als gewöhnlicher Benutzer starten oder DATABASE_URL setzen."
    )


def nobody() -> Identity | None:
    """The user that owns nothing; None where there is no such user."""
    import pwd  # not on every system

    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return None
    return Identity("user", (entry.pw_uid, entry.pw_gid))


def _is_possible(identity: Identity) -> bool:
    trial = launch(
        [sys.executable, "-I", "-S", "-c", ""], identity=identity, quiet=True
    )
    return trial.wait() == 0


def start_time(pid: int) -> str | None:
    """When the process began, as a mark that tells it from a later one of the same
    number; None when there is no such process (or only its remains).
    """
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        if sys.platform == "linux":
            return None
        answer = subprocess.run(
            ["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True
        )
        return answer.stdout.strip() or None
    return None if fields[0] in "ZX" else f"{boot()}/{fields[19]}"


@cache
def boot() -> str:
    """The running system's mark; numbers and times begin anew with each boot."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()[:8]
    except OSError:
        return ""


def is_gone(pid: int, started: str) -> bool:
    return start_time(pid) != started


def end(pid: int, gone: Callable[[], bool], *, by: int, patience: float) -> None:
    """Ask a process to end, then force it and its group after `patience` seconds."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, by)
    if wait_until(gone, patience):
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)
    wait_until(gone, 5)


def wait_until(condition: Callable[[], bool], patience: float) -> bool:
    """Ask again and again; False when it did not become true in time (seconds)."""
    latest = time.monotonic() + patience
    while not condition():
        if time.monotonic() > latest:
            return False
        time.sleep(0.02)
    return True


class Register:
    """The list of processes of the running portal, kept in a file.

    After a crash the next start finds in it what was left over. A process is known by
    its number and the time it began, so a stranger's is never taken for ours.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.entries: dict[str, dict] = {}

    def add(self, name: str, pid: int, stop_signal: int) -> None:
        self.entries[name] = {
            "pid": pid,
            "started": start_time(pid),
            "signal": int(stop_signal),
        }
        self._write()

    def remove(self, name: str) -> None:
        self.entries.pop(name, None)
        with contextlib.suppress(OSError):  # a full disk must not hinder the end
            self._write()

    def _write(self) -> None:
        if not self.entries:
            self.path.unlink(missing_ok=True)
            return
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(self.entries, indent=1))
        fresh.replace(self.path)

    def stop_leftovers(self, patience: float = 10) -> list[str]:
        """End what a crashed run left behind; the names of what was still there."""
        try:
            left = json.loads(self.path.read_text())
        except (OSError, ValueError):
            return []
        alive = {
            name: entry
            for name, entry in left.items()
            if entry["started"] and not is_gone(entry["pid"], entry["started"])
        }
        for entry in alive.values():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(entry["pid"], entry["signal"])
        for entry in alive.values():
            end(
                entry["pid"],
                lambda entry=entry: is_gone(entry["pid"], entry["started"]),
                by=entry["signal"],
                patience=patience,
            )
        self.path.unlink(missing_ok=True)
        return list(alive)
