"""Where the boxes of a graph stand: rows from the top down, the order within them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

# Room beside boxes, and round the whole.
BESIDE, EDGE = 14, 8
# A line that passes a row takes this much room in it.
PASSING = 12
ROUNDS = 8


@dataclass(slots=True)
class Slot:
    """A place in a row: a box, or a line that passes (`box` is None)."""

    row: int
    box: int | None
    width: float
    x: float = 0
    above: list["Slot"] = field(default_factory=list)
    below: list["Slot"] = field(default_factory=list)

    @property
    def middle(self) -> float:
        return self.x + self.width / 2


def rows_of(nodes: Iterable[int], edges: Iterable[tuple[int, int]]) -> dict[int, int]:
    """The row of each node when all edges lead down: as many edges as the longest
    way to it has. Edges back up must have been turned round before.
    """
    nodes, edges = list(nodes), list(edges)
    rows = dict.fromkeys(nodes, 0)
    for _round in nodes:
        for start, end in edges:
            rows[end] = max(rows[end], rows[start] + 1)
    return rows


def turned_round(
    nodes: Iterable[int], edges: Iterable[tuple[int, int]]
) -> set[tuple[int, int]]:
    """The edges that close a circle, by a walk in the order given."""
    edges = list(edges)
    ahead: dict[int, list[int]] = {}
    for start, end in edges:
        ahead.setdefault(start, []).append(end)
    back: set[tuple[int, int]] = set()
    done: set[int] = set()

    def walk(node: int, above: tuple[int, ...]) -> None:
        for following in ahead.get(node, ()):
            if following in (*above, node):
                back.add((node, following))
            elif following not in done:
                walk(following, (*above, node))
        done.add(node)

    for node in nodes:
        if node not in done:
            walk(node, ())
    return back


def slots_of(
    rows: dict[int, int], down: list[tuple[int, int]], box_width: int
) -> tuple[list[list[Slot]], list[list[Slot]]]:
    """All rows, and for each edge its slots from the top down."""
    slots: list[list[Slot]] = [[] for _ in range(max(rows.values(), default=-1) + 1)]
    own = {}
    for place, row in rows.items():
        own[place] = Slot(row, place, box_width)
        slots[row].append(own[place])
    chains = []
    for start, end in down:
        chain = [own[start]]
        for row in range(rows[start] + 1, rows[end]):
            passing = Slot(row, None, PASSING)
            slots[row].append(passing)
            chain.append(passing)
        chain.append(own[end])
        for upper, lower in pairwise(chain):
            upper.below.append(lower)
            lower.above.append(upper)
        chains.append(chain)
    return slots, chains


def settle(slots: list[list[Slot]]) -> None:
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


def _pack(row: list[Slot], wanted: dict[int, float]) -> None:
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
