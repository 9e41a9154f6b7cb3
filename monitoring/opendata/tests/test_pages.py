"""The pages of open data, and links to them."""

import re

import pytest
from django.test import Client

from herne_bildung.tests.document import parse
from monitoring.tests.examples import make_whole_indicator
from monitoring.tests.factories import make_indicator, make_release, make_theme

pytestmark = pytest.mark.django_db


def links(answer, part: str) -> list[str]:
    found = parse(answer.content.decode()).links
    return [link for link in found if part in link]


def test_page_names_all_data_sets_by_theme_with_their_files(client):
    for slug, theme, licence in (
        ("eins", "arbeit", "dl-de/by-2-0"),
        ("zwei", "bildung", ""),
    ):
        values = {"slug": slug, "theme": make_theme(theme), "licence": licence}
        make_release(make_indicator(slug.title(), **values))
    make_release(make_indicator(slug="beispiel", is_sample=True))

    answer = client.get("/daten/")

    assert links(answer, "/daten/") == [
        "/daten/katalog.ttl",
        "/daten/katalog.jsonld",
        "/daten/eins/",
        "/daten/eins/werte.csv",
        "/daten/eins/datapackage.json",
        "/daten/zwei/",
        "/daten/zwei/werte.csv",
        "/daten/zwei/datapackage.json",
        "/daten/",
    ]
    assert (answer["Content-Language"], answer["Cache-Control"]) == (
        "de",
        "public, max-age=300",
    )
    assert not answer.cookies
    document = parse(answer.content.decode())
    assert (document.lang, document.dir, document.skipped_levels) == ("de", "ltr", [])


def test_page_without_data_says_so(client):
    answer = client.get("/daten/")

    assert answer.status_code == 200
    assert links(answer, "/daten/") == [
        "/daten/katalog.ttl",
        "/daten/katalog.jsonld",
        "/daten/",
    ]


def test_data_set_names_files_of_all_releases_but_withdrawn_ones(client):
    make_whole_indicator(slug="ganz")

    answer = client.get("/daten/ganz/")

    assert links(answer, "/daten/ganz/") == [
        "/daten/ganz/werte.csv",
        "/daten/ganz/datapackage.json",
        "/daten/ganz/3/werte.csv",
        "/daten/ganz/3/datapackage.json",
        "/daten/ganz/2/werte.csv",
        "/daten/ganz/2/datapackage.json",
    ]
    assert "Die Quelle hat sich geirrt." in answer.content.decode()


def test_indicator_page_names_its_files_unless_it_is_a_sample(client):
    make_whole_indicator(slug="ganz")
    make_release(make_indicator(slug="beispiel", is_sample=True))

    def files(path: str) -> list[str]:
        return [
            link
            for link in re.findall('href="([^"]+)"', client.get(path).content.decode())
            if link.startswith("/daten/") and link != "/daten/"
        ]

    assert {
        path: files(f"/de/monitoring/{path}")
        for path in ("ganz/", "ganz/fassung/2/", "ganz/fassung/1/", "beispiel/")
    } == {
        "ganz/": [
            "/daten/ganz/werte.csv",
            "/daten/ganz/werte.csv",
            "/daten/ganz/datapackage.json",
            "/daten/ganz/",
        ],
        "ganz/fassung/2/": [
            "/daten/ganz/2/werte.csv",
            "/daten/ganz/2/werte.csv",
            "/daten/ganz/2/datapackage.json",
            "/daten/ganz/",
        ],
        "ganz/fassung/1/": [],
        "beispiel/": [],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_page_needs_as_many_queries_for_many_sets(django_assert_num_queries, number):
    for _ in range(number):
        make_release(make_indicator())

    with django_assert_num_queries(4):
        Client().get("/daten/")
