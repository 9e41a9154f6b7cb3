"""`up` goes on only when /readyz answers 200."""

import signal
import socket
import sys
import time

import pytest

from herne_bildung.start import readiness
from herne_bildung.start.addresses import WebAddress
from herne_bildung.start.failure import StartError
from herne_bildung.start.processes import Register
from herne_bildung.start.supervisor import Program, Supervisor

# A web server that is ready some seconds after its first answer.
SERVER = """
import http.server, json, sys, time

begin = time.monotonic()

class Answers(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        known = self.headers["Host"] == sys.argv[3]
        late = time.monotonic() - begin < float(sys.argv[2])
        status = 404 if self.path != "/readyz" else 503 if late else 200
        self.send_response(status if known else 400)
        self.end_headers()
        self.wfile.write(json.dumps({"problems": {"broker": "away"}}).encode())

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answers).serve_forever()
"""


@pytest.fixture
def address():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return WebAddress("127.0.0.1", probe.getsockname()[1])


@pytest.fixture
def supervisor(tmp_path):
    supervisor = Supervisor(Register(tmp_path / "processes.json"), print)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def start(supervisor, address, tmp_path):
    """Starts a web server that is ready after so many seconds."""

    def start(seconds: float, code: str = SERVER, host: str = "localhost"):
        command = [sys.executable, "-c", code, str(address.port), str(seconds), host]
        log = tmp_path / "web.log"
        return supervisor.start(Program("web", command, log, signal.SIGKILL))

    return start


def test_waits_until_the_portal_is_ready(supervisor, start, address):
    begin = time.monotonic()

    readiness.wait_until_ready(supervisor, start(0.5), address)

    assert time.monotonic() - begin > 0.5
    assert readiness.what_is_missing(address) == ""


def test_says_what_is_missing_when_it_takes_too_long(supervisor, start, address):
    web = start(600)

    with pytest.raises(StartError) as failure:
        readiness.wait_until_ready(supervisor, web, address, patience=2)

    first, log = str(failure.value).split("\n", 1)
    assert first == (
        "Das Portal ist nach 2 s nicht bereit: /readyz antwortet mit 503 "
        f"(broker: away). Aus {web.startable.log}:"
    )
    assert '"GET /readyz HTTP/1.1" 503' in log


def test_says_at_once_that_the_web_server_died(supervisor, start, address):
    web = start(0, "raise SystemExit('Es fehlt etwas')")

    with pytest.raises(StartError) as failure:
        readiness.wait_until_ready(supervisor, web, address)

    assert str(failure.value) == (
        f"Der Webserver startet nicht. Aus {web.startable.log}:\n    Es fehlt etwas"
    )


def test_asks_by_a_name_the_portal_answers_to(supervisor, start, address, monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "lernen.example.org, localhost")

    readiness.wait_until_ready(
        supervisor, start(0, host="lernen.example.org"), address, patience=5
    )


@pytest.mark.parametrize(
    ("allowed", "name"),
    [("", "localhost"), ("*", "localhost"), (".example.org", "example.org")],
)
def test_own_name(allowed, name):
    assert readiness.own_name({"ALLOWED_HOSTS": allowed}) == name
