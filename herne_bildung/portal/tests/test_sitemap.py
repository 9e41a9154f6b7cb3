"""The sitemap: every public page in every language, real entries only."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from lxml import etree

from counselling.tests.factories import make_office
from goals.models import NewsItem
from goals.reports.tests.factories import make_draft, make_released
from goals.tests.factories import make_conference, make_goal, make_period
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_school
from herne_bildung.lib.languages import CODES
from herne_bildung.portal import sitemaps
from herne_bildung.portal.tests.factories import make_offering
from offerings.models import Offering
from offerings.tests.centres import make_centre

pytestmark = pytest.mark.django_db
STANDARD = Path(settings.BASE_DIR).parent / "shared" / "standards" / "sitemap-0.9"
ROOT = settings.PUBLIC_ADDRESS
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
PAGES = [
    "",
    "angebote/",
    "familie/",
    "familie/willkommensbesuch/",
    "familie/neu-in-herne/",
    "familienzentren/",
    "schulen/",
    "beratung/",
    "beratung/finden/",
    "wege/",
    "ziele/",
    "ziele/leitbild/",
    "ziele/stammbaum/",
    "ziele/vorlagen/",
    "ziele/konferenzen/",
    "ziele/berichte/",
    "ziele/neues/",
    "monitoring/",
    "monitoring/raum/",
    "monitoring/befragungen/",
    "monitoring/erkenntnisse/",
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

    # Open data have no language.
    assert len(addresses) == len(CODES) * (len(PAGES) + 3) + 1
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


def test_sitemap_names_conferences_released_reports_and_news_of_today(client):
    real, invented = make_period(2013), make_period(2033, is_sample=True)
    report = make_released(real)
    make_released(invented)
    make_draft(real)
    conference = make_conference(slug="konferenz")
    make_conference(slug="entwurf", state="draft")
    for slug, day in (("heute", "2026-01-01"), ("spaeter", "2100-01-01")):
        NewsItem.objects.create(
            slug=slug,
            title_de="Neues",
            summary_de="Etwas.",
            published_on=day,
            state="published",
        )

    found = german(document(client, "/sitemap.xml"))

    assert found == [
        *PAGES,
        "ziele/2013-2017/",
        f"ziele/konferenzen/{conference.slug}/",
        f"ziele/berichte/{report.slug}/",
        "ziele/neues/heute/",
    ]


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


def test_family_centre_stands_there_once_and_not_as_a_provider(client):
    make_centre("Eins")
    make_centre("Erfunden", organisation={"is_sample": True})
    make_centre("Versteckt", organisation={"status": "hidden"})
    make_centre("Verein", organisation={"kind": "other"})

    found = german(document(client, "/sitemap.xml"))

    assert [path for path in found if path not in PAGES] == [
        "anbieter/verein/",
        "familienzentren/eins/",
    ]


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
    [(2, []), (3, ["pages-1", "offers-1"]), (30, ["pages-1", "offers-1", "offers-2"])],
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

    with django_assert_num_queries(34):
        client.get("/sitemap.xml")
