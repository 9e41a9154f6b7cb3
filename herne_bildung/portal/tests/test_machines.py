"""Sitemap, robots, OpenSearch and the feed."""

import re
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from lxml import etree
from PIL import Image

from counselling.tests.factories import make_office
from goals.tests.factories import make_goal, make_period
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_school
from herne_bildung.lib.languages import CODES
from herne_bildung.portal import feeds, sitemaps
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
PAGES = [
    "",
    "angebote/",
    "familie/",
    "schulen/",
    "beratung/",
    "beratung/finden/",
    "wege/",
    "ziele/",
    "ziele/leitbild/",
    "ziele/stammbaum/",
    "ziele/vorlagen/",
    "ziele/netzwerk/",
    "ziele/netzwerk/verzeichnis/",
    "ueber/",
    "barrierefreiheit/",
    "datenschutz/",
    "impressum/",
]


def document(client, address: str) -> etree._Element:
    response = client.get(address)
    assert response.status_code == 200
    return etree.fromstring(response.content)


def german(root: etree._Element) -> list[str]:
    """Paths of the German pages of a sitemap, without the language."""
    begin = f"{ROOT}/de/"
    locations = root.xpath("//s:loc/text()", namespaces=SITEMAP)
    return [place.removeprefix(begin) for place in locations if place.startswith(begin)]


def test_sitemap_names_all_real_entries_and_nothing_else(client):
    make_offering(slug="echt", provider=make_organisation(slug="traeger"))
    make_offering(slug="beispiel", is_sample=True)
    make_offering(slug="entwurf", state=Offering.State.DRAFT)
    make_offering(slug="vorbei", visible_until="2020-01-01")
    make_organisation(slug="beispieltraeger", is_sample=True)
    make_organisation(slug="war-einmal", status=Organisation.Status.HISTORIC)
    make_school(slug="schule")
    make_school(slug="verschwunden", vanished_on="2025-08-01")

    found = german(document(client, "/sitemap.xml"))

    assert found == [
        *PAGES,
        "angebote/echt/",
        "anbieter/traeger/",
        "schulen/schule/",
    ]


def test_sitemap_addresses_answer(client):
    make_offering(provider=make_organisation())
    make_school()

    addresses = document(client, "/sitemap.xml").xpath(
        "//s:loc/text()", namespaces=SITEMAP
    )

    assert len(addresses) == len(CODES) * (len(PAGES) + 3)
    assert {
        address: client.get(urlsplit(address).path).status_code for address in addresses
    } == dict.fromkeys(addresses, 200)


def test_sitemap_names_goals_below_their_periods(client):
    goal = make_goal(slug="ziel", period=make_period(2013))
    make_goal(slug="entwurf", period=goal.period, state="draft")
    make_goal(slug="verborgen", period=make_period(2018, state="internal"))

    found = german(document(client, "/sitemap.xml"))

    assert found == [*PAGES, "ziele/2013-2017/", "ziele/2013-2017/ziel/"]
    assert client.get("/de/ziele/2013-2017/ziel/").status_code == 200


def test_sitemap_names_every_language_of_a_page_and_its_last_change(client):
    offering = make_offering(slug="musik")
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    Offering.objects.filter(pk=offering.pk).update(updated_at=moment)

    root = document(client, "/sitemap.xml")

    entry = root.xpath(
        f"//s:url[s:loc='{ROOT}/ar/angebote/musik/']", namespaces=SITEMAP
    )[0]
    alternates = {
        link.get("hreflang"): link.get("href")
        for link in entry.xpath("x:link[@rel='alternate']", namespaces=SITEMAP)
    }
    assert alternates == {
        **{code: f"{ROOT}/{code}/angebote/musik/" for code in CODES},
        "x-default": f"{ROOT}/de/angebote/musik/",
    }
    assert entry.xpath("s:lastmod/text()", namespaces=SITEMAP) == [
        "2026-03-01T12:00:00+00:00"
    ]


@pytest.mark.skipif(not STANDARD.exists(), reason="the sitemap schema is not here")
def test_sitemap_follows_the_standard(client):
    make_offering()
    schema = etree.XMLSchema(etree.parse(STANDARD / "sitemap.xsd"))
    root = document(client, "/sitemap.xml")
    for link in root.xpath("//x:link", namespaces=SITEMAP):
        link.getparent().remove(link)

    schema.assertValid(root)


def test_large_sitemap_becomes_an_index_of_files(client, monkeypatch):
    monkeypatch.setattr(sitemaps, "ENTRIES_IN_A_FILE", 2)
    for number in range(3):
        make_offering(slug=f"angebot-{number}")

    files = document(client, "/sitemap.xml").xpath("//s:loc/text()", namespaces=SITEMAP)

    assert files == [
        f"{ROOT}/sitemap/{name}.xml" for name in ("pages-1", "offers-1", "offers-2")
    ]
    assert [german(document(client, urlsplit(file).path)) for file in files] == [
        PAGES,
        ["angebote/angebot-0/", "angebote/angebot-1/"],
        ["angebote/angebot-2/"],
    ]


@pytest.mark.parametrize(
    ("offers", "files"),
    [(2, []), (3, ["pages-1", "offers-1"]), (20, ["pages-1", "offers-1", "offers-2"])],
)
def test_sitemap_is_one_file_while_all_fits(client, monkeypatch, offers, files):
    monkeypatch.setattr(sitemaps, "ENTRIES_IN_A_FILE", len(PAGES) + 2)
    for _ in range(offers):
        make_offering()

    root = document(client, "/sitemap.xml")

    assert root.xpath("s:sitemap/s:loc/text()", namespaces=SITEMAP) == [
        f"{ROOT}/sitemap/{name}.xml" for name in files
    ]
    assert len(german(root)) == (0 if files else len(PAGES) + offers)


@pytest.mark.parametrize(
    "name", ["offers-3", "offers-0", "pages-2", "nothing-1", "offers-" + "9" * 30]
)
def test_unknown_file_of_the_sitemap_is_not_found(client, name):
    assert client.get(f"/sitemap/{name}.xml").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering(provider=make_organisation())
        make_school()
        make_office()
        make_goal()

    with django_assert_num_queries(18):
        client.get("/sitemap.xml")


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
