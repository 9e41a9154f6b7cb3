"""`manage.py up` as people run it: a command in a terminal."""

import http.server
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.conf import settings

from herne_bildung.start import addresses, processes, servers, up
from herne_bildung.start.folders import ROOT, Folders

pytestmark = pytest.mark.long

OURS = ("DATABASE_URL", "REDIS_URL", "HOST", "PORT", "VAR_DIR", "PUBLIC_ADDRESS")


class Portal:
    """One installation in a folder of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self.started: list[subprocess.Popen] = []
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def command(self, *arguments: str, **environment: str) -> subprocess.Popen:
        plain = {name: text for name, text in os.environ.items() if name not in OURS}
        process = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=plain
            | {"VAR_DIR": str(self.var), "PORT": str(self.port)}
            | environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.started.append(process)
        return process

    def output(self, *arguments: str, **environment: str) -> tuple[int, str]:
        """Exit code and output of a command that ends by itself."""
        process = self.command(*arguments, **environment)
        output, _ = process.communicate(timeout=120)
        return process.returncode, output

    def start(self) -> subprocess.Popen:
        """`up`, when it says that it is up."""
        process = self.command("up", "--no-demo")
        seen = []
        for line in process.stdout:
            seen.append(line)
            if line.startswith("Beenden mit"):
                return process
        raise AssertionError("".join(seen))

    def pids(self) -> list[int]:
        """All processes that belong to it, the descendants too."""
        listed = json.loads((self.var / "run" / "processes.json").read_text())
        found = [entry["pid"] for entry in listed.values()]
        for pid in found:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            found.extend(map(int, children))
        return found


@pytest.fixture
def portal(tmp_path):
    portal = Portal(tmp_path / "var")
    yield portal
    for process in portal.started:
        process.terminate()
        process.wait(timeout=60)
        process.stdout.close()


@pytest.fixture
def prepared(portal):
    """An installation whose files are built already, without database."""
    portal.var.mkdir()
    for name in ("lemmas", "front-end"):
        (portal.var / name).symlink_to(ROOT / "var" / name)
    for name in ("static", "static-build"):
        shutil.copytree(settings.VAR_DIR / name, portal.var / name)
    mark = "static.collected"
    shutil.copy2(settings.VAR_DIR / mark, portal.var / mark)
    return portal


def usernames(portal: Portal) -> list[tuple[str]]:
    address = addresses.embedded_database_url(Folders(portal.var).sockets())
    with psycopg.connect(address) as connection:
        return connection.execute("SELECT username FROM city_user").fetchall()


def all_gone(pids: list[int]) -> bool:
    return all(processes.start_time(pid) is None for pid in pids)


@pytest.mark.parametrize(
    "environment, sentence",
    [
        (
            {"PORT": "acht"},
            "PORT muss eine Zahl von 1 bis 65535 sein, nicht „acht“.",
        ),
        (
            {"HOST": "0.0.0.0"},
            "Demo-Zugänge gibt es nur auf dem eigenen Rechner: "
            "mit HOST=0.0.0.0 bitte „up --no-demo“ benutzen.",
        ),
        (
            {"PUBLIC_ADDRESS": "https://lernen.example.org"},
            "Demo-Zugänge gibt es nur auf dem eigenen Rechner: mit "
            "PUBLIC_ADDRESS=https://lernen.example.org bitte „up --no-demo“ benutzen.",
        ),
        (
            {"DATABASE_URL": "mysql://a:b@c/d"},
            "DATABASE_URL muss auf einen PostgreSQL-Server zeigen "
            "(postgresql://name:passwort@rechner:5432/datenbank), nicht auf „mysql“.",
        ),
        (
            {"VAR_DIR": "/dev/null/var"},
            "Der Datenordner /dev/null/var ist nicht benutzbar. "
            "Dort liegt eine Datei, wo ein Ordner sein müsste: /dev/null/var.",
        ),
    ],
)
def test_up_refuses_with_one_sentence(portal, environment, sentence):
    assert portal.output("up", **environment) == (1, f"Fehler: {sentence}\n")


def test_up_refuses_a_busy_port(portal):
    handler = http.server.BaseHTTPRequestHandler
    with http.server.HTTPServer(("127.0.0.1", portal.port), handler):
        answer = portal.output("up")

    assert answer == (
        1,
        f"Fehler: Port {portal.port} auf 127.0.0.1 ist schon belegt; "
        f"mit PORT={portal.port + 1} geht vielleicht ein anderer.\n",
    )


def test_up_refuses_an_unreachable_database(portal):
    address = f"postgresql://herne:geheim@127.0.0.1:{portal.port}/herne"

    code, output = portal.output("up", DATABASE_URL=address)

    start, *_, failure, end = output.splitlines()
    assert code == 1
    assert start.startswith("  valkey läuft (")
    assert failure == (
        "Fehler: Die Datenbank ist nicht erreichbar "
        f"(postgresql://herne:…@127.0.0.1:{portal.port}/herne): connection failed: "
        f'connection to server at "127.0.0.1", port {portal.port} failed: '
        "Connection refused"
    )
    assert end == "Das Portal wird beendet …"


def test_up_waits_for_no_command_that_holds_the_database(portal):
    folders = Folders(portal.var)
    folders.make()
    ownership = servers.Ownership(folders)
    ownership.take({"command": "shell"})

    answer = portal.output("up")
    ownership.give_up()

    assert answer == (
        1,
        f"Fehler: Der Befehl „shell“ (Prozess {os.getpid()}) benutzt die Datenbank "
        "gerade; bitte zuerst beenden.\n",
    )


def test_logins_are_shown_once_and_then_the_command_that_shows_them(tmp_path, capsys):
    address = addresses.WebAddress("127.0.0.1", 8000)
    login = {"role": "Bildungsbüro", "username": "demo", "password": "geheim"}
    logins = tmp_path / "demo_logins.json"
    logins.write_text(json.dumps([login]))
    os.utime(logins, (0, 0))
    said = []
    for _ in range(2):
        up.welcome(Folders(tmp_path), address, 1.5)
        said.append(capsys.readouterr().out.splitlines())

    start = [
        "",
        "Das Portal läuft: http://127.0.0.1:8000/  (nach 1,5 s)",
        "Verwaltung:       http://127.0.0.1:8000/verwaltung/",
    ]
    end = ["", "Beenden mit Strg-C."]
    assert said == [
        [
            *start,
            "",
            "Demo-Zugänge (nur auf diesem Rechner, später: manage.py demo_logins):",
            "  Bildungsbüro: demo  geheim",
            *end,
        ],
        [*start, "Demo-Zugänge:     python3 manage.py demo_logins", *end],
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_up_through_a_day(prepared):
    """First start, a second one beside it, a crash of everything, a clean end."""
    portal = prepared
    first = portal.start()

    with urllib.request.urlopen(f"http://127.0.0.1:{portal.port}/readyz") as answer:
        assert answer.status == 200
    # The longest address the web server takes reaches the pages.
    long = f"http://127.0.0.1:{portal.port}/healthz?q={'x' * 8000}"
    with urllib.request.urlopen(long) as answer:
        assert answer.status == 200
    assert portal.output("up") == (
        1,
        f"Fehler: Das Portal läuft schon (Prozess {first.pid}): "
        f"http://127.0.0.1:{portal.port}/\n",
    )
    code, _ = portal.output(
        *("createsuperuser", "--noinput", "--username=erste", "--email=a@example.org"),
        DJANGO_SUPERUSER_PASSWORD="ein langes Kennwort",
    )
    assert code == 0

    pids = portal.pids()
    for pid in (first.pid, *pids):
        os.kill(pid, signal.SIGKILL)
    first.communicate()
    assert processes.wait_until(lambda: all_gone(pids), 10)

    begin = time.monotonic()
    second = portal.start()
    assert time.monotonic() - begin < 60
    pids = portal.pids()
    assert usernames(portal) == [("erste",)]

    second.terminate()
    output, _ = second.communicate(timeout=60)

    assert second.returncode == 0
    assert output.splitlines() == [
        "Das Portal wird beendet (SIGTERM) …",
        f"Alles ist beendet; die Daten bleiben in {portal.var}.",
    ]
    assert all_gone(pids)
    assert not (portal.var / "run" / "processes.json").exists()
    assert (portal.var / "run" / "owner.lock").read_text() == ""


def test_command_brings_its_own_database(prepared):
    code, output = prepared.output("migrate", "--check")

    assert (code, "Traceback" in output) == (1, False)  # nothing was migrated yet
    assert not (prepared.var / "run" / "processes.json").exists()
    assert not servers.answer(Folders(prepared.var), ["valkey"])
