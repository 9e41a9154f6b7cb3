"""The pages about welcome visits and for people who are new in Herne."""

import json
from html import unescape

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.lib.languages import CODES
from offerings.family.arrival import CHILDREN, NEEDS, WAYS
from offerings.family.texts import DATA, texts
from offerings.family.welcome import OFFER_SLUG, welcome_page
from offerings.results import OFFICE_SLUG
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db
ARRIVAL = "/de/familie/neu-in-herne/"
# Only where a language needs none.
MAY_BE_EMPTY = {"letter_note", "unchecked"}


def texts_of(part, name=""):
    """(name, text by language) of everything in a file of texts."""
    if isinstance(part, list):
        for one in part:
            yield from texts_of(one, name)
    elif isinstance(part, dict) and "de" in part:
        yield name, part
    elif isinstance(part, dict):
        for key, one in part.items():
            yield from texts_of(one, key)


@pytest.mark.parametrize("page", ["welcome_visit", "new_in_herne"])
def test_every_text_is_there_in_every_language(page):
    whole = json.loads((DATA / f"{page}.json").read_text(encoding="utf-8"))
    missing = [
        (name, code)
        for name, found in texts_of(whole)
        for code in CODES
        if not found.get(code) and name not in MAY_BE_EMPTY
    ]

    assert missing == []
    assert texts(page, "tr")["title"] != texts(page, "de")["title"]


@pytest.fixture
def office():
    return Organisation.objects.create(
        slug=OFFICE_SLUG,
        name_de="Kommunales Bildungsbüro",
        email="buero@example.org",
        is_provider=True,
    )


def test_without_a_known_provider_the_education_office_is_asked(office):
    make_offering("Willkommensbesuche", slug=OFFER_SLUG)

    page = welcome_page("de")

    assert page.contact["name"] == "Kommunales Bildungsbüro"
    assert page.letter_url.startswith(
        "mailto:buero@example.org?subject=Willkommensbesuch&body=Guten%20Tag%2C"
    )
    assert page.offer_url == f"/de/angebote/{OFFER_SLUG}/"
    assert page.is_confirmed is False


def test_the_contact_of_the_offer_comes_before_the_office(office):
    provider = Organisation.objects.create(
        slug="fruehe-hilfen", name_de="Frühe Hilfen", phone="02323 0"
    )
    make_offering("Willkommensbesuche", slug=OFFER_SLUG, provider=provider)

    page = welcome_page("de")

    assert (page.contact["name"], page.contact["phone"]) == ("Frühe Hilfen", "02323 0")
    assert page.letter_url == ""


def test_a_hidden_offer_is_not_linked_and_nothing_known_is_no_fault(client):
    make_offering("Willkommensbesuche", slug=OFFER_SLUG, state="draft")

    page = welcome_page("de")
    text = client.get("/de/familie/willkommensbesuch/").content.decode()

    assert (page.offer_url, page.contact, page.letter_url) == ("", None, "")
    assert "Stand" in text or "as of" in text
    assert "Was wir nicht wissen" in text


def test_first_the_age_then_the_need_then_what_there_is(client):
    make_offering(
        "Deutsch", topics=[make_topic(key="deutsch-lernen")], languages=["tr"]
    )

    def choices(query):
        text = client.get(ARRIVAL + query).content.decode()
        _, _, found = text.partition('<ul class="finder__choices">')
        return found.partition("</ul>")[0].count("<li>")

    assert choices("") == len(CHILDREN)
    assert choices("?child=none") == len(NEEDS["none"]) + 1
    end = unescape(client.get(ARRIVAL + "?child=none&need=german").content.decode())
    assert choices("?child=none&need=german") == 0
    assert end.count("<article") == 1
    assert "/de/angebote/?topic=deutsch-lernen" in end
    assert "/de/beratung/?concern=deutsch-lernen" in end
    assert "/de/angebote/?language=tr" in end


def test_childcare_is_looked_for_at_the_age_of_the_child(client):
    topic = make_topic(family_need="childcare")
    make_offering("Für Kleine", topics=[topic], age_min_months=0, age_max_months=35)
    make_offering("Für Große", topics=[topic], age_min_months=36)

    text = client.get(ARRIVAL + "?child=baby&need=childcare").content.decode()

    assert "Für Kleine" in text
    assert "Für Große" not in text


def test_a_topic_that_staff_removed_leads_nowhere(client):
    make_offering("Etwas anderes")

    text = client.get(ARRIVAL + "?child=none&need=degree").content.decode()

    assert text.count("<article") == 0
    assert "topic=anerkennung" not in text


@pytest.mark.parametrize("query", ["?child=x", "?child=baby&need=school", "?need=meet"])
def test_answers_we_do_not_know_are_asked_again(client, query):
    response = client.get(ARRIVAL + query)

    assert response.status_code == 200
    assert texts("new_in_herne", "de")["strange"] in response.content.decode()


def test_every_need_has_its_way_and_its_words():
    words = texts("new_in_herne", "de")

    assert {need for needs in NEEDS.values() for need in needs} == set(WAYS)
    assert set(words["needs"]) == {*WAYS, "all"}
    assert list(words["children"]) == list(CHILDREN)


@pytest.mark.parametrize("number", [1, 3])
def test_arrival_asks_three_questions(client, django_assert_num_queries, number):
    topic = make_topic(key="ankommen")
    for _ in range(number):
        make_offering(topics=[topic])
    client.get(ARRIVAL + "?child=none&need=help")

    with django_assert_num_queries(3):
        text = client.get(ARRIVAL + "?child=none&need=all").content.decode()

    assert text.count("<article") == number


@pytest.mark.parametrize("number", [1, 3])
def test_welcome_visit_asks_three_questions(
    client, office, django_assert_num_queries, number
):
    for _ in range(number):
        make_offering()
    make_offering("Willkommensbesuche", slug=OFFER_SLUG)

    with django_assert_num_queries(3):
        client.get("/en/familie/willkommensbesuch/")
