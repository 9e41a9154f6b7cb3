"""Settings of the web server: `gunicorn -c python:herne_bildung.gunicorn`."""

import gc
import os
from pathlib import Path

from django.db import connections

from herne_bildung.lib.token_addresses import HideTokens
from herne_bildung.start.addresses import web_address, web_workers

_address = web_address()
bind = f"[{_address.host}]:{_address.port}"
if ":" not in _address.host:
    bind = f"{_address.host}:{_address.port}"
# Sync workers measured fastest for pages: threads only fight for the interpreter.
worker_class = "sync"
workers = web_workers()
# One copy of the code in memory for all workers.
preload_app = True
timeout = 30
graceful_timeout = 10
# Against slow growth; workers are replaced one at a time, not all at once.
max_requests = 20000
max_requests_jitter = 2000
# The heartbeat file must not wait for a slow disk.
MEMORY = "/dev/shm"  # noqa: S108 (gunicorn opens its file there by mkstemp)
worker_tmp_dir = MEMORY if Path(MEMORY).is_dir() else None
control_socket_disable = True
# Many chosen filters make long addresses; more than this gunicorn cannot take.
limit_request_line = 8190
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")


def on_starting(server) -> None:
    """Its own lines of the log name addresses too; links of mails are secrets."""
    for handler in server.log.error_log.handlers:
        handler.addFilter(HideTokens())


def when_ready(server) -> None:
    """Keep what is loaded out of the collector, so that workers go on sharing it."""
    gc.collect()
    gc.freeze()


def pre_fork(server, worker) -> None:
    """A connection opened while loading must not be shared by two workers."""
    connections.close_all()
