"""The link checker must not be a way to the inside of our network."""

import ssl
import subprocess
from collections.abc import Iterator

import pytest

from herne_bildung.freshness.link_checker import LinkChecker, Outcome, Reason, State
from herne_bildung.freshness.tests.web_server import (
    AGENT,
    FOUND,
    NOT_PUBLIC,
    WORKS,
    Names,
    WebServer,
    checker,
    running,
    status,
)


@pytest.fixture
def server() -> Iterator[WebServer]:
    with running("127.0.0.1") as found:
        yield found


@pytest.fixture
def inside() -> Iterator[WebServer]:
    """A server that must not be reached, on another address of this machine."""
    with running("127.0.0.2") as found:
        found.answers["/"] = FOUND
        yield found


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://0x7f000001/",
        "//localhost/",
        "http://2130706433/",
        "http://127.0.0.2:6379/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:70/",
        "ftp://seite.example/",
    ],
)
def test_redirect_to_the_inside_is_refused(server, location):
    """With the real rule and the real resolver from the redirect on."""
    real, first = LinkChecker(AGENT), [True]

    def names(host, port):
        if host == "seite.example":
            return [("127.0.0.1", server.port)]
        return real.resolve(host, port)

    def rule(address):
        return first.pop() if first else real.is_allowed(address)

    server.answers["/"] = status(302, Location=location)

    found = LinkChecker(AGENT, names, rule, pause=0)

    assert found.check("http://seite.example/") == NOT_PUBLIC
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0x7f000001/",
        "http://0177.0.0.1/",
        "http://017700000001/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://0/",
        "http://0.0.0.0/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:169.254.169.254]/",
        "http://[64:ff9b::a9fe:a9fe]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1%25lo]/",
        "http://[fe80::1%lo]/",
        "http://93.184.216.34:6379/",
        "http://93.184.216.34:22/",
        "http://user@93.184.216.34/",
        "http://user:pass@93.184.216.34/",
        "http://93.184.216.34@127.0.0.1/",
        "http://93.184.216.34\\@127.0.0.1/",
        "http://93.184.216.34%2f@127.0.0.1/",
        "http://127.0.0.1%23.example/",
        "http://127。0。0。1/",
        "http://①②⑦.0.0.1/",
        "http://exa\tmple.example/",
        "http://seite.example/\r\nHost: inside",
        "http:///nur/pfad",
        "https://",
        "ftp://93.184.216.34/",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "/nur/pfad",
        "",
    ],
)
def test_the_inside_cannot_be_asked(url):
    """As in operation: the real resolver, the real rule; nothing is connected."""
    assert LinkChecker(AGENT, pause=0).check(url) == NOT_PUBLIC


def test_one_internal_address_among_public_ones_is_enough_to_refuse(server):
    names = Names(seite_example=[[("127.0.0.1", server.port), ("127.0.0.2", 80)]])

    assert checker(names).check("http://seite.example/") == NOT_PUBLIC
    assert server.requests == []


def test_rebinding_name_does_not_lead_inside(server, inside):
    """The name points outside when it is looked at and inside right after."""
    server.answers["HEAD /"], server.answers["GET /"] = status(405), FOUND
    names = Names(
        seite_example=[[("127.0.0.1", server.port)], [("127.0.0.2", inside.port)]]
    )

    assert checker(names).check("http://seite.example/") == WORKS
    assert names.asked == ["seite.example"]
    assert (len(server.requests), inside.requests) == (2, [])


def test_rebinding_between_redirects_is_seen(server, inside):
    server.answers["/"] = status(302, Location="http://seite.example/weiter")
    names = Names(
        seite_example=[[("127.0.0.1", server.port)], [("127.0.0.2", inside.port)]]
    )

    assert checker(names).check("http://seite.example/") == NOT_PUBLIC
    assert inside.requests == []


def test_proxies_of_the_environment_are_not_used(server, inside, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.2:{inside.port}")
    server.answers["/"] = FOUND

    assert checker(server=server).check("http://seite.example/") == WORKS
    assert inside.requests == []


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> dict[str, str]:
    """A certificate for sicher.example, signed by itself."""
    folder = tmp_path_factory.mktemp("tls")
    files = {"keyfile": f"{folder}/key.pem", "certfile": f"{folder}/cert.pem"}
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-keyout", files["keyfile"], "-out", files["certfile"]]
    command += ["-subj", "/CN=sicher.example", "-days", "2"]
    command += ["-addext", "subjectAltName=DNS:sicher.example"]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("needs the program openssl to make a certificate")
    return files


def ssl_context(certificate: dict[str, str]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(**certificate)
    return context


def test_certificate_must_be_trusted_and_of_this_name(certificate):
    server_side = ssl_context(certificate)
    trusting = ssl.create_default_context(cafile=certificate["certfile"])
    with running("127.0.0.1", server_side) as server:
        server.answers["/"] = FOUND
        here = [[("127.0.0.1", server.port)]]
        names = Names(sicher_example=here, anders_example=here)

        outcomes = [
            checker(names, tls=trusting).check("https://sicher.example/"),
            checker(names, tls=trusting).check("https://anders.example/"),
            checker(names).check("https://sicher.example/"),
        ]

    assert outcomes == [
        WORKS,
        Outcome(State.UNCHECKED, Reason.ENCRYPTION),
        Outcome(State.UNCHECKED, Reason.ENCRYPTION),
    ]
    assert server.requests == [("HEAD", "/", "sicher.example")]
