from herne_bildung.lib.geo import Point
from herne_bildung.lib.map_canvas import Canvas, rings

CORNERS = [[7.0, 51.0], [8.0, 51.0], [8.0, 52.0], [7.0, 52.0], [7.0, 51.0]]
SQUARE = {"type": "Polygon", "coordinates": [CORNERS]}


def test_north_is_up_and_west_is_left():
    canvas = Canvas([SQUARE], 622)

    assert canvas.height == 1000
    assert canvas.place(Point(51.75, 7.5)) == (311, 250)
    assert canvas.path(SQUARE) == "M0 1000L622 1000L622 0L0 0L0 1000Z"


def test_rings_of_several_polygons_are_one_list():
    both = {"type": "MultiPolygon", "coordinates": [[CORNERS], [CORNERS]]}

    assert rings(both) == [CORNERS, CORNERS]
