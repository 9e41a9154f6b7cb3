"""The feed of new offers of a search."""

from xml.etree import ElementTree

import pytest
from django.conf import settings

from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
ROOT = settings.PUBLIC_ADDRESS


@pytest.fixture
def sewing():
    return make_topic("Nähen", key="naehen", name_tr="Dikiş")


def feed(client, address: str) -> ElementTree.Element:
    response = client.get(address)
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ElementTree.fromstring(response.content)


def texts(root: ElementTree.Element, path: str) -> list[str]:
    return [found.text for found in root.findall(path, ATOM)]


def test_a_feed_has_the_offers_of_its_filters_newest_first(client, sewing):
    make_offering("Erst", slug="erst", topics=[sewing])
    make_offering("Anderes", topics=[make_topic()])
    make_offering("Beispiel", topics=[sewing], is_sample=True)
    make_offering("Vorbei", topics=[sewing], ends_on="2020-01-01")
    make_offering("Dann", slug="dann", topics=[sewing], title_tr="Sonra")
    make_offering("Vielleicht", slug="vielleicht")

    root = feed(client, "/tr/feed/?topic=naehen&sort=name&page=7")

    assert texts(root, "a:entry/a:title") == ["Vielleicht", "Sonra", "Erst"]
    assert ": " in texts(root, "a:entry/a:summary")[0]
    assert texts(root, "a:entry/a:summary")[1:] == ["Kurz gesagt."] * 2
    assert "Dikiş" in root.findtext("a:title", namespaces=ATOM)
    links = [link.attrib for link in root.findall("a:link", ATOM)]
    assert [(link["rel"], link["href"]) for link in links] == [
        ("alternate", f"{ROOT}/tr/angebote/?topic=naehen"),
        ("self", f"{ROOT}/tr/feed/?topic=naehen"),
    ]


def test_each_feed_is_a_whole_one_of_its_own(client, sewing):
    make_offering(topics=[sewing])
    roots = [feed(client, f"/de/feed/{query}") for query in ("", "?topic=naehen")]

    assert len({root.findtext("a:id", namespaces=ATOM) for root in roots}) == 2
    for root in roots:
        for part in (root, *root.findall("a:entry", ATOM)):
            for name in ("id", "title", "updated"):
                assert part.findtext(f"a:{name}", namespaces=ATOM)
        assert root.findtext("a:author/a:name", namespaces=ATOM)


def test_a_feed_of_what_we_do_not_know_is_refused_in_words(client, sewing):
    refused = client.get("/de/feed/?topic=unbekannt&cost=free")

    assert (refused.status_code, refused.content.decode()) == (
        400,
        "topic: Diese Auswahl kennen wir nicht: unbekannt\n",
    )


def test_the_list_names_the_feed_of_its_filters(client, sewing):
    page = client.get("/de/angebote/?topic=naehen&page=1").content.decode()

    assert (
        '<link rel="alternate" type="application/atom+xml" '
        'title="Neue Angebote: Thema: Nähen" href="/de/feed/?topic=naehen">' in page
    )


def test_queries_of_a_feed(client, sewing, django_assert_num_queries):
    for _ in range(3):
        make_offering(topics=[sewing])
    client.get("/de/feed/?topic=naehen")

    with django_assert_num_queries(2):
        client.get("/de/feed/?topic=naehen&sort=name")
