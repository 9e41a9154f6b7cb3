"""Work in the background: three Celery workers and beat, forked from one process.

`python -m herne_bildung.start.background`. Loading Django four times would cost
four times the memory; forked processes share what was loaded before. Mails have a
worker of their own, so that slow work never delays them, and so have tables: a large
one takes minutes, in which reminders and the catalogue's follow-up do not wait.
"""

import gc
import os
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path

from herne_bildung.start import worker_limits
from herne_bildung.start.launcher import PR_SET_PDEATHSIG, c_library
from herne_bildung.start.processes import Register
from herne_bildung.start.supervisor import Supervisor

QUEUES = ("default", "mail", "tables")


class Fork:
    """A part of this program in a process of its own, for the supervisor."""

    stop_signal = signal.SIGTERM
    patience = 10.0

    def __init__(self, name: str, work: Callable[[], None], log: Path) -> None:
        self.name = name
        self.work = work
        self.log = log

    def start(self) -> "ForkedProcess":
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return ForkedProcess(pid)
        code = 1
        try:
            self._become(parent)
            self.work()
            code = 0
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else 1
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)

    def _become(self, parent: int) -> None:
        """A group of its own, dying with the parent, without its signal handling."""
        signal.set_wakeup_fd(-1)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD):
            signal.signal(number, signal.SIG_DFL)
        os.setpgid(0, 0)
        if library := c_library():
            library.prctl(PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(0)


class ForkedProcess:
    """As much of `subprocess.Popen` as the supervisor uses."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._collect(os.WNOHANG)

    def wait(self) -> int | None:
        return self._collect(0)

    def _collect(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.returncode = os.waitstatus_to_exitcode(status)
        return self.returncode

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)


def main() -> None:
    """Load everything once, fork the parts, keep them alive."""
    import django
    from django.conf import settings

    django.setup()
    from herne_bildung.celery import app

    app.loader.import_default_modules()
    app.finalize()
    log = Path(settings.VAR_DIR) / "log" / "background.log"
    parts = [(f"worker-{queue}", worker(app, queue)) for queue in QUEUES]
    parts.append(("beat", lambda: app.Beat(loglevel="WARNING").run()))
    gc.collect()
    gc.freeze()
    register = Register(Path(settings.VAR_DIR) / "run" / "background.json")
    supervisor = Supervisor(register, lambda text: print(text, flush=True))
    supervisor.listen()
    try:
        for name, work in parts:
            supervisor.start(Fork(name, work, log))
        supervisor.watch()
    finally:
        supervisor.stop()


def worker(app, queue: str) -> Callable[[], None]:
    """A Celery worker on one queue, doing one task at a time in its own process."""

    def work() -> None:
        worker_limits.keep(app)
        app.worker_main(
            [
                "worker",
                f"--queues={queue}",
                f"--hostname={queue}@%h",
                "--pool=solo",
                "--loglevel=INFO",
                "--without-gossip",
                "--without-mingle",
                "--without-heartbeat",
            ]
        )

    return work


if __name__ == "__main__":
    main()
