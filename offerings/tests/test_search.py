"""Finding offers by words."""

import re
from datetime import date, timedelta
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils.translation import override

from herne_bildung.city.search import write_words
from herne_bildung.city.tests.factories import (
    make_organisation,
    make_place,
)
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from offerings.results import results
from offerings.seed import known_words
from offerings.tests.factories import make_offering, make_topic

pytestmark = pytest.mark.django_db


def find(query="", language="de"):
    with override(language):
        return results(QueryDict(query), f"/{language}/angebote/", language)


def titles(cards):
    return [card["title"]["text"] for card in cards]


def found(query=""):
    """(titles that surely fit, titles that may fit)"""
    result = find(query)
    return titles(result.sure), titles(result.maybe)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("Schwimmen Zebra", ["Schwimmen"]),
        ("Zebra krabelgruppe Xylofon", ["krabelgruppe"]),
        ("asdf qwer", []),
        ("!!! +++", []),
    ],
)
def test_words_without_result_lead_to_those_that_find_something(typed, offered):
    make_offering("Schwimmen")
    make_offering("Krabbelgruppe")

    ways = find(urlencode({"q": typed})).ways_on

    assert [way["url"] for way in ways] == [
        *(f"/de/angebote/?q={word}" for word in offered),
        "/de/angebote/",
        "/de/familie/",
    ]


def test_search_finds_compounds_umlauts_typos_and_providers():
    make_offering("Schwimmkurs für Mädchen", is_free=True)
    provider = make_organisation("Volkshochschule Beispielstadt")
    make_offering("Nähtreff", provider=provider)
    make_offering("Krabbelgruppe")
    make_offering("Eltern-Kind-Gruppe")

    assert found("q=kurs")[0] == ["Schwimmkurs für Mädchen"]
    assert found("q=maedchen")[0] == ["Schwimmkurs für Mädchen"]
    assert found("q=Volkshochschule")[0] == ["Nähtreff"]
    assert found("q=krabelgruppe")[0] == ["Krabbelgruppe", "Eltern-Kind-Gruppe"]
    assert find("q=krabelgruppe").meant == "krabbelgruppe"
    assert find("q=krabbelgruppe").meant == ""
    assert found("q=asdf+qwer") == ([], [])


@pytest.mark.parametrize(
    ("typed", "meant", "marked"),
    [
        ("krabelgruppe", "krabbelgruppe", "Krabbelgruppe"),
        ("krabbelgruppe", "", "Krabbelgruppe"),
        ("schwimen", "schwimmen", "Schwimmen"),
        ("mädchn", "mädchen", "Mädchen"),
    ],
)
def test_what_was_meant_is_named_and_marked(typed, meant, marked):
    for title in ("Krabbelgruppe", "Schwimmen", "Mädchen"):
        make_offering(title)

    result = find(f"q={typed}")

    segments = result.sure[0]["title"]["segments"]
    assert (result.meant, segments) == (meant, [{"text": marked, "hit": True}])


@pytest.mark.parametrize(
    ("typed", "language", "title"),
    [
        ("gratis", "de", "Nähtreff"),
        ("ücretsiz", "tr", "Nähtreff"),
        ("free", "en", "Nähtreff"),
        ("online", "de", "Elternabend"),
        ("онлайн", "uk", "Elternabend"),
        ("نساء", "ar", "Lesekreis"),
        ("kadınlar için", "tr", "Lesekreis"),
    ],
)
def test_search_finds_by_what_is_known_of_an_offer(typed, language, title):
    make_offering("Nähtreff", is_free=True, format="on_site")
    make_offering("Elternabend", is_free=False, format="online")
    make_offering("Lesekreis", is_free=None, target_groups=["women"])

    assert titles(find(f"q={typed}", language).sure) == [title]


