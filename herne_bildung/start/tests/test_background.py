"""What comes with the clock; workers that run too long or for too many tasks."""

import subprocess
import sys
import uuid
from types import SimpleNamespace

import pytest
from django.conf import settings

from herne_bildung.celery import app
from herne_bildung.start import background, supervisor, worker_limits
from herne_bildung.start.folders import ROOT

# A worker as `background` forks it, with tasks and limits of the test.
PROGRAM = """
import os, sys, time
import django
django.setup()
from herne_bildung.celery import app
from herne_bildung.start import background, worker_limits

worker_limits.LEAST_AGE = float(sys.argv[2])
app.conf.update(task_time_limit=1, worker_max_tasks_per_child=2)

@app.task(name="test.sit_there", acks_late=False)
def sit_there():
    time.sleep(3600)

@app.task(name="test.do_little")
def do_little():
    print("done", flush=True)

@app.task(name="test.leave", acks_late=False)
def leave():
    os._exit(7)

app.conf.worker_redirect_stdouts = False
app.finalize()
background.worker(app, sys.argv[1])()
"""


@pytest.fixture
def queue():
    name = f"test-{uuid.uuid4()}"
    yield name
    with app.connection_for_write() as connection:
        connection.default_channel.queue_delete(name)


def waiting(queue: str) -> int:
    with app.connection_for_write() as connection:
        return connection.default_channel.client.llen(queue)


def work(queue: str, *tasks: str, age: float = 0) -> subprocess.CompletedProcess:
    """Send tasks and let a worker run until it ends by itself; `age` is the least
    at which it is renewed.
    """
    for task in tasks:
        app.send_task(task, queue=queue)
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, queue, str(age)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_every_queue_that_tasks_go_to_has_a_worker():
    routes = {route["queue"] for route in settings.CELERY_TASK_ROUTES.values()}

    assert {settings.CELERY_TASK_DEFAULT_QUEUE, *routes} == set(background.QUEUES)


def test_worker_is_worn_by_tasks_and_by_memory():
    limits = SimpleNamespace(
        worker_max_tasks_per_child=2, worker_max_memory_per_child=10**9
    )

    assert [worker_limits.is_worn(limits, tasks) for tasks in (1, 2)] == [False, True]
    limits.worker_max_memory_per_child = 1000
    assert worker_limits.is_worn(limits, 1)


def test_worker_ends_when_a_task_takes_too_long(queue):
    worker = work(queue, "test.sit_there")

    assert worker.returncode == 1
    assert "Timeout (0:00:01)!" in worker.stderr
    assert "in sit_there" in worker.stderr


def test_worker_is_renewed_after_its_tasks_and_loses_none(queue):
    first = work(queue, *["test.do_little"] * 3)
    left = waiting(queue)
    second = work(queue, "test.do_little")

    assert (first.returncode, second.returncode, left, waiting(queue)) == (0, 0, 1, 0)
    assert [worker.stdout.count("done") for worker in (first, second)] == [2, 2]


def test_young_worker_is_not_renewed(queue):
    worker = work(queue, *["test.do_little"] * 9, "test.leave", age=3600)

    assert (worker.returncode, worker.stdout.count("done")) == (7, 9)
    assert worker_limits.LEAST_AGE > supervisor.SHORT_LIFE


def test_everything_on_the_clock_is_a_task():
    app.loader.import_default_modules()

    asked = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    assert asked - set(app.tasks) == set()
