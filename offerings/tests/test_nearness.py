"""A position in the address: what lies near it, nearest first, distances in words."""

import pytest
from django.http import QueryDict
from django.utils import translation

from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.lib.geo import Point
from offerings.nearness import Origin, distance_in_words
from offerings.results import Results, results
from offerings.tests.factories import make_offering

HERE = "51.538,7.219"
# A hundredth of a degree to the north is 1.11 km.
HUNDREDTH = 0.01


def find(query: str, language: str = "en") -> Results:
    with translation.override(language):
        return results(QueryDict(query), f"/{language}/angebote/", language)


def titles(cards: list) -> list[str]:
    return [card["title"]["text"] for card in cards]


@pytest.fixture
def content(db):
    north = {
        number: make_place(latitude=51.538 + number * HUNDREDTH, longitude=7.219)
        for number in (0, 1, 4)
    }
    make_offering("Far", places=[north[4]])
    make_offering("Both", places=[north[4], north[1]])
    make_offering("Here", places=[north[0]])
    make_offering("Somewhere", places=[make_place(latitude=None, longitude=None)])
    make_offering("Unknown")
    make_offering("Online", format="online")


def test_nearest_come_first(content):
    found = find(f"near={HERE}")

    assert titles(found.sure) == [
        "Here",
        "Both",
        "Far",
        "Online",
        "Somewhere",
        "Unknown",
    ]
    assert [card["distance"] for card in found.sure] == [
        "about 100 m, as the crow flies",
        "about 1.1 km, as the crow flies",
        "about 4.5 km, as the crow flies",
        "",
        "",
        "",
    ]


def test_a_radius_keeps_what_is_near_and_says_what_may_be(content):
    found = find(f"near={HERE}&within=2")

    assert titles(found.sure) == ["Here", "Both", "Online"]
    assert titles(found.maybe) == ["Somewhere", "Unknown"]
    assert [card["may_fit_reasons"] for card in found.maybe] == [
        ["place not known"],
        ["place not known"],
    ]
    assert [chip["label"] for chip in found.chips] == [
        "Near the position 51.538, 7.219",
        "Within 2 km",
    ]
    # A radius goes with the position it is around.
    assert [chip["url"] for chip in found.chips] == [
        "/en/angebote/",
        "/en/angebote/?near=51.538%2C7.219",
    ]


def test_addresses_have_three_decimals_at_most(content):
    found = find("near=51.53761234,%207.2190001&within=1")

    assert found.near["value"] == HERE
    assert found.map_link == "/de/angebote/karte/?near=51.538%2C7.219&within=1"
    assert found.link_without_position == "/en/angebote/"


@pytest.mark.parametrize(
    ("query", "errors"),
    [
        (
            "near=52.52,13.4&within=2",
            {
                "near": [
                    "This position is too far from Herne. Please choose a district."
                ]
            },
        ),
        (
            "near=here",
            {
                "near": [
                    "We cannot read this position. Please choose a district instead."
                ]
            },
        ),
        ("within=2", {"within": ["A distance needs a position to measure from."]}),
        (
            f"near={HERE}&within=3",
            {"within": ["We do not know this choice: 3"]},
        ),
    ],
)
def test_bad_values_are_said_and_the_rest_works(content, query, errors):
    found = find(f"{query}&format=online")

    assert found.errors == errors
    assert titles(found.sure) == ["Online"]


def test_distance_from_the_middle_of_a_district(content):
    district = make_district("Wanne", latitude=51.538, longitude=7.219)
    place = make_place(district=district, latitude=51.548, longitude=7.219)
    make_offering("There", places=[place])

    by_distance = find(f"district={district.key}&sort=distance").sure
    by_name = find(f"district={district.key}&sort=name").sure

    assert [(card["title"]["text"], card["distance"]) for card in by_distance] == [
        ("There", "about 1.1 km from the middle of Wanne, as the crow flies"),
        ("Online", ""),
    ]
    assert [card["distance"] for card in by_name] == ["", ""]


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (3, "about 100 m, as the crow flies"),
        (949, "about 900 m, as the crow flies"),
        (951, "about 1.0 km, as the crow flies"),
        (12_340, "about 12.3 km, as the crow flies"),
    ],
)
def test_distance_in_words(metres, words):
    with translation.override("en"):
        assert distance_in_words(metres, Origin(Point(51.5, 7.2)), "en") == words


def test_no_cache_of_ours_keeps_a_page_with_a_position(client, content):
    kept = client.get("/de/angebote/").headers["Cache-Control"]
    own = client.get(f"/de/angebote/?near={HERE}").headers["Cache-Control"]

    assert (kept.split(",")[0], own.split(",")[0]) == ("public", "private")
