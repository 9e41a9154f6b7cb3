"""Three of Celery's limits, which its pool `solo` does not know by itself.

A worker of that pool does its tasks in its own process. One that sits in a task for
longer than `task_time_limit` (seconds) ends, saying where it sat; after
`worker_max_tasks_per_child` tasks, and after one that took it beyond
`worker_max_memory_per_child` (kB), it ends in peace: memory once used for a large table
or all offers is not given back otherwise. The supervisor starts a fresh one each time.
"""

import faulthandler
import os
import resource
import time
from itertools import count
from pathlib import Path

STANDARD_ERROR = 2
# Seconds a worker lives at least, however many tasks wait: what ends sooner looks like
# a fault to the supervisor.
LEAST_AGE = 60


def keep(app) -> None:
    """Keep the limits of this Celery application in this process from now on."""
    from celery.signals import task_postrun, task_prerun
    from celery.worker import state

    done, since = count(1), time.monotonic()

    def begin(**_: object) -> None:
        # A thread of its own, so that even a task which holds the interpreter ends.
        faulthandler.dump_traceback_later(
            app.conf.task_time_limit, exit=True, file=STANDARD_ERROR
        )

    def end(**_: object) -> None:
        faulthandler.cancel_dump_traceback_later()
        is_old = time.monotonic() - since > LEAST_AGE
        if is_worn(app.conf, next(done)) and is_old:
            state.should_stop = os.EX_OK

    task_prerun.connect(begin, weak=False)
    task_postrun.connect(end, weak=False)


def is_worn(limits, tasks: int) -> bool:
    """Whether a worker that did so many tasks makes room for a fresh one."""
    return (
        tasks >= limits.worker_max_tasks_per_child
        or memory() > limits.worker_max_memory_per_child
    )


def memory() -> int:
    """What this process holds now, in kB; 0 where there is no /proc."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * resource.getpagesize() // 1024
