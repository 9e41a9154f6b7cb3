"""What the protection works on: the values of a set of tables, without the database."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from monitoring.choices import ValueState


class Kind(StrEnum):
    """What a table counts."""

    COUNT = "count"
    # Of a base: `per` times the count of people divided by the base.
    SHARE = "share"
    RATE = "rate"
    # Amounts of `base` contributors; a mean is the sum of amounts divided by the base.
    SUM = "sum"
    MEAN = "mean"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in its table, within a period. `parts` are ids of parts of
    breakdowns, one of each breakdown at most: without it is the total of it.
    """

    area: int
    parts: frozenset[int] = frozenset()


@dataclass(slots=True)
class Entry:
    """A value as imported; `base` are the people it rests on."""

    value: float | None
    base: float | None = None
    largest: float | None = None
    second_largest: float | None = None
    state: str = ValueState.VALUE


@dataclass(slots=True)
class Table:
    """All values of an indicator: by period and place. `base_of` is the table that has
    its base as values of its own.
    """

    indicator: int
    kind: Kind = Kind.COUNT
    per: float = 100.0
    base_of: int | None = None
    # Of values as imported, for shares: they say how exact the counts behind are.
    decimals: int = 4
    entries: dict[str, dict[Place, Entry]] = field(
        default_factory=lambda: defaultdict(dict)
    )


@dataclass(frozen=True, slots=True)
class EarlierValue:
    """What everybody could see of a place before; None: it was kept secret. `told` is
    the release, or the run that made several of them.
    """

    indicator: int
    period: str
    place: Place
    told: Hashable
    value: float | None
    base: float | None = None


class Tree:
    """What is part of what: areas, or parts of breakdowns. Only members of one `group`
    (level of areas, breakdown) together make up what is above them.
    """

    def __init__(self, rows: Iterable[tuple[int, int | None, Hashable]]) -> None:
        self.above: dict[int, int | None] = {}
        self.group: dict[int, Hashable] = {}
        self.below: dict[tuple[int | None, Hashable], list[int]] = defaultdict(list)
        for key, parent, group in rows:
            self.above[key] = parent
            self.group[key] = group
            self.below[parent, group].append(key)

    def height(self, key: int) -> int:
        """How many members are above this one."""
        height = 0
        while (key := self.above.get(key)) is not None:
            height += 1
        return height


@dataclass(slots=True)
class Frame:
    """Areas and parts of breakdowns as everybody knows them."""

    areas: Tree
    parts: Tree

    def groups_of(self, place: Place) -> list[tuple[Place, Hashable]]:
        """The sums this place is a part of: the place of the total, and by what."""
        found = []
        above = self.areas.above.get(place.area)
        if above is not None:
            found.append((Place(above, place.parts), self.areas.group[place.area]))
        for part in place.parts:
            rest = place.parts - {part}
            upper = self.parts.above[part]
            if upper is not None:
                rest |= {upper}
            found.append((Place(place.area, rest), ("part", self.parts.group[part])))
        return found

    def members(self, total: Place, group: Hashable) -> list[Place]:
        """All places that together make up this total."""
        if not (isinstance(group, tuple) and group[0] == "part"):
            below = self.areas.below[total.area, group]
            return [Place(area, total.parts) for area in below]
        ours = [part for part in total.parts if self.parts.group[part] == group[1]]
        upper = ours[0] if ours else None
        rest = total.parts.difference(ours)
        below = self.parts.below[upper, group[1]]
        return [Place(total.area, rest | {part}) for part in below]
