import pytest

from herne_bildung.lib.geo import Point, distance, is_inside, middle

SQUARE = {
    "type": "Polygon",
    "coordinates": [
        [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]],
        [[1, 1], [2, 1], [2, 2], [1, 2], [1, 1]],
    ],
}


def test_distance_between_two_schools_in_metres():
    kolibri, galileo = Point(51.5280695, 7.2236424), Point(51.5425236, 7.2230218)

    assert distance(kolibri, galileo) == pytest.approx(1610, abs=5)


def test_is_inside_leaves_out_holes_and_the_outside():
    assert is_inside(Point(3, 3), SQUARE) is True
    assert is_inside(Point(1.5, 1.5), SQUARE) is False
    assert is_inside(Point(5, 5), SQUARE) is False
    assert is_inside(Point(3, 3), None) is False


def test_is_inside_knows_several_polygons():
    shape = {"type": "MultiPolygon", "coordinates": [SQUARE["coordinates"]]}

    assert is_inside(Point(3, 3), shape) is True


def test_middle_is_the_centroid_also_of_a_line_without_area():
    assert middle(SQUARE) == Point(2, 2)
    flat = {"type": "Polygon", "coordinates": [[[1, 1], [2, 2], [1, 1]]]}
    assert middle(flat) == Point(1, 1)
