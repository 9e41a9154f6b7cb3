"""A graph as a picture: rows of boxes from the top down, lines between them.

Pixels, one to one, so that texts keep their size; narrow screens scroll in a frame.
Where one reads right to left all of it is mirrored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import ceil

from counselling.routes.layers import (
    EDGE,
    Slot,
    rows_of,
    settle,
    slots_of,
    turned_round,
)

LINE_HEIGHT = 18
PADDING = 10
# Boxes are as wide as the longest word, within limits: what is longer is parted.
LEAST_WIDTH, MOST_WIDTH = 140, 200
# Room between rows of boxes.
BELOW = 46
ARROW = 5
# Average widths of letters at the size of css/route-map.css.
WIDE, NORMAL, NARROW = 9.6, 7.7, 4.4
NARROW_LETTERS = frozenset("iljtfrI.,:;'()!| -")
WIDE_LETTERS = frozenset("mwжшщюыфм")


@dataclass(frozen=True, slots=True)
class Label:
    """What a box says: its kind in one or two words, its title."""

    key: str
    title: str
    kind: str = ""
    kind_word: str = ""
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Edge:
    """A line between boxes, by their places; dashed where it has a condition."""

    start: int
    end: int
    is_conditional: bool = False
    is_open: bool = False


@dataclass(slots=True)
class Box:
    label: Label
    row: int
    width: int
    x: float = 0
    y: float = 0
    height: int = 0
    lines: list[str] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def kind_y(self) -> float:
        return self.y + PADDING + 12

    @property
    def texts(self) -> list[tuple[float, str]]:
        """Lines of the title, each with the height it stands at."""
        first = self.kind_y + LINE_HEIGHT
        return [(first + at * LINE_HEIGHT, text) for at, text in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Line:
    start: str
    end: str
    path: str
    arrow: str
    is_conditional: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    boxes: list[Box]
    lines: list[Line]


def draw(
    labels: Sequence[Label], edges: Iterable[Edge], *, is_mirrored: bool = False
) -> Drawing:
    """The picture of a graph; edges name places in `labels`."""
    edges = list(edges)
    places = range(len(labels))
    back = turned_round(places, [(edge.start, edge.end) for edge in edges])
    down = [
        (edge.end, edge.start)
        if (edge.start, edge.end) in back
        else (edge.start, edge.end)
        for edge in edges
    ]
    rows = rows_of(places, down)
    box_width = _box_width(labels)
    boxes = [Box(label, rows[place], box_width) for place, label in enumerate(labels)]
    slots, chains = slots_of(rows, down, box_width)
    settle(slots)
    _place(boxes, slots)
    width = max((slot.x + slot.width for row in slots for slot in row), default=0)
    width = int(width + EDGE)
    lines = _lines(boxes, chains, edges, back)
    if is_mirrored:
        for box in boxes:
            box.x = width - box.x - box_width
        for row in slots:
            for slot in row:
                slot.x = width - slot.x - slot.width
        lines = _lines(boxes, chains, edges, back)
    height = int(max((box.y + box.height for box in boxes), default=0) + EDGE)
    return Drawing(width, height, boxes, lines)


def wrapped(title: str, width: float) -> list[str]:
    """A title in lines that fit a box; what is too long for one is parted."""
    lines = [""]
    for word in title.replace("-", "-\u200b").replace("/", "/\u200b").split():
        for number, part in enumerate(word.split("\u200b")):
            space = " " if lines[-1] and not number else ""
            if lines[-1] and width_of(lines[-1] + space + part) > width:
                lines.append("")
                space = ""
            lines[-1] += space + part
            while width_of(lines[-1]) > width:
                fits = max(
                    end
                    for end in range(1, len(lines[-1]))
                    if width_of(lines[-1][:end]) <= width - NARROW
                )
                lines[-1:] = [f"{lines[-1][:fits]}-", lines[-1][fits:]]
    return lines


def _box_width(labels: Iterable[Label]) -> int:
    words = [word for label in labels for word in _parts(label.title)]
    longest = max(map(width_of, words), default=0)
    return ceil(min(MOST_WIDTH, max(LEAST_WIDTH, longest + 2 * PADDING)))


def _parts(title: str) -> list[str]:
    """The pieces of a title that no line parts without need."""
    return title.replace("-", "- ").replace("/", "/ ").split()


def width_of(text: str) -> float:
    """About how wide a text is, in pixels."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    return WIDE if letter.isupper() or letter in WIDE_LETTERS else NORMAL


def _place(boxes: list[Box], slots: list[list[Slot]]) -> None:
    top = EDGE
    for row in slots:
        highest = 0
        for slot in row:
            if slot.box is not None:
                box = boxes[slot.box]
                box.x, box.y = round(slot.x, 1), top
                box.lines = wrapped(box.label.title, box.width - 2 * PADDING)
                text_lines = len(box.lines) + 1
                box.height = 2 * PADDING + text_lines * LINE_HEIGHT
                highest = max(highest, box.height)
        for slot in row:
            if slot.box is not None:
                boxes[slot.box].height = highest
        top += highest + BELOW


def _lines(
    boxes: list[Box],
    chains: list[list[Slot]],
    edges: list[Edge],
    back: set[tuple[int, int]],
) -> list[Line]:
    leaving = _ports(chains, 0)
    coming = _ports(chains, -1)
    tops = {box.row: box.y for box in boxes}
    bottoms = {box.row: box.y + box.height for box in boxes}
    lines = []
    for number, (chain, edge) in enumerate(zip(chains, edges, strict=True)):
        is_back = (edge.start, edge.end) in back
        arrow_room = 0 if is_back else ARROW
        points = [(leaving[number], bottoms[chain[0].row] + (ARROW * is_back))]
        for slot in chain[1:-1]:
            points += [
                (slot.middle, tops[slot.row]),
                (slot.middle, bottoms[slot.row]),
            ]
        points.append((coming[number], tops[chain[-1].row] - arrow_room))
        if is_back:
            points.reverse()
        lines.append(
            Line(
                boxes[edge.start].label.key,
                boxes[edge.end].label.key,
                _path(points),
                _arrow(points[-1], -1 if is_back else 1),
                edge.is_conditional,
                edge.is_open,
            )
        )
    return lines


def _ports(chains: list[list[Slot]], end: int) -> dict[int, float]:
    """Where each line leaves or meets its box: side by side, none crossing."""
    meeting: dict[int, list[int]] = {}
    for number, chain in enumerate(chains):
        meeting.setdefault(id(chain[end]), []).append(number)
    ports = {}
    for numbers in meeting.values():
        near = 1 if end == 0 else -2
        numbers.sort(key=lambda number: chains[number][near].middle)
        slot = chains[numbers[0]][end]
        room = slot.width / (len(numbers) + 1)
        for at, number in enumerate(numbers, 1):
            ports[number] = round(slot.x + at * room, 1)
    return ports


def _path(points: list[tuple[float, float]]) -> str:
    (x, y), *rest = points
    parts = [f"M{x:g} {y:g}"]
    for next_x, next_y in rest:
        half = (y + next_y) / 2
        parts.append(f"C{x:g} {half:g} {next_x:g} {half:g} {next_x:g} {next_y:g}")
        x, y = next_x, next_y
    return "".join(parts)


def _arrow(tip: tuple[float, float], direction: int) -> str:
    x, y = tip
    wide = ARROW - 1
    return f"M{x - wide:g} {y:g}h{2 * wide:g}L{x:g} {y + direction * ARROW:g}z"
