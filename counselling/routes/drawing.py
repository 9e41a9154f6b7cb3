"""A graph as a picture: rows of boxes from the top down, lines between them.

Pixels, one to one, so that texts keep their size; narrow screens scroll in a frame.
Where one reads right to left all of it is mirrored.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from counselling.routes.graph import rows_of, turned_round

BOX_WIDTH = 150
LINE_HEIGHT = 18
PADDING = 10
# Room between boxes beside and below each other, and round the whole.
BESIDE, BELOW, EDGE = 14, 46, 8
# A line that passes a row takes this much room in it.
PASSING = 12
ROUNDS = 8
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
    mark: str = ""


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
    x: float = 0
    y: float = 0
    height: int = 0
    lines: list[str] = field(default_factory=list)

    width = BOX_WIDTH

    @property
    def middle(self) -> float:
        return round(self.x + BOX_WIDTH / 2, 1)

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


@dataclass(slots=True)
class _Slot:
    """A place in a row: a box, or a line that passes (`box` is None)."""

    row: int
    box: int | None
    width: float
    x: float = 0
    above: list["_Slot"] = field(default_factory=list)
    below: list["_Slot"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


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
    boxes = [Box(label, rows[place]) for place, label in enumerate(labels)]
    slots, chains = _slots(rows, down)
    _settle(slots)
    _place(boxes, slots)
    width = max((slot.x + slot.width for row in slots for slot in row), default=0)
    width = int(width + EDGE)
    lines = _lines(boxes, chains, edges, back)
    if is_mirrored:
        for box in boxes:
            box.x = width - box.x - BOX_WIDTH
        for row in slots:
            for slot in row:
                slot.x = width - slot.x - slot.width
        lines = _lines(boxes, chains, edges, back)
    height = int(max((box.y + box.height for box in boxes), default=0) + EDGE)
    return Drawing(width, height, boxes, lines)


def wrapped(title: str, width: float = BOX_WIDTH - 2 * PADDING) -> list[str]:
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


def width_of(text: str) -> float:
    """About how wide a text is, in pixels."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in NARROW_LETTERS:
        return NARROW
    return WIDE if letter.isupper() or letter in WIDE_LETTERS else NORMAL


def _slots(
    rows: dict[int, int], down: list[tuple[int, int]]
) -> tuple[list[list[_Slot]], list[list[_Slot]]]:
    """All rows, and for each edge its slots from the top down."""
    slots: list[list[_Slot]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
    own = {}
    for place, row in rows.items():
        own[place] = _Slot(row, place, BOX_WIDTH)
        slots[row].append(own[place])
    chains = []
    for start, end in down:
        chain = [own[start]]
        for row in range(rows[start] + 1, rows[end]):
            passing = _Slot(row, None, PASSING)
            slots[row].append(passing)
            chain.append(passing)
        chain.append(own[end])
        for upper, lower in pairwise(chain):
            upper.below.append(lower)
            lower.above.append(upper)
        chains.append(chain)
    return slots, chains


def _settle(slots: list[list[_Slot]]) -> None:
    """Order each row, then move it, so that lines are short and seldom cross."""
    for row in slots:
        _pack(row, {})
    for number in range(ROUNDS):
        is_down = number % 2 == 0
        for row in slots if is_down else reversed(slots):
            wanted = {}
            for slot in row:
                near = slot.above if is_down else slot.below
                middles = [other.middle for other in near] or [slot.middle]
                wanted[id(slot)] = sum(middles) / len(middles)
            if number < ROUNDS - 2:
                row.sort(key=lambda slot: wanted[id(slot)])
            _pack(row, wanted)
    left = min((slot.x for row in slots for slot in row), default=0)
    for row in slots:
        for slot in row:
            slot.x += EDGE - left


def _pack(row: list[_Slot], wanted: dict[int, float]) -> None:
    """Put slots where they want to be, side by side in their order."""
    aims = [wanted.get(id(slot), 0) - slot.width / 2 for slot in row]
    to_right, edge = [], float("-inf")
    for slot, aim in zip(row, aims, strict=True):
        to_right.append(max(aim, edge))
        edge = to_right[-1] + slot.width + BESIDE
    to_left, edge = [], float("inf")
    for slot, aim in zip(reversed(row), reversed(aims), strict=True):
        to_left.append(min(aim, edge - slot.width))
        edge = to_left[-1] - BESIDE
    for slot, one, other in zip(row, to_right, reversed(to_left), strict=True):
        slot.x = (one + other) / 2


def _place(boxes: list[Box], slots: list[list[_Slot]]) -> None:
    top = EDGE
    for row in slots:
        highest = 0
        for slot in row:
            if slot.box is not None:
                box = boxes[slot.box]
                box.x, box.y = round(slot.x, 1), top
                box.lines = wrapped(box.label.title)
                text_lines = len(box.lines) + 1
                box.height = 2 * PADDING + text_lines * LINE_HEIGHT
                highest = max(highest, box.height)
        for slot in row:
            if slot.box is not None:
                boxes[slot.box].height = highest
        top += highest + BELOW


def _lines(
    boxes: list[Box],
    chains: list[list[_Slot]],
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


def _ports(chains: list[list[_Slot]], end: int) -> dict[int, float]:
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
