"""What lies on the map of an indicator, and what only around it."""

import xml.etree.ElementTree as ElementTree

import pytest
from lxml import html

from herne_bildung.city.models import District
from monitoring.choices import Level
from monitoring.drawing.around import cut, frame_of
from monitoring.drawing.svg import NAMESPACE
from monitoring.drawing.tests.examples import make_district_release, square
from monitoring.models import Area
from monitoring.tests.factories import (
    make_area,
    make_indicator,
    make_observation,
    make_release,
)

TAG = f"{{{NAMESPACE}}}"
SOURCE = {"source_title": "Landkarte", "licence": "frei"}


def make_neighbour(name: str, west: float, **values) -> Area:
    values = {"shape": square(west), "is_neighbour": True} | SOURCE | values
    return make_area(name, **values)


@pytest.fixture
def herne(db) -> Area:
    """The city with its shape."""
    city = District.objects.create(
        level=District.Level.CITY,
        code="herne",
        name="Herne",
        shape=square(7.2),
        shape_quality=District.ShapeQuality.OFFICIAL,
    )
    return make_area("Herne", key="herne", level=Level.CITY, district=city)


def drawn(client, slug: str) -> ElementTree.Element:
    answer = client.get(f"/en/monitoring/{slug}/fassung/1/karte.svg")
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.content)


def titles(picture: ElementTree.Element) -> list[str]:
    paths = picture.findall(f".//{TAG}path/{TAG}title")
    return [one.text.replace("\xa0", " ") for one in paths]


def test_herne_and_neighbours_with_values_are_coloured_others_are_outlines(
    client, herne
):
    release = make_release(make_indicator(slug="weit", levels=[Level.COUNTY]))
    make_neighbour("Herten", 7.3, level=Level.MUNICIPALITY)
    for area, value in ((herne, 5), (make_neighbour("Bochum", 7.1), 9)):
        make_observation(release, area, "2022", value)

    picture = drawn(client, "weit")

    assert titles(picture) == ["Herne: 5.0%", "Bochum: 9.0%"]
    said = "Neighbours, outlines without values: Herten"
    words = [one.text for one in picture.iter(f"{TAG}text")]
    assert words.count(said) == 1
    assert picture.find(f"{TAG}desc").text.endswith(f"{said}.")
    assert "Landkarte, frei" in words


def test_districts_have_the_outlines_of_all_neighbours_around_them(client, db):
    make_district_release()
    make_neighbour("Bochum", 7.0)
    make_neighbour("Anderswo", 9.0)

    picture = drawn(client, "kinder")

    assert [one.partition(":")[0] for one in titles(picture)] == [
        "Wanne",
        "Eickel",
        "Herne-Mitte",
        "Sodingen",
    ]
    assert "outlines without values: Bochum" in picture.find(f"{TAG}desc").text


def test_the_table_of_the_map_has_no_outlines(client, herne):
    release = make_release(make_indicator(slug="tafel", levels=[Level.COUNTY]))
    make_neighbour("Herten", 7.3, level=Level.MUNICIPALITY)
    for area, value in ((herne, 5), (make_neighbour("Bochum", 7.1), 9)):
        make_observation(release, area, "2022", value)

    page = html.fromstring(client.get("/en/monitoring/tafel/").content)

    rows = page.xpath("//figure[@id='karte']//tbody/tr")
    assert [[cell.text_content().strip() for cell in row] for row in rows] == [
        ["Herne", "5.0%"],
        ["Bochum", "9.0%"],
    ]


def test_outlines_are_cut_at_the_frame():
    frame = frame_of([square(7.1)], margin=0.5)

    assert frame == pytest.approx([7.05, 51.45, 7.25, 51.65])
    [[ring]] = cut(square(7.2), frame)["coordinates"]
    assert sorted({(round(x, 2), round(y, 2)) for x, y in ring}) == [
        (7.2, 51.5),
        (7.2, 51.6),
        (7.25, 51.5),
        (7.25, 51.6),
    ]
    assert cut(square(8), frame) is None
