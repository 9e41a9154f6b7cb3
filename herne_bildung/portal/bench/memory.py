"""How much memory the whole portal takes at rest, as `up` starts it."""

import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from herne_bildung.portal.bench import processor, stack
from herne_bildung.portal.bench.searches import LIST
from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, last_lines
from herne_bildung.start.folders import ROOT

# Seconds.
PATIENCE_START = 600
REST = 10
VISITS = 20
# Addresses of a running portal's servers: the measured one has its own.
FOREIGN = stack.FOREIGN | {
    "DATABASE_URL",
    "REDIS_URL",
    "PUBLIC_ADDRESS",
    "DJANGO_SETTINGS_MODULE",
    "WEB_WORKERS",
}
# Large, and the same for every installation.
SHARED = ("lemmas", "front-end")


def at_rest(var: Path, say: Callable[[str], None]) -> dict[str, int]:
    """Bytes (PSS) by process, some seconds after a few pages were served.

    `var` is the data folder whose large, unchanging parts are used again.
    """
    if not processor.is_readable():
        raise StartError("Memory can only be read where there is /proc (Linux).")
    with tempfile.TemporaryDirectory(prefix="herne-bench-") as folder:
        own = Path(folder)
        for name in SHARED:
            (var / name).mkdir(parents=True, exist_ok=True)
            (own / name).symlink_to(var / name)
        port = stack.free_port()
        process = processes.launch(
            [sys.executable, ROOT / "manage.py", "up"],
            environment={
                **{name: t for name, t in os.environ.items() if name not in FOREIGN},
                "VAR_DIR": folder,
                "HOST": "127.0.0.1",
                "PORT": str(port),
            },
            log=own / "up.log",
            folder=ROOT,
        )
        try:
            say("Memory: starting a portal of its own")
            address = f"http://127.0.0.1:{port}"
            wait_until_ready(f"{address}/readyz", process, own / "up.log")
            for _ in range(VISITS):
                status(address + LIST)
            say(f"Memory: letting it rest for {REST} s")
            time.sleep(REST)
            return by_process(process.pid)
        finally:
            processes.end(
                process.pid, lambda: process.poll() is not None, by=15, patience=60
            )


def wait_until_ready(address: str, process, log: Path) -> None:
    """Until the portal is ready; StartError when it ends before, or takes too long."""
    latest = time.monotonic() + PATIENCE_START
    while status(address) != 200:
        if process.poll() is not None or time.monotonic() > latest:
            raise StartError(
                "The portal does not start:\n"
                + last_lines(log.read_text(errors="replace"))
            )
        time.sleep(0.5)


def status(address: str) -> int:
    """What an address answers; 0 for nothing."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(address, timeout=60) as response:
            response.read()
            return response.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def by_process(pid: int) -> dict[str, int]:
    """Bytes by what a process is; processes of the same kind together."""
    found: dict[str, int] = {}
    for member, size in processor.memory_bytes(pid).items():
        kind = kind_of(processor.command(member))
        found[kind] = found.get(kind, 0) + size
    return found


def kind_of(command: str) -> str:
    """A word for a process, from how it was called."""
    for sign, kind in (
        ("postgres", "PostgreSQL"),
        ("valkey", "Valkey"),
        ("gunicorn", "web server"),
        ("background", "background work"),
        ("manage.py", "supervisor"),
    ):
        if sign in command:
            return kind
    return command or "other"
