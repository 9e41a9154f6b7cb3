"""Words that name a district: found are offers there, too, and the page says so."""

from datetime import date

import pytest

from herne_bildung.city import reference
from herne_bildung.city.district_words import NamedDistricts, named_districts
from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.freshness.tests.factories import go_to
from offerings.tests.answers import find
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _districts():
    go_to(date(2026, 11, 22))
    reference.forget()
    wanne = make_district("Wanne", code="wanne")
    make_district("Wanne", code="wanne", level="ortsteil", parent=wanne)
    make_district("Unser Fritz/Crange", code="uf", level="ortsteil", parent=wanne)
    eickel = make_district("Eickel", code="eickel")
    make_district("Wanne-Süd", code="ws", level="ortsteil", parent=eickel)
    make_district("Sodingen", code="sodingen")


@pytest.fixture
def offers():
    here = {
        node.key: make_place(district_id=node.pk)
        for node in reference.districts().by_key.values()
    }
    make_offering("Schwimmkurs", places=[here["ortsteil-uf"]])
    make_offering("Schwimmkurs überall", is_citywide=True)
    make_offering("Schwimmkurs am See", places=[here["stadtbezirk-sodingen"]])
    make_offering("Schwimmkurs irgendwo")
    make_offering("Krabbelgruppe", places=[here["ortsteil-ws"]])


def found(query):
    """(titles that surely fit, titles that may fit, what the page says of it)"""
    result = find(f"sort=name&q={query}", "en")
    return (
        [card["title"]["text"] for card in result.sure],
        [card["title"]["text"] for card in result.maybe],
        result.remarks,
    )


@pytest.mark.parametrize(
    ("text", "keys", "rest"),
    [
        ("schwimmkurs wanne", ["stadtbezirk-wanne"], "schwimmkurs"),
        (
            "Kurs in der WANNE-EICKEL",
            ["stadtbezirk-wanne", "stadtbezirk-eickel"],
            "Kurs",
        ),
        ("wanne-sued Kurs", ["ortsteil-ws"], "Kurs"),
        ("Eltern-Kind-Gruppe Wanne Süd", ["ortsteil-ws"], "Eltern-Kind-Gruppe"),
        ("unser fritz", ["ortsteil-uf"], ""),
        ("kurs crange", ["ortsteil-uf"], "kurs"),
        ("kurs sodigen", ["stadtbezirk-sodingen"], "kurs"),
        (
            "kurs wanne-eikel",
            ["stadtbezirk-wanne", "stadtbezirk-eickel"],
            "kurs",
        ),
        ("orange kurs", [], ""),
        ("kurs herne", ["stadt-herne"], "kurs"),
        ("herne", [], ""),
        ("wannen kurs", [], ""),
        ("", [], ""),
    ],
)
def test_names_are_found_among_words(text, keys, rest):
    assert named_districts(text, reference.districts(), "de") == NamedDistricts(
        tuple(keys), rest
    )


def test_a_word_and_a_district_find_what_is_there(offers):
    assert found("schwimmkurs+wanne") == (
        ["Schwimmkurs", "Schwimmkurs überall"],
        ["Schwimmkurs irgendwo"],
        ["Angebote in Wanne werden auch angezeigt."],
    )
    assert found("krabelgruppe+in+wanne-eickel") == (
        ["Krabbelgruppe"],
        [],
        ["Angebote in Wanne, Eickel werden auch angezeigt."],
    )
    assert find("q=krabelgruppe+eickel").meant == "krabbelgruppe"
    reasons = find("q=schwimmkurs+wanne", "en").maybe[0]["may_fit_reasons"]
    assert reasons == ["place not known"]


def test_offers_with_the_words_themselves_come_first(offers):
    make_offering("Badefest Wanne")

    words = find("q=Wanne", "en")

    assert [card["title"]["text"] for card in words.sure] == [
        "Badefest Wanne",
        "Schwimmkurs",
        "Schwimmkurs überall",
    ]
    assert words.remarks == ["Angebote in Wanne werden auch angezeigt."]
    assert (words.maybe, words.meant) == ([], "")


def test_without_an_offer_there_nothing_is_said(offers):
    assert found("krabbelgruppe+sodingen") == ([], [], [])
    assert found("schwimmkurs") == (
        [
            "Schwimmkurs",
            "Schwimmkurs am See",
            "Schwimmkurs irgendwo",
            "Schwimmkurs überall",
        ],
        [],
        [],
    )


def test_the_page_says_it(client, offers):
    page = client.get("/de/angebote/?q=schwimmkurs+wanne").content.decode()

    assert page.count("kern-alert__body") == 1


@pytest.mark.parametrize(
    ("query", "questions"),
    [
        ("q=schwimmkurs+wanne", 3),
        ("q=krabelgruppe+wanne-eickel", 5),
        ("q=krabelgruppe+eickel&from=2026-12-01&to=2026-12-20", 6),
    ],
)
def test_the_page_asks_few_questions(
    client, django_assert_num_queries, offers, query, questions
):
    for day in (1, 2):
        place = make_place(district_id=reference.districts().by_key["ortsteil-ws"].pk)
        make_offering("Krabbelgruppe", places=[place], schedule={"weekdays": [day]})
    client.get("/de/angebote/")

    with django_assert_num_queries(questions):
        client.get(f"/de/angebote/?{query}")
