"""Where kept pages lie: bounded, apart from each other, and no loss when gone."""

import gzip
import re

import pytest
from django.test import RequestFactory

from herne_bildung.lib import page_cache
from herne_bildung.portal.middleware import PageCacheMiddleware
from herne_bildung.portal.tests.answers import Answers, get, kept_keys, public
from herne_bildung.portal.tests.factories import make_offering

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_nothing_kept"),
]
PAGE = "/de/angebote/"


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


def kept_page(body: bytes = b"x", expires_at: float = 100.0) -> page_cache.KeptPage:
    _, version = page_cache.look_up("here", 0)
    headers = (("Content-Type", "text/html"), ("Vary", "Accept-Encoding"))
    return page_cache.KeptPage("here", version, expires_at, '"etag"', headers, body)


def test_page_comes_back_whole_until_the_second_it_expires():
    page = kept_page(body=b"\x1f\x8b\n\x00\n")

    page_cache.keep(page, 60)

    answers = [page_cache.look_up("here", now)[0] for now in (0, 99.9, 100.0)]
    assert answers == [page, page, None]


@pytest.mark.parametrize(
    ("size", "seconds", "is_kept"),
    [
        (page_cache.LARGEST_PAGE, 1, True),
        (page_cache.LARGEST_PAGE + 1, 1, False),
        (1, 0, False),
    ],
)
def test_very_large_pages_and_those_without_time_are_not_kept(
    caplog, size, seconds, is_kept
):
    page_cache.keep(kept_page(b"x" * size), seconds)

    assert (page_cache.look_up("here", 0)[0] is not None, caplog.messages) == (
        is_kept,
        [],
    )


def test_processes_that_miss_the_version_at_once_agree_on_one():
    page_cache.client().delete(page_cache.VERSION_KEY)

    versions = [page_cache._new_version(only_if_missing=True) for _ in range(2)]

    assert versions[0] == versions[1]
    assert page_cache.look_up("here", 0)[1] == versions[0].decode()
