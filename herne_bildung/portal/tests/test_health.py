"""What an installation's watchman asks."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

ASK = """
import json, django
django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client(headers={"host": "localhost"}).get(path)
    print(json.dumps([answer.status_code, answer.text]))
"""


@pytest.mark.django_db
def test_alive_and_ready(client):
    alive, ready = client.get("/healthz"), client.get("/readyz")

    assert (alive.status_code, alive.text, alive["Cache-Control"]) == (
        200,
        "ok\n",
        "no-store",
    )
    assert (ready.status_code, ready.json(), ready["Cache-Control"]) == (
        200,
        {"ready": True, "problems": {}},
        "no-store",
    )


def test_alive_asks_no_database(client):
    # Without the mark django_db any query would fail.
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_not_ready_while_a_migration_is_missing(client):
    MigrationRecorder(connection).record_unapplied("freshness", "0001_initial")

    response = client.get("/readyz")

    assert (response.status_code, response.json()) == (
        503,
        {"ready": False, "problems": {"database": "migrations are missing"}},
    )


def test_not_ready_without_database_and_broker_but_alive():
    environment = os.environ | {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
        "REDIS_URL": "unix:///nowhere/at/all.sock",
        "DJANGO_SETTINGS_MODULE": "herne_bildung.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    alive, ready = map(json.loads, done.stdout.splitlines()[-2:])
    assert alive == [200, "ok\n"]
    assert (ready[0], json.loads(ready[1])) == (
        503,
        {
            "ready": False,
            "problems": {
                "database": "not reachable: OperationalError",
                "broker": "not reachable: ConnectionError",
            },
        },
    )
