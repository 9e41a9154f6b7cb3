"""The result as a map: what is drawn, and that the list beside it is the same."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from herne_bildung.city.tests.factories import make_district, make_place, square
from herne_bildung.lib import page_cache
from offerings.map.page import MapPage, map_page
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
PATH = "/en/angebote/karte/"


def page(query: str = "", language: str = "en") -> MapPage:
    with translation.override(language):
        return map_page(QueryDict(query), PATH, language)


def listed(found: MapPage) -> dict[str, list[str]]:
    return {
        section.heading: [card["title"]["text"] for card in section.cards]
        for section in found.sections
    }


def names(found: MapPage) -> list[str]:
    return [marker["name"] for marker in found.map.markers]


@pytest.fixture
def city():
    """Two quarters of a twentieth of a degree beside each other."""
    borough = make_district("Wanne", code="wanne")
    return [
        make_district(
            name,
            code=code,
            level="ortsteil",
            parent=borough,
            shape=square(west, 51.5, 0.05),
        )
        for name, code, west in (("West", "west", 7.1), ("Ost", "ost", 7.15))
    ]


def place_at(latitude: float, longitude: float, name: str = "", **values):
    return make_place(name, latitude=latitude, longitude=longitude, **values)


def test_areas_have_the_numbers_of_the_list(city):
    make_offering("Here", places=[make_place(district=city[0])])
    make_offering("Everywhere", is_citywide=True)
    make_offering("Where?")

    drawn = page().map

    assert {area.name: (area.count, area.maybe) for area in drawn.areas} == {
        "West": (2, 1),
        "Ost": (1, 1),
    }
    assert drawn.has_placeholders is True
    assert [area.url for area in drawn.areas if area.name == "West"] == [
        "/en/angebote/?district=ortsteil-west"
    ]


def test_everything_found_is_on_the_map_or_listed_apart(city):
    library = place_at(51.505, 7.105, "Library")
    make_offering("Reading", places=[library])
    make_offering("Music", places=[library, make_place("Unknown place")])
    make_offering("Online", format="online")
    make_offering("Everywhere", is_citywide=True)
    make_offering("Where?")
    make_offering("Far away", places=[place_at(52.5, 13.4)])

    found = page()

    assert names(found) == ["2 offers: Library"]
    assert listed(found) == {
        "On the map": ["Music", "Reading"],
        "For all of Herne, online or at home": ["Everywhere", "Online"],
        "Without a place on this map": ["Far away", "Where?"],
    }
    assert found.results.total == 6


def test_names_stand_where_no_marker_covers_them(city):
    # One in the middle of the east; a quarter with a name that has no room beside it.
    make_offering("Middle", places=[place_at(51.525, 7.175)])
    city[0].name = "A name that is far too long for any room in its own quarter"
    city[0].save()

    found = page("part=51.5,7.1,51.55,7.2").map
    (marker,) = found.markers
    west, east = (
        {one.name: one for one in found.areas}[n] for n in (city[0].name, "Ost")
    )

    assert west.spots == {}
    assert set(east.spots) == {"broad", "phone"}
    for spot in east.spots.values():
        assert (spot.x, abs(spot.y - marker["y"]) > 30) == (marker["x"], True)


def test_places_close_together_are_one_marker_that_leads_to_a_larger_map(city):
    # 280 m apart on a map of 7 km; the third far to the east.
    spots = [(51.52, 7.12), (51.52, 7.124), (51.52, 7.16)]
    first, second, third = (
        place_at(*spot, name)
        for spot, name in zip(spots, ("School", "", "Hall"), strict=True)
    )
    make_offering("One", places=[first])
    make_offering("Two", places=[first, second])
    make_offering("Three", places=[third])

    whole = page()
    group, single = whole.map.markers
    larger = page(group["url"].partition("?")[2].partition("#")[0])

    assert names(whole) == [
        f"Show larger: 2 offers: School, {second.street}",
        "1 offer: Hall",
    ]
    assert group["url"].endswith("#map")
    assert single["url"] == f"{PATH}?place={third.pk}#results-start"
    assert names(larger) == ["2 offers: School", f"1 offer: {second.street}"]
    assert listed(larger) == {"On the map": ["One", "Two"]}
    assert [chip["label"] for chip in larger.results.chips] == ["Part of the map"]
    assert larger.map.whole_url == PATH
    # From the larger map a place leads to its offers, and the map stays as it is.
    assert larger.map.markers[1]["url"] == (
        f"{PATH}?{group['url'].partition('?')[2].partition('#')[0]}"
        f"&place={second.pk}#results-start"
    )


def test_places_at_one_spot_are_listed_together(city):
    spot = (51.505, 7.105)
    places = [place_at(*spot, "A"), place_at(*spot, "B")]
    for number, place in enumerate(places):
        make_offering(f"Course {number}", places=[place])

    (marker,) = page().map.markers
    found = page(marker["url"].partition("?")[2].partition("#")[0])

    assert marker["name"] == "2 offers: A, B"
    assert marker["url"] == (
        f"{PATH}?place={places[0].pk}&place={places[1].pk}#results-start"
    )
    assert listed(found) == {"On the map": ["Course 0", "Course 1"]}
    assert [chip["label"] for chip in found.results.chips] == ["Place: A", "Place: B"]


def test_a_chosen_district_is_drawn_larger(city):
    make_offering("Here", places=[place_at(51.525, 7.175, district=city[1])])

    whole, quarter = page().map, page("district=ortsteil-ost").map

    assert whole.markers[0]["x"] == 450
    assert quarter.markers[0]["x"] == 300


def test_many_places_make_few_markers(city):
    for row in range(6):
        for column in range(10):
            place = place_at(51.51 + row * 0.003, 7.11 + column * 0.004)
            make_offering(places=[place])

    found = page().map.markers

    assert sum(marker["number"] for marker in found) == 60
    assert len(found) < 25
    apart = {
        (one["x"] - other["x"]) ** 2 + (one["y"] - other["y"]) ** 2 >= 54**2
        for one in found
        for other in found
        if one is not other
    }
    assert apart == {True}


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("part=1,2,3", "We do not know this part of the map."),
        ("part=51.6,7.1,51.5,7.2", "We do not know this part of the map."),
        ("place=0", "We do not know this choice: 0"),
        ("near=x", "We cannot read this position. Please choose a district instead."),
    ],
)
def test_bad_values_are_said_and_the_rest_works(city, query, error):
    make_offering("Here", places=[place_at(51.505, 7.115)])

    found = page(query)

    assert found.results.all_errors == [error]
    assert listed(found) == {"On the map": ["Here"]}


def test_the_position_and_the_radius_are_drawn(city):
    found = page("near=51.525,7.15&within=1").map

    assert (found.here.x, found.here.y) == (300, 180)
    assert 165 < found.here.radius < 180


def test_pages_follow_each_other_through_the_parts(city):
    spot = place_at(51.505, 7.105)
    for number in range(15):
        make_offering(f"At a place {number:02}", places=[spot])
        make_offering(f"Online {number:02}", format="online")

    pages = [listed(page(f"page={number}")) for number in (1, 2)]

    on_map = [f"At a place {number:02}" for number in range(15)]
    online = [f"Online {number:02}" for number in range(15)]
    apart = "For all of Herne, online or at home"
    assert pages == [{"On the map": on_map, apart: online[:5]}, {apart: online[5:]}]


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, city, number):
    for _ in range(number):
        make_offering(places=[place_at(51.505, 7.105)])
    client.get(PATH)
    page_cache.outdate()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(PATH)

    assert len(queries) == 3


def test_without_shapes_the_page_says_so(client):
    make_district("Wanne")
    make_offering("Here", places=[place_at(51.505, 7.105)])

    text = client.get(PATH).content.decode()

    assert "There are no shapes of the quarters yet." in text
    assert "Without a place on this map (1)" in text
