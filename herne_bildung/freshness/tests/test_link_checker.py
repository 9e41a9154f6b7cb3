"""What the link checker makes of answers; real servers on this machine."""

import socket
import time
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


def test_head_is_enough(server):
    server.answers["/kurs?ort=herne"] = FOUND

    outcome = checker(server=server).check(" http://seite.example/kurs?ort=herne#oben")

    assert outcome == WORKS
    assert server.requests == [("HEAD", "/kurs?ort=herne", "seite.example")]
    assert server.heads == [
        b"HEAD /kurs?ort=herne HTTP/1.1\r\nAccept-Encoding: identity\r\n"
        b"Host: seite.example\r\n"
        b"User-Agent: Lernen-in-Herne link check (+https://portal.example)\r\n"
        b"Accept: */*\r\nConnection: close\r\n\r\n"
    ]


def test_umlauts_in_address_are_asked_encoded(server):
    server.answers["/k%C3%B6rper"] = FOUND
    names = Names(**{"xn--kche-0ra_example": [[("127.0.0.1", server.port)]]})

    outcome = checker(names).check("http://küche.example/körper")

    assert outcome == WORKS
    assert server.requests == [("HEAD", "/k%C3%B6rper", "xn--kche-0ra.example")]


@pytest.mark.parametrize("refused", [400, 403, 404, 405, 500, 501])
def test_get_after_a_head_that_says_little(server, refused):
    server.answers["HEAD /"], server.answers["GET /"] = status(refused), FOUND

    assert checker(server=server).check("http://seite.example/") == WORKS
    assert [request[0] for request in server.requests] == ["HEAD", "GET"]


def test_get_after_a_server_hung_up_on_head(server):
    server.answers["HEAD /"], server.answers["GET /"] = b"", FOUND

    assert checker(server=server).check("http://seite.example") == WORKS


@pytest.mark.parametrize(
    ("number", "requests", "outcome"),
    [
        (404, 2, Outcome(State.BROKEN, "404")),
        (410, 2, Outcome(State.BROKEN, "410")),
        (401, 2, Outcome(State.UNCHECKED, "401")),
        (403, 2, Outcome(State.UNCHECKED, "403")),
        (500, 2, Outcome(State.UNCHECKED, "500")),
        (429, 1, Outcome(State.UNCHECKED, "429")),
        (503, 1, Outcome(State.UNCHECKED, "503")),
        (304, 1, Outcome(State.UNCHECKED, "304")),
        (302, 1, Outcome(State.UNCHECKED, "302")),
    ],
)
def test_only_what_is_surely_gone_is_broken(server, number, requests, outcome):
    server.answers["/"] = status(number)

    assert checker(server=server).check("http://seite.example/") == outcome
    assert len(server.requests) == requests


def test_name_that_does_not_exist_is_broken():
    outcome = checker(Names()).check("https://weg.example/")

    assert outcome == Outcome(State.BROKEN, Reason.NO_SUCH_NAME)


def test_resolver_without_answer_is_no_failure_of_the_link():
    def away(host, port):
        raise socket.gaierror(socket.EAI_AGAIN, "try again")

    outcome = checker(away).check("https://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.NO_ANSWER)


def test_nobody_listens():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]

    outcome = checker(Names(seite_example=[[("127.0.0.1", port)]])).check(
        "http://seite.example/"
    )

    assert outcome == Outcome(State.UNCHECKED, Reason.NO_ANSWER)


def test_second_address_is_tried_where_the_first_is_dead(server):
    server.answers["/"] = FOUND
    names = Names(seite_example=[[("127.0.0.1", 1), ("127.0.0.1", server.port)]])

    assert checker(names).check("http://seite.example/") == WORKS


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nX-Long: "]
)
def test_dripping_server_has_an_end(server, start):
    server.answers["/"] = server.drip(start)
    before = time.monotonic()

    outcome = checker(server=server, most_seconds=0.5).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.TOO_SLOW)
    assert 0.4 < time.monotonic() - before < 1.5


def test_silent_server_has_an_end(server):
    server.answers["/"] = lambda connection: time.sleep(1)
    before = time.monotonic()

    outcome = checker(server=server, patience=0.3).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.TOO_SLOW)
    assert time.monotonic() - before < 0.9


def test_huge_headers_are_not_read_to_the_end(server):
    server.answers["/"] = server.flood(b"HTTP/1.1 200 OK\r\nX-Long: ")

    outcome = checker(server=server).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.ODD_ANSWER)


def test_endless_interim_answers_have_an_end(server):
    server.answers["/"] = b"HTTP/1.1 100 Continue\r\n\r\n" * 20_000 + FOUND

    outcome = checker(server=server).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.ODD_ANSWER)


def test_huge_body_is_not_fetched(server):
    server.answers["HEAD /"] = status(405)
    server.answers["GET /"] = server.flood(b"HTTP/1.1 200 OK\r\n\r\n")

    assert checker(server=server).check("http://seite.example/") == WORKS
    # What the buffers of the machine took before the connection was closed.
    assert server.sent < 20_000_000


def test_answer_that_is_no_http(server):
    server.answers["/"] = b"220 mail.example ESMTP\r\n"

    outcome = checker(server=server).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.ODD_ANSWER)


def test_redirects_are_followed_and_resolved_anew(server):
    names = Names(
        alt_example=[[("127.0.0.1", server.port)]],
        neu_example=[[("127.0.0.1", server.port)]],
    )
    server.answers["/a"] = status(301, Location="b?x=1")
    server.answers["/b?x=1"] = status(308, Location="//neu.example/c d/ü")
    server.answers["/c%20d/%C3%BC"] = FOUND
    found = checker(names)

    # A space in a header is not ours to repair.
    assert found.check("http://alt.example/a") == NOT_PUBLIC

    server.answers["/b?x=1"] = status(308, Location="//neu.example/c%20d/ü")

    assert found.check("http://alt.example/a") == WORKS
    assert server.requests[-1] == ("HEAD", "/c%20d/%C3%BC", "neu.example")
    assert names.asked[-3:] == ["alt.example", "alt.example", "neu.example"]


def test_redirect_loop_has_an_end(server):
    server.answers["/"] = status(302, Location="/")

    outcome = checker(server=server).check("http://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.REDIRECTS)
    assert len(server.requests) == 6


@pytest.mark.parametrize("url", ["http://[::1", "http://a:99999/", "http://a:b/"])
def test_unreadable_address(url):
    outcome = LinkChecker(AGENT).check(url)

    assert outcome == Outcome(State.UNCHECKED, Reason.ODD_ANSWER)


def test_one_host_is_asked_with_pauses(server):
    names = Names(
        eins_example=[[("127.0.0.1", server.port)]],
        zwei_example=[[("127.0.0.1", server.port)]],
    )
    server.answers["/"] = FOUND
    found, before = checker(names, pause=0.3), time.monotonic()

    found.check("http://eins.example/")
    found.check("http://zwei.example/")
    quick = time.monotonic() - before
    found.check("http://eins.example/")

    assert quick < 0.25 < 0.3 <= time.monotonic() - before < 0.8


def test_server_without_encryption_behind_https(server):
    server.answers["/"] = FOUND

    outcome = checker(server=server).check("https://seite.example/")

    assert outcome == Outcome(State.UNCHECKED, Reason.ENCRYPTION)
