"""Database, broker, workers and beats of the test of faults, to be killed at will."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from herne_bildung.start import addresses, processes
from herne_bildung.start.folders import ROOT, Folders
from herne_bildung.start.postgres import Postgres
from herne_bildung.start.valkey import Valkey

SETTINGS = "herne_bildung.freshness.tests.faults.settings"
CELERY = [sys.executable, "-m", "celery", "--app=herne_bildung"]
WORKER = [
    *(*CELERY, "worker", "--queues=mail", "--pool=solo", "--loglevel=WARNING"),
    *("--without-gossip", "--without-mingle", "--without-heartbeat"),
]


class Stack:
    """Everything lives below one folder."""

    def __init__(self, folder: Path, mail_port: int) -> None:
        self.folders = Folders(folder / "var")
        self.folders.make()
        sockets = self.folders.sockets()
        self.database_url = addresses.embedded_database_url(sockets)
        self.environment = dict(os.environ) | {
            "DATABASE_URL": self.database_url,
            "REDIS_URL": addresses.embedded_redis_url(sockets),
            "VAR_DIR": str(self.folders.var),
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "LOG_LEVEL": "ERROR",
        }
        self.clock = self.folders.var / "clock"
        self.clock.write_text("0")
        self.servers: dict[str, tuple] = {}
        self.parts: dict[str, subprocess.Popen] = {}

    def start_server(self, name: str) -> None:
        server = Postgres(self.folders) if name == "postgres" else Valkey(self.folders)
        self.servers[name] = (server, server.start())

    def stop_server(self, name: str) -> None:
        """As an administrator stops it: quickly, connections end."""
        server, process = self.servers.pop(name)
        processes.end(
            process.pid,
            lambda: process.poll() is not None,
            by=server.stop_signal,
            patience=server.patience,
        )

    def run(self, *arguments: str) -> None:
        """A command of Django, to its end."""
        subprocess.run(
            [sys.executable, "-m", "django", *arguments],
            env=self.environment,
            cwd=ROOT,
            check=True,
            capture_output=True,
        )

    def start_part(self, name: str) -> None:
        """A worker or a beat; each beat keeps its schedule for itself."""
        command = [*WORKER, f"--hostname={name}@%h"]
        if name.startswith("beat"):
            schedule = self.folders.run / name
            command = [*CELERY, "beat", f"--schedule={schedule}", "--loglevel=WARNING"]
            command.append(f"--pidfile={self.folders.run / name}.pid")
        self.parts[name] = processes.launch(
            command,
            environment=self.environment,
            log=self.folders.log / f"{name}.log",
            folder=ROOT,
        )

    def kill(self, name: str) -> None:
        """kill -9, and start it again at once."""
        process = self.parts.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()
        (self.folders.run / f"{name}.pid").unlink(missing_ok=True)
        self.start_part(name)

    def skip(self, seconds: int) -> None:
        """Let time pass for everybody."""
        new = self.clock.with_suffix(".new")
        new.write_text(str(float(self.clock.read_text()) + seconds))
        new.replace(self.clock)

    def query(self, statement: str) -> list[tuple]:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            return connection.execute(statement).fetchall()

    def execute(self, statement: str) -> None:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            connection.execute(statement)

    def waiting(self) -> int:
        [(number,)] = self.query(
            "SELECT count(*) FROM freshness_outgoingmail"
            " WHERE sent_at IS NULL AND failed_at IS NULL"
        )
        return number

    def wait_until_fewer(self, number: int, patience: float) -> None:
        """Until fewer mails than this wait."""
        latest = time.monotonic() + patience
        while self.waiting() >= number:
            if time.monotonic() > latest:
                raise AssertionError(f"{self.waiting()} mails still wait")
            time.sleep(0.2)

    def let_time_pass(self, seconds: int, patience: float) -> None:
        """Skip so much time again and again, until no mail waits any more."""
        latest = time.monotonic() + patience
        while number := self.waiting():
            if time.monotonic() > latest:
                raise AssertionError(f"{number} mails still wait")
            time.sleep(1.5)
            self.skip(seconds)

    def stop(self) -> None:
        for process in self.parts.values():
            process.kill()
            process.wait()
        for name in list(self.servers):
            self.stop_server(name)
