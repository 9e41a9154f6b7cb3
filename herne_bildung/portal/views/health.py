"""For the watchman of an installation: does it live, is it ready."""

import redis
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse

from herne_bildung.lib.http import never_kept


@never_kept
def alive(request: HttpRequest) -> HttpResponse:
    """200 as soon as the process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@never_kept
def ready(request: HttpRequest) -> HttpResponse:
    """200 when database, broker and migrations are ready, else 503 with reasons."""
    problems = {
        name: problem
        for name, problem in (("database", _database()), ("broker", _broker()))
        if problem
    }
    status = 503 if problems else 200
    return JsonResponse({"ready": not problems, "problems": problems}, status=status)


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "migrations are missing"
    except InconsistentMigrationHistory:
        return "migrations are missing"
    except Error as error:
        return f"not reachable: {type(error).__name__}"
    return ""


def _broker() -> str:
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://")
    address = address.replace("virtual_host=", "db=")
    try:
        redis.Redis.from_url(address, socket_timeout=2).ping()
    except redis.RedisError as error:
        return f"not reachable: {type(error).__name__}"
    return ""
