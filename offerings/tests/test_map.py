"""The result as a map."""

import pytest
from django.http import QueryDict

from herne_bildung.city.tests.factories import make_district, make_place, square
from offerings.map import Canvas, district_map
from offerings.results import results
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def test_areas_have_the_numbers_of_the_list():
    borough = make_district("Wanne", code="wanne")
    quarter = make_district(
        "Süd", code="sued", level="ortsteil", parent=borough, shape=square(7.1, 51.5)
    )
    make_district(
        "Nord", code="nord", level="ortsteil", parent=borough, shape=square(7.1, 51.52)
    )
    make_offering("Hier", places=[make_place(district=quarter)])
    make_offering("Überall", is_citywide=True)
    make_offering("Wo?")

    drawn = district_map(results(QueryDict(""), "/de/angebote/karte/", "de"))

    assert {area.name: (area.count, area.maybe) for area in drawn.areas} == {
        "Süd": (2, 1),
        "Nord": (1, 1),
    }
    assert drawn.has_placeholders is True
    assert [area.url for area in drawn.areas if area.name == "Süd"] == [
        "/de/angebote/?district=ortsteil-sued"
    ]


def test_north_is_up_and_west_is_left():
    canvas = Canvas([square(7.0, 51.0, 1.0)])

    assert canvas.path(square(7.0, 51.0, 1.0)) == (
        f"M0 {canvas.height}L800 {canvas.height}L800 0L0 0L0 {canvas.height}Z"
    )


def test_without_shapes_the_page_says_so(client):
    make_district("Wanne")

    text = client.get("/en/angebote/karte/").content.decode()

    assert "There are no shapes of the quarters yet." in text
