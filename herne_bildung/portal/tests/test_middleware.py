"""Public pages are kept whole, for everyone alike, and never longer than they hold."""

import gzip
import time

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from herne_bildung.lib import page_cache
from herne_bildung.portal.middleware import PageCacheMiddleware, takes_gzip
from herne_bildung.portal.tests.answers import Answers, get, kept_keys, public
from herne_bildung.portal.tests.factories import make_offering

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_nothing_kept"),
]
PAGE = "/de/angebote/"


def test_repeated_page_is_not_made_again(django_assert_num_queries, client):
    first = client.get(PAGE)

    with django_assert_num_queries(0):
        second = client.get(PAGE)

    assert (second.content, second["ETag"]) == (first.content, first["ETag"])
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert second["Content-Language"] == "de"


def test_reader_who_has_the_page_gets_304_without_body(client):
    etag = client.get(PAGE)["ETag"]

    answers = [
        client.get(PAGE, headers={"If-None-Match": given})
        for given in (etag, f'"other", {etag}', etag.removeprefix("W/"), "*")
    ]

    assert [(answer.status_code, answer.content) for answer in answers] == [
        (304, b"")
    ] * 4
    assert {answer["ETag"] for answer in answers} == {etag}
    assert all(answer["Cache-Control"].startswith("public") for answer in answers)


@pytest.mark.parametrize("given", ['"other"', 'W/"', "x", ""])
def test_reader_with_another_page_gets_this_one(client, given):
    assert client.get(PAGE, headers={"If-None-Match": given}).status_code == 200


def test_etag_comes_from_the_content(client):
    before = client.get(PAGE)["ETag"]
    page_cache.outdate()
    same = client.get(PAGE)["ETag"]

    make_offering("Neu")
    after = client.get(PAGE)

    assert same == before
    assert after["ETag"] != before
    assert "Neu" in after.text
    stale = client.get(PAGE, headers={"If-None-Match": before})
    assert stale.status_code == 200


def test_kept_page_is_outdated_at_once_by_a_save(client):
    offering = make_offering("Alter Titel")
    address = f"/de/angebote/{offering.slug}/"
    assert "Alter Titel" in client.get(address).text

    offering.title_de = "Neuer Titel"
    offering.save()

    assert "Neuer Titel" in client.get(address).text
    offering.delete()
    assert client.get(address).status_code == 404


def test_page_made_while_content_changed_is_not_kept():
    def changed_meanwhile(request):
        page_cache.outdate()
        return public("alt")

    PageCacheMiddleware(changed_meanwhile)(RequestFactory().get("/de/"))

    assert get(Answers(public("neu"))).text == "neu"


def test_head_is_answered_like_get_and_not_kept():
    site = Answers()
    middleware = PageCacheMiddleware(site)
    head = middleware(RequestFactory().head("/de/"))

    assert head["ETag"].startswith('W/"')
    assert kept_keys() == set()
    assert get(site).text == "Antwort 2"
    assert middleware(RequestFactory().head("/de/"))["ETag"] == get(site)["ETag"]
    assert site.asked == 2


@pytest.mark.parametrize(
    ("asked", "is_taken"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *", False),
        ("*;q=0, gzip", True),
        ("identity", False),
        ("", False),
        ("gzipped", False),
    ],
)
def test_gzip_only_for_those_who_take_it(asked, is_taken):
    answer = get(Answers(public("Text" * 100)), **{"Accept-Encoding": asked})

    body = gzip.decompress(answer.content) if is_taken else answer.content
    assert takes_gzip(asked) is is_taken
    assert answer.headers.get("Content-Encoding") == ("gzip" if is_taken else None)
    assert answer["Vary"] == "Accept-Encoding"
    assert answer["Content-Length"] == str(len(answer.content))
    assert body == b"Text" * 100


def test_pages_are_kept_five_minutes_at_most_and_shorter_where_they_say_so():
    ages = [
        get(Answers(public("x", seconds)), f"/{seconds}")["Cache-Control"]
        for seconds in (86400, 300, 7, 0)
    ]

    assert ages == [f"public, max-age={left}" for left in (300, 300, 7, 0)]
    lifetimes = {page_cache.client().ttl(key) for key in kept_keys()}
    assert all(0 < left <= 300 for left in lifetimes)
    assert len(lifetimes) >= 2


def test_kept_page_says_how_long_it_still_holds(monkeypatch):
    site = Answers()
    get(site)

    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 20)
    later = get(site)
    monkeypatch.setattr(time, "time", lambda: now + 61)
    outdated = get(site)

    assert (later.text, later["Cache-Control"]) == ("Antwort 1", "public, max-age=40")
    assert outdated.text == "Antwort 2"


@pytest.mark.parametrize(
    "response",
    [
        HttpResponse("x"),
        HttpResponse("x", headers={"Cache-Control": "no-store"}),
        HttpResponse("x", headers={"Cache-Control": "private, max-age=60"}),
        HttpResponse("x", status=404, headers={"Cache-Control": "public, max-age=60"}),
        HttpResponse("x", status=500, headers={"Cache-Control": "public, max-age=60"}),
        HttpResponse("", status=302, headers={"Cache-Control": "public, max-age=60"}),
        public("x", **{"Content-Type": "image/png"}),
        public("x", **{"Content-Type": "application/pdf"}),
        public("x" * 10, 0),
    ],
)
def test_other_answers_are_not_kept(response):
    site = Answers(response)

    for _ in range(2):
        get(site)

    assert (site.asked, kept_keys()) == (2, set())


def test_answer_with_a_cookie_is_not_kept():
    response = public("x")
    response.set_cookie("a", "b")
    site = Answers(response)

    for _ in range(2):
        get(site)

    assert site.asked == 2


def test_very_large_page_is_answered_and_not_kept(monkeypatch):
    monkeypatch.setattr(page_cache, "LARGEST_PAGE", 10)
    site = Answers()

    assert [get(site).text for _ in range(2)] == ["Antwort 1", "Antwort 2"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_only_reading_is_answered_from_the_cache(method):
    site = Answers()
    get(site)

    PageCacheMiddleware(site)(getattr(RequestFactory(), method)("/de/"))

    assert site.asked == 2


def test_foreign_host_is_refused(client):
    assert client.get("/de/", headers={"host": "example.org"}).status_code == 400


def test_unknown_language_is_not_found_and_says_so_in_german(client):
    response = client.get("/xx/angebote/")

    assert (response.status_code, response["Content-Language"]) == (404, "de")


def test_language_comes_from_the_address_alone():
    client = Client(headers={"Accept-Language": "tr"})
    client.cookies["django_language"] = "tr"

    assert '<html lang="uk"' in client.get("/uk/").text
    assert '<html lang="de"' in client.get("/de/").text


@pytest.mark.parametrize("status", [200, 404])
def test_head_has_the_headers_of_get_and_no_body(rf, status):
    page = HttpResponse("Grüße", status=status)
    middleware = PageCacheMiddleware(lambda request: page)

    response = middleware(rf.head("/de/suche/"))

    assert (response.status_code, response.content) == (status, b"")
    assert response.headers["Content-Length"] == "7"
