"""Keeps the portal's processes running, in the foreground, until it is told to stop."""

import contextlib
import os
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, known_reason, last_lines
from herne_bildung.start.processes import Register

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# A process that lives shorter (seconds) died at its start; after so many such deaths
# in a row the fault is not going to heal.
SHORT_LIFE = 10
MOST_SHORT_LIVES = 5
LONGEST_PAUSE = 10
# Seconds between looks at the size of logs, and the bytes one may have.
LOG_INTERVAL = 60
LONGEST_LOG = 20 * 1024**2


class Stopped(Exception):
    """Someone asked the portal to stop while it was still starting."""


class Startable(Protocol):
    """What can be supervised: a server of ours, or a `Program`."""

    name: str
    log: Path
    stop_signal: int
    patience: float

    def start(self) -> subprocess.Popen: ...


@dataclass
class Program:
    """A command that is to run as long as the portal does."""

    name: str
    command: Sequence[str | Path]
    log: Path
    stop_signal: int = signal.SIGTERM
    # Seconds it gets to finish its work when it is told to stop.
    patience: float = 15

    def start(self) -> subprocess.Popen:
        return processes.launch(self.command, log=self.log)


@dataclass
class Child:
    """A running (or just dead) process with its story."""

    startable: Startable
    process: subprocess.Popen
    since: float = field(default_factory=time.monotonic)
    short_lives: int = 0
    start_again_at: float | None = None

    @property
    def is_over(self) -> bool:
        """Whether it has ended, without collecting it: its number stays taken."""
        with contextlib.suppress(ChildProcessError):
            options = os.WEXITED | os.WNOHANG | os.WNOWAIT
            return os.waitid(os.P_PID, self.process.pid, options) is not None
        return True


class Supervisor:
    """Starts processes, restarts those that die, stops all of them in order."""

    def __init__(self, register: Register, report: Callable[[str], None]) -> None:
        self.register = register
        self.report = report
        self.children: list[Child] = []
        self.stop_requests = 0
        self.stopped_by = ""
        self._reader, self._writer = os.pipe()
        for end in (self._reader, self._writer):
            os.set_blocking(end, False)
        self._logs_seen = time.monotonic()

    def listen(self) -> None:
        """From now on signals are noted instead of ending this process."""
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in STOP_SIGNALS:
            # `nohup` ignores the end of a terminal, and shall go on doing so.
            is_nohup = signal.getsignal(number) is signal.SIG_IGN
            if number != signal.SIGHUP or not is_nohup:
                signal.signal(number, self._note_stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _note_stop(self, number: int, frame: object) -> None:
        self.stop_requests += 1
        self.stopped_by = signal.Signals(number).name

    def start(self, startable: Startable) -> Child:
        """Start one more; Stopped when we were asked to stop meanwhile."""
        if self.stop_requests:
            raise Stopped
        child = Child(startable, startable.start())
        self.children.append(child)
        self.register.add(startable.name, child.process.pid, startable.stop_signal)
        return child

    def finish(self, name: str, command: Sequence[str | Path]) -> int:
        """Run a command to its end, its output being ours; the exit code."""
        process = processes.launch(command)
        self.register.add(name, process.pid, signal.SIGTERM)
        try:
            while process.poll() is None and not self.stop_requests:
                self.wait(1)
        finally:
            processes.end(
                process.pid,
                lambda: process.poll() is not None,
                by=signal.SIGTERM,
                patience=5,
            )
            self.register.remove(name)
        if self.stop_requests:
            raise Stopped
        return process.returncode

    def wait(self, patience: float) -> None:
        """Sleep until a signal arrives (a child's death is one) or time is over."""
        if select.select([self._reader], [], [], max(patience, 0))[0]:
            with contextlib.suppress(BlockingIOError):
                while os.read(self._reader, 512):
                    pass

    def watch(self) -> None:
        """Return when asked to stop; StartError when a process does not stay alive."""
        while not self.stop_requests:
            now = time.monotonic()
            for child in self.children:
                if child.start_again_at is None and child.is_over:
                    self._note_death(child, now)
                if child.start_again_at is not None and child.start_again_at <= now:
                    self._start_again(child)
            if now - self._logs_seen > LOG_INTERVAL:
                self._logs_seen = now
                self._shorten_logs()
            times = [child.start_again_at for child in self.children]
            pause = min([t - now for t in times if t is not None] + [LOG_INTERVAL])
            self.wait(pause)

    def _note_death(self, child: Child, now: float) -> None:
        """Decide when a dead child starts again; give up on one that keeps dying."""
        # What remains of its group may hold its port or its files.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.process.pid, signal.SIGKILL)
        code = child.process.wait()
        is_short = now - child.since < SHORT_LIFE
        child.short_lives = child.short_lives + 1 if is_short else 0
        name = child.startable.name
        how = f"Signal {-code}" if code < 0 else f"Code {code}"
        if child.short_lives >= MOST_SHORT_LIVES:
            raise StartError(
                self.story(child, f"„{name}“ stirbt immer wieder ({how}).")
            )
        pause = min(0.25 * (2**child.short_lives - 1), LONGEST_PAUSE)
        child.start_again_at = now + pause
        self.report(f"„{name}“ ist beendet ({how}) und wird neu gestartet.")

    def _start_again(self, child: Child) -> None:
        child.start_again_at = None
        child.process = child.startable.start()
        child.since = time.monotonic()
        startable = child.startable
        self.register.add(startable.name, child.process.pid, startable.stop_signal)

    def story(self, child: Child, sentence: str) -> str:
        """The sentence with its reason, or else with the end of the child's log."""
        try:
            output = child.startable.log.read_bytes()[-20000:].decode(
                "utf-8", "replace"
            )
        except OSError:
            return sentence
        if reason := known_reason(last_lines(output)):
            return f"{sentence} {reason}"
        return f"{sentence} Aus {child.startable.log}:\n{last_lines(output)}"

    def _shorten_logs(self) -> None:
        for child in self.children:
            log = child.startable.log
            with contextlib.suppress(OSError):
                if log.stat().st_size > LONGEST_LOG:
                    shutil.copyfile(log, log.with_suffix(".log.1"))
                    os.truncate(log, 0)

    def stop(self) -> None:
        """End all processes, the last started first; a second request hurries."""
        for child in reversed(self.children):
            startable = child.startable
            earlier = self.stop_requests
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if child.process.poll() is None:
                    child.process.send_signal(startable.stop_signal)
            latest = time.monotonic() + startable.patience
            while not child.is_over and time.monotonic() < latest:
                if self.stop_requests > max(earlier, 1):
                    break
                self.wait(min(0.2, latest - time.monotonic()))
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if child.process.returncode is None:
                    os.killpg(child.process.pid, signal.SIGKILL)
            child.process.wait()
            self.register.remove(startable.name)
        self.children.clear()
