"""A real Celery worker for the simulated year."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from herne_bildung.portal.bench import stack
from herne_bildung.start import processes


@contextmanager
def worker(folder: Path) -> Iterator[subprocess.Popen]:
    """Works while the block runs; its log lies in the folder."""
    process = processes.launch(
        [
            *(sys.executable, "-m", "celery", "--app=herne_bildung", "worker"),
            *("--queues=default,mail", "--pool=solo", "--loglevel=WARNING"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ],
        environment=dict(os.environ),
        log=folder / "year-worker.log",
        folder=stack.ROOT,
    )
    try:
        yield process
    finally:
        stack.stop(process)
