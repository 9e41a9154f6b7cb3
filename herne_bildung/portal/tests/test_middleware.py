"""Public pages are kept whole, for everyone alike, and never longer than they hold."""

import gzip
import re
import time

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from herne_bildung.lib import page_cache
from herne_bildung.portal.middleware import PageCacheMiddleware, takes_gzip
from herne_bildung.portal.tests.factories import make_offering

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/de/angebote/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    for key in page_cache.client().scan_iter("page:*"):
        page_cache.client().delete(key)


class Answers:
    """A site of one page that counts how often it is asked for."""

    def __init__(self, response: HttpResponse | None = None) -> None:
        self.asked = 0
        self.response = response

    def __call__(self, request) -> HttpResponse:
        self.asked += 1
        return self.response or public(f"Antwort {self.asked}")


def public(text: str, seconds: int = 60, **headers: str) -> HttpResponse:
    return HttpResponse(
        text, headers={"Cache-Control": f"public, max-age={seconds}", **headers}
    )


def get(site: Answers, path: str = "/de/", **headers: str) -> HttpResponse:
    return PageCacheMiddleware(site)(RequestFactory().get(path, headers=headers))


def kept_keys() -> set[bytes]:
    return {
        key
        for key in page_cache.client().scan_iter("page:*")
        if key.decode() != page_cache.VERSION_KEY
    }


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


def test_addresses_hosts_and_schemes_are_kept_apart():
    site = Answers()
    ask = PageCacheMiddleware(site)
    variants = [
        ("/de/?q=a", {}),
        ("/de/?q=b", {}),
        ("/de/", {}),
        ("/de/", {"headers": {"host": "localhost"}}),
        ("/de/", {"headers": {"host": "localhost:8000"}}),
        ("/de/", {"secure": True}),
    ]

    texts = [
        [ask(RequestFactory().get(path, **options)).text for path, options in variants]
        for _ in range(2)
    ]

    assert texts[0] == [f"Antwort {number}" for number in range(1, 7)]
    assert texts[1] == texts[0]


def test_foreign_host_is_refused(client):
    assert client.get("/de/", headers={"host": "example.org"}).status_code == 400


def test_two_addresses_of_one_slot_never_answer_for_each_other(monkeypatch):
    monkeypatch.setattr(page_cache, "SLOTS", 1)
    site = Answers()

    texts = [get(site, path).text for path in ("/de/a", "/de/b", "/de/b", "/de/a")]

    assert texts == ["Antwort 1", "Antwort 2", "Antwort 2", "Antwort 3"]
    assert len(kept_keys()) == 1


def test_number_of_keys_is_bounded_and_all_expire(monkeypatch):
    monkeypatch.setattr(page_cache, "SLOTS", 8)
    for number in range(50):
        get(Answers(), f"/de/?q={number}")

    keys = kept_keys()
    assert len(keys) <= 8
    assert all(page_cache.client().ttl(key) > 0 for key in keys)
    assert page_cache.client().ttl(page_cache.VERSION_KEY) > 0


def test_absurdly_long_address_is_answered_and_not_kept():
    site = Answers()

    for _ in range(2):
        get(site, "/de/?q=" + "a" * 3000)

    assert (site.asked, kept_keys()) == (2, set())


def test_emptied_cache_loses_nothing():
    site = Answers()
    get(site)

    for key in [*kept_keys(), page_cache.VERSION_KEY]:
        page_cache.client().delete(key)

    assert [get(site).text for _ in range(2)] == ["Antwort 2", "Antwort 2"]


def test_entry_of_another_release_is_ignored():
    get(Answers(public("x")))
    for key in kept_keys():
        page_cache.client().set(key, b"\x80something else", ex=60)

    assert get(Answers(public("neu"))).text == "neu"


def test_pages_work_without_redis_and_still_answer_304(client, no_redis):
    make_offering("Musik")

    first = client.get(PAGE, headers={"Accept-Encoding": "gzip"})
    again = client.get(PAGE, headers={"If-None-Match": first["ETag"]})

    assert "Musik" in gzip.decompress(first.content).decode()
    assert re.fullmatch(r"public, max-age=\d+", first["Cache-Control"])
    assert again.status_code == 304


def test_redis_that_is_away_is_not_asked_by_every_page(no_redis, caplog):
    site = Answers()

    texts = [get(site).text for _ in range(3)]

    assert texts == ["Antwort 1", "Antwort 2", "Antwort 3"]
    assert [record.message.split(":")[0] for record in caplog.records] == [
        "page cache not reachable"
    ]


def test_unknown_language_is_not_found_and_says_so_in_german(client):
    response = client.get("/xx/angebote/")

    assert (response.status_code, response["Content-Language"]) == (404, "de")


def test_language_comes_from_the_address_alone():
    client = Client(headers={"Accept-Language": "tr"})
    client.cookies["django_language"] = "tr"

    assert '<html lang="uk"' in client.get("/uk/").text
    assert '<html lang="de"' in client.get("/de/").text
