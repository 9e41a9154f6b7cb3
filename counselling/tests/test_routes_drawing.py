"""The picture of a route: rows from the top down, nothing overlaps, mirrored."""

import re

import pytest

from counselling.routes.drawing import Drawing, Edge, Label, draw, width_of, wrapped
from counselling.routes.layers import rows_of, turned_round

LABELS = [Label(key, f"Station {key}") for key in "abcdef"]
# a leads to b, c, d; those to e; a straight to f, e to f.
EDGES = [
    *(Edge(0, to) for to in (1, 2, 3)),
    *(Edge(to, 4) for to in (1, 2, 3)),
    Edge(0, 5, is_conditional=True),
    Edge(4, 5),
]


def rows(drawing: Drawing) -> dict[str, int]:
    return {box.label.key: box.row for box in drawing.boxes}


def ends_of(path: str) -> tuple[float, float, float, float]:
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
    return (*numbers[:2], *numbers[-2:])


def test_every_station_stands_below_all_that_lead_to_it():
    assert rows(draw(LABELS, EDGES)) == {"a": 0, "b": 1, "c": 1, "d": 1, "e": 2, "f": 3}


def test_boxes_of_a_row_do_not_overlap_and_all_lie_inside():
    drawing = draw(LABELS, EDGES)

    for box in drawing.boxes:
        beside = [one for one in drawing.boxes if one.row == box.row and one.x > box.x]
        assert all(one.x >= box.x + box.width for one in beside)
        assert 0 <= box.x <= drawing.width - box.width
        assert 0 <= box.y <= drawing.height - box.height


def test_lines_lead_from_box_to_box():
    drawing = draw(LABELS, EDGES)
    boxes = {box.label.key: box for box in drawing.boxes}

    for line in drawing.lines:
        x, y, end_x, end_y = ends_of(line.path)
        start, end = boxes[line.start], boxes[line.end]
        assert start.x < x < start.x + start.width
        assert end.x < end_x < end.x + end.width
        assert y == start.y + start.height
        assert end.y - 10 < end_y <= end.y
    assert [
        (line.start, line.end) for line in drawing.lines if line.is_conditional
    ] == [("a", "f")]


def test_a_circle_is_drawn_with_one_line_upwards():
    drawing = draw(LABELS[:3], [Edge(0, 1), Edge(1, 2), Edge(2, 1)])

    up = [
        (line.start, line.end)
        for line in drawing.lines
        if ends_of(line.path)[3] < ends_of(line.path)[1]
    ]
    assert (rows(drawing), up) == ({"a": 0, "b": 1, "c": 2}, [("c", "b")])


def test_right_to_left_is_the_mirror():
    plain, mirrored = draw(LABELS, EDGES), draw(LABELS, EDGES, is_mirrored=True)

    assert [round(mirrored.width - box.x - box.width, 1) for box in mirrored.boxes] == [
        round(box.x, 1) for box in plain.boxes
    ]
    assert [box.y for box in mirrored.boxes] == [box.y for box in plain.boxes]


def test_nothing_is_drawn_of_nothing():
    drawing = draw([], [])

    assert (drawing.boxes, drawing.lines) == ([], [])


@pytest.mark.parametrize(
    "title",
    [
        "Gesamtschule",
        "Duale Ausbildung: Betrieb und Berufsschule",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "Real-Schule/Haupt-Schule",
        "المدرسة الابتدائية، الصف 4",
        "Підготовка до професійного навчання",
        "",
    ],
)
def test_titles_fit_their_box_and_nothing_is_lost(title):
    lines = wrapped(title, 120)

    assert all(width_of(line) <= 120 for line in lines)
    assert re.sub(r"[\s-]", "", "".join(lines)) == re.sub(r"[\s-]", "", title)


def test_rows_and_circles():
    edges = [(1, 2), (2, 3), (1, 3), (3, 1)]

    assert turned_round([1, 2, 3], edges) == {(3, 1)}
    assert rows_of([1, 2, 3], edges[:3]) == {1: 0, 2: 1, 3: 2}
