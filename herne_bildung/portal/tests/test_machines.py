"""Icon, robots, OpenSearch and the feed."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from lxml import etree
from PIL import Image

from herne_bildung.portal import feeds
from herne_bildung.portal.tests.factories import make_offering
from offerings.models import Offering

pytestmark = pytest.mark.django_db
STANDARD = Path(settings.BASE_DIR).parent / "shared" / "standards" / "sitemap-0.9"
ROOT = settings.PUBLIC_ADDRESS
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def document(client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def test_old_browsers_get_a_small_icon(client):
    response = client.get("/favicon.ico")

    kept = response.headers["Content-Type"], response.headers["Cache-Control"]
    assert kept == ("image/x-icon", "public, max-age=604800")
    with Image.open(BytesIO(response.content)) as icon:
        assert sorted(icon.info["sizes"]) == [(16, 16), (32, 32)]
        assert icon.convert("RGB").getpixel((2, 2)) == (10, 90, 95)


def test_robots_are_kept_from_administration_and_find_the_sitemap(client):
    response = client.get("/robots.txt")

    lines = response.text.splitlines()
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert lines[:2] == ["User-agent: *", "Disallow: /verwaltung/"]
    assert lines[-1] == f"Sitemap: {ROOT}/sitemap.xml"


def test_opensearch_leads_to_the_site_search(client):
    root = document(client, "/opensearch.xml")

    namespace = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    assert root.xpath("o:Url/@template", namespaces=namespace) == [
        f"{ROOT}/de/suche/?q={{searchTerms}}"
    ]
    assert len(root.xpath("string(o:ShortName)", namespaces=namespace)) <= 16


def test_feed_has_the_newest_real_offers(client):
    old = make_offering("Aus einem Bericht", as_of="2017", slug="bericht")
    make_offering("Beispiel", is_sample=True)
    make_offering("Entwurf", state=Offering.State.DRAFT)
    new = make_offering("Neu & gut", slug="neu", title_tr="Yeni", summary_de="Satz.")

    root = document(client, "/de/feed/")

    assert root.xpath("a:entry/a:title/text()", namespaces=ATOM) == [
        "Neu & gut",
        "Aus einem Bericht",
    ]
    assert root.xpath("a:entry/a:id/text()", namespaces=ATOM) == [
        f"{ROOT}/de/angebote/neu/",
        f"{ROOT}/de/angebote/bericht/",
    ]
    summaries = root.xpath("a:entry/a:summary/text()", namespaces=ATOM)
    assert (summaries[0], "2017" in summaries[1]) == ("Satz.", True)
    assert root.xpath("a:entry/a:updated/text()", namespaces=ATOM) == [
        offer.updated_at.isoformat() for offer in (new, old)
    ]
    assert document(client, "/tr/feed/").xpath(
        "a:entry/a:title/text()", namespaces=ATOM
    ) == ["Yeni", "Aus einem Bericht"]


def test_feed_is_short_names_no_ended_offers_and_the_latest_change(client, monkeypatch):
    monkeypatch.setattr(feeds, "ENTRIES", 2)
    for number in range(3):
        make_offering(slug=f"angebot-{number}")
    make_offering(slug="vorbei", ends_on="2020-01-01")
    for number, day in ((0, 9), (1, 3), (2, 2)):
        Offering.objects.filter(slug=f"angebot-{number}").update(
            updated_at=datetime(2100, 1, day, tzinfo=UTC)
        )

    root = document(client, "/de/feed/")

    assert root.xpath("a:entry/a:id/text()", namespaces=ATOM) == [
        f"{ROOT}/de/angebote/angebot-{number}/" for number in (2, 1)
    ]
    assert updated(root) == ["2100-01-03T00:00:00+00:00"]
    assert root.xpath("a:entry/a:updated/text()", namespaces=ATOM) == [
        "2100-01-02T00:00:00+00:00",
        "2100-01-03T00:00:00+00:00",
    ]


def test_feed_without_offers_says_that_it_never_changed(client):
    root = document(client, "/de/feed/")

    assert root.xpath("a:entry", namespaces=ATOM) == []
    assert updated(root) == ["2020-01-01T00:00:00+01:00"]


def updated(feed: etree._Element) -> list[str]:
    return feed.xpath("a:updated/text()", namespaces=ATOM)


def test_feed_has_what_atom_asks_for_and_the_same_etag_twice(client):
    first = client.get("/de/feed/")
    root = etree.fromstring(first.content)

    assert first["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    for name in ("id", "title", "updated", "author/a:name"):
        assert root.xpath(f"a:{name}/text()", namespaces=ATOM) != []
    assert root.xpath("a:link[@rel='self']/@href", namespaces=ATOM) == [
        f"{ROOT}/de/feed/"
    ]
    again = client.get("/de/feed/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_home_announces_the_feed(client):
    links = re.findall(
        r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"',
        client.get("/uk/").text,
    )

    assert links == ["/uk/feed/"]
