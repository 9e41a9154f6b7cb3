"""Where the names of the quarters stand on the map: in their own quarter, as near to
its middle as markers and other names leave room, else nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor

from herne_bildung.city.models import District
from herne_bildung.lib.geo import Point, is_inside, middle
from herne_bildung.lib.map_canvas import Canvas, rings

# A marker from its middle to its edge, with the ring of a group, in units.
SPOT = 27
# A letter is so much broader than the size of the text, a name with the air around
# it so much higher, and its baseline so much below its middle.
LETTER, HIGH, BASE = 0.58, 1.5, 0.35
# Between two places where a name is tried.
STEP = 8
# So much of a name lies in its quarter: where there is room all of it.
AT_HOME = (1, 0.7)


@dataclass(frozen=True, slots=True)
class Spot:
    """The middle of a name's baseline, in units of the drawing."""

    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """What a name covers, from its middle."""

    x: float
    y: float
    half_width: float
    half_height: float

    def is_under(self, x: float, y: float) -> bool:
        """Whether a marker there would cover some of it."""
        across = max(abs(self.x - x) - self.half_width, 0)
        down = max(abs(self.y - y) - self.half_height, 0)
        return across**2 + down**2 < SPOT**2

    def meets(self, other: "Box") -> bool:
        return (
            abs(self.x - other.x) < self.half_width + other.half_width
            and abs(self.y - other.y) < self.half_height + other.half_height
        )


def name_spots(
    quarters: Iterable[District],
    canvas: Canvas,
    width: int,
    taken: Iterable[tuple[int, int]],
    size: int,
) -> dict[str, Spot]:
    """Where each quarter's name stands, by key, written in letters of this size on a
    canvas of this width; `taken` are the middles of markers. Names without room are
    left out.
    """
    taken = list(taken)
    placed: list[Box] = []
    found = {}
    for quarter in quarters:
        half = len(quarter.name) * size * LETTER / 2
        boxes = _boxes(quarter, canvas, width, half, size * HIGH / 2)
        beside = _beside(boxes, taken)
        free = [
            box
            for box in boxes
            if not any(box.is_under(*one) for one in beside)
            and not any(box.meets(other) for other in placed)
        ]
        box = next(
            (
                box
                for share in AT_HOME
                for box in free
                if _is_at_home(box, share, quarter, canvas)
            ),
            None,
        )
        if box:
            placed.append(box)
            found[quarter.key] = Spot(round(box.x), round(box.y + size * BASE))
    return found


def _boxes(
    quarter: District, canvas: Canvas, width: int, half: float, high: float
) -> list[Box]:
    """Where its name may stand on the canvas, half so broad and high, the nearest to
    the quarter's middle first, rather above or below it than beside it.
    """
    corners = [
        canvas.place(Point(y, x)) for r in rings(quarter.shape) for x, y, *_ in r
    ]
    west, east = (edge(x for x, _ in corners) for edge in (min, max))
    north, south = (edge(y for _, y in corners) for edge in (min, max))
    x, y = canvas.place(middle(quarter.shape))
    x = min(max(x, west, 0), east, width)
    y = min(max(y, north, 0), south, canvas.height)
    across = _steps(x, max(west, half), min(east, width - half))
    down = _steps(y, max(north, high), min(south, canvas.height - high))
    boxes = [Box(one, other, half, high) for one in across for other in down]
    return sorted(boxes, key=lambda box: 4 * (box.x - x) ** 2 + (box.y - y) ** 2)


def _beside(
    boxes: Sequence[Box], taken: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The markers that may cover one of these boxes: few of all."""
    if not boxes:
        return []
    across = max(box.half_width for box in boxes) + SPOT
    down = max(box.half_height for box in boxes) + SPOT
    west, east = (edge(box.x for box in boxes) for edge in (min, max))
    north, south = (edge(box.y for box in boxes) for edge in (min, max))
    return [
        (x, y)
        for x, y in taken
        if west - across < x < east + across and north - down < y < south + down
    ]


def _steps(start: float, least: float, most: float) -> list[float]:
    """`start` and what lies whole steps from it, between two edges."""
    first, last = ceil((least - start) / STEP), floor((most - start) / STEP)
    return [start + number * STEP for number in range(first, last + 1)]


def _is_at_home(box: Box, share: float, quarter: District, canvas: Canvas) -> bool:
    """Whether so much of a name's breadth lies in its own quarter."""
    return all(
        is_inside(
            canvas.point(box.x + side * share * box.half_width, box.y + edge),
            quarter.shape,
        )
        for side in (-1, 0, 1)
        for edge in (-box.half_height * share, box.half_height * share)
    )