def test_weekdays_languages_and_accessibility_are_found_after_titles():
    accessible, other = make_place(is_accessible=True), make_place()
    saturdays = {"weekdays": [5]}
    ended = {"weekdays": [6], "until": date(2026, 1, 11)}
    make_offering(
        "Treff", places=[accessible, other], languages=["uk"], schedule=saturdays
    )
    make_offering("Tanz", is_accessible=True, languages=["de", "tr", "gsg"])
    make_offering("Reise", is_accessible=False, places=[accessible], schedule=ended)
    make_offering("Samstag im Museum", languages=["de-simple"])
    expected = {
        ("samstag", "de"): ["Samstag im Museum", "Treff"],
        ("cumartesi", "tr"): ["Treff"],
        ("sonntag", "de"): [],
        ("ukrainisch", "de"): ["Treff"],
        ("türkisch", "de"): ["Tanz"],
        ("турецька", "uk"): ["Tanz"],
        ("gebärdensprache", "de"): ["Tanz"],
        ("deutsch", "de"): [],
        ("rollstuhl", "de"): ["Treff", "Tanz"],
        ("barrierefrei", "de"): ["Treff", "Tanz"],
        ("wheelchair", "en"): ["Treff", "Tanz"],
        ("engel", "de"): [],
        ("asdf", "de"): [],
    }

    found = {
        (typed, language): titles(find(f"q={typed}", language).sure)
        for typed, language in expected
    }

    assert found == expected


def test_free_time_is_not_free_of_charge():
    make_offering("Kostenlose Beratung")
    make_offering("Jugendtreff", summary_en="Spend your free time with others")
    make_offering("Musik", summary_en="A free course")

    assert sorted(found("q=kostenlos")[0]) == ["Kostenlose Beratung", "Musik"]
    assert titles(find("q=free+time", "en").sure) == ["Jugendtreff"]


def test_mistyped_words_of_the_synonyms_are_understood():
    write_words(known_words())
    make_offering("Beratung für Familien", topics=[make_topic("Erziehungsberatung")])

    assert found("q=erzihungsberatung")[0] == ["Beratung für Familien"]


def test_search_marks_the_words_and_finds_by_translated_topics():
    topic = make_topic("Krabbelgruppen", name_tr="Emekleme grupları")
    make_offering("Treff am Morgen", topics=[topic])

    result = find("q=Emekleme", language="tr")

    assert titles(result.sure) == ["Treff am Morgen"]
    marked = find("q=morgen").sure[0]["title"]["segments"]
    assert [piece["text"] for piece in marked if piece["hit"]] == ["Morgen"]


@pytest.mark.parametrize("number", [1, 3])
def test_list_page_asks_three_questions(client, django_assert_num_queries, number):
    for _ in range(number):
        make_offering("Krabbelgruppe", topics=[make_topic()])
    client.get("/de/angebote/?q=krabbelgruppe")

    with django_assert_num_queries(3):
        response = client.get("/de/angebote/?q=krabbelgruppe&sort=name&page=1&x=2")

    page = response.content.decode()
    assert len(re.findall(r'class="kern-card offer-card"', page)) == number


def test_list_page_without_result_asks_five_questions(
    client, django_assert_num_queries
):
    make_offering("Schwimmen")
    make_organisation(
        "Kommunales Bildungsbüro", slug="kommunales-bildungsbuero", is_provider=False
    )
    client.get("/de/angebote/?q=zebra")

    with django_assert_num_queries(5):
        page = client.get("/de/angebote/?q=asdf+qwer").content.decode()

    assert "Nichts gefunden" in page
    assert 'href="/de/anbieter/kommunales-bildungsbuero/">Kommunales Bil' in page


@pytest.mark.parametrize(("typed", "boxes"), [("schwimmen", 1), ("asdf", 0)])
def test_only_what_was_found_can_be_sorted(client, typed, boxes):
    make_offering("Schwimmen")

    page = client.get(f"/de/angebote/?q={typed}").content.decode()

    assert (page.count('id="sorting"'), page.count('id="sort"')) == (1, boxes)


def test_cards_tell_only_what_is_overdue():
    for title in ("Aktuell", "Bald", "Lange her"):
        make_offering(title)
    sync_all("offering")
    due = {"Bald": 13, "Lange her": 14}
    for title, days in due.items():
        MaintainedEntry.objects.filter(title=title).update(
            due_on=clock.today() - timedelta(days=days)
        )

    found = {card["title"]["text"]: card["overdue"] for card in find("", "en").sure}

    assert found == {
        "Aktuell": "",
        "Bald": "",
        "Lange her": "Not confirmed lately, please ask",
    }
