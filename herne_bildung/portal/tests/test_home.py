import re
from datetime import datetime

import pytest

from herne_bildung.lib.clock import BERLIN
from herne_bildung.portal.tests.factories import make_offering
from offerings.models import Offering, Topic

pytestmark = pytest.mark.django_db


def titles(content: bytes) -> list[str]:
    return re.findall(r"<h3[^>]*><a[^>]*>(.*?)</a></h3>", content.decode())


def entered(offering: Offering, day: int) -> None:
    moment = datetime(2026, 3, day, 12, tzinfo=BERLIN)
    Offering.objects.filter(pk=offering.pk).update(created_at=moment)


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("", "de"),
        ("tr,de;q=0.5", "tr"),
        ("fr, ar-EG;q=0.8, en;q=0.7", "ar"),
        ("xx", "de"),
    ],
)
def test_root_leads_to_the_language_of_the_browser(client, asked, language):
    response = client.get("/", headers={"Accept-Language": asked})

    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302,
        f"/{language}/",
        "no-store",
    )


def test_doors_lead_to_offers_advice_and_family(client):
    doors = re.findall(r'class="door[^"]*" href="([^"]+)"', client.get("/tr/").text)

    assert doors == ["/tr/angebote/", "/tr/beratung/", "/tr/familie/"]


def test_topics_of_the_first_level_are_listed(client):
    first = Topic.objects.create(key="sprachen", name_de="Sprachen")
    Topic.objects.create(key="deutsch", name_de="Deutsch lernen", parent=first)

    links = re.findall(
        r'<a href="(/de/angebote/\?topic=\w+)">(.*?)</a>', client.get("/de/").text
    )

    assert links == [("/de/angebote/?topic=sprachen", "Sprachen")]


def test_new_offers_stand_newest_first_and_documents_say_their_year(client):
    entered(make_offering("Älter"), 1)
    entered(make_offering("Aus einem Bericht", as_of="2017"), 2)
    entered(make_offering("Aus einem späteren Bericht", as_of="2020-07-24"), 2)
    entered(make_offering("Von heute"), 2)

    response = client.get("/de/")

    assert titles(response.content) == [
        "Von heute",
        "Aus einem späteren Bericht",
        "Aus einem Bericht",
        "Älter",
    ]
    assert re.findall(r"\b(20\d\d), ", response.text.split("<h3")[2]) == ["2020"]
    assert re.findall(r"\b(20\d\d), ", response.text.split("<h3")[3]) == ["2017"]


def test_samples_drafts_and_hidden_offers_are_not_new(client):
    make_offering("Gezeigt")
    make_offering("Beispiel", is_sample=True)
    make_offering("Entwurf", state=Offering.State.DRAFT)
    make_offering("Vorbei", visible_until="2020-01-01")

    response = client.get("/de/")

    assert titles(response.content) == ["Gezeigt"]
    assert Offering.objects.count() == 4


def test_home_without_any_offer_says_nothing_of_new_ones(client):
    response = client.get("/de/")

    assert (response.status_code, titles(response.content)) == (200, [])
    assert 'id="new-title"' not in response.text


def test_a_german_text_on_a_page_in_another_language_says_so(client):
    make_offering("Deutschkurs")

    assert '<h3 lang="de" dir="ltr">' in client.get("/ar/").text
    assert client.get("/ar/").text.count('class="fallback-note"') == 1
    assert client.get("/de/").text.count('class="fallback-note"') == 0


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_does_not_grow(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering()
    client.get("/de/?warm")

    with django_assert_num_queries(3):
        client.get("/de/")
