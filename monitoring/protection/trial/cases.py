"""Random sets of linked tables over a made-up city of which everything is known."""

import random
from dataclasses import dataclass, field
from itertools import product

from monitoring.choices import ValueState
from monitoring.protection.rules import Rule
from monitoring.protection.tables import Entry, Frame, Kind, Place, Table, Tree

CITY = 1
PERIOD = "2024"
COUNTS, SHARES, BASES = 1, 2, 3
# Kinds of sets, taken in turn.
KINDS = ("count", "linked", "share", "share and base", "holes", "earlier")


@dataclass(slots=True)
class Case:
    """`people` counts those with and without the trait by smallest area and smallest
    part of each breakdown; all tables are sums of it.
    """

    kind: str
    frame: Frame
    rule: Rule
    people: dict[tuple, tuple[int, int]]
    tables: list[Table] = field(default_factory=list)
    # Released before, of the same people.
    former: list[Table] = field(default_factory=list)

    def cells(self, place: Place) -> list[tuple]:
        """The smallest cells a place consists of."""
        return [
            key
            for key in self.people
            if self._is_in(self.frame.areas, key[0], place.area)
            and all(
                any(self._is_in(self.frame.parts, one, part) for one in key[1:])
                for part in place.parts
            )
        ]

    @staticmethod
    def _is_in(tree: Tree, key: int, wanted: int) -> bool:
        while key is not None and key != wanted:
            key = tree.above[key]
        return key == wanted

    def count(self, place: Place) -> tuple[int, int]:
        """Those with the trait, and all."""
        found = [self.people[key] for key in self.cells(place)]
        with_trait = sum(one for one, _other in found)
        return with_trait, with_trait + sum(other for _one, other in found)


def make_case(seed: int) -> Case:
    """A set of tables; the same one for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - the same cases every time
    kind = KINDS[seed % len(KINDS)]
    areas, leaves = _areas(chance)
    parts, breakdowns = _breakdowns(chance)
    rule = Rule(
        smallest_count=chance.choice((3, 5, 10)),
        zeros_are_secret=chance.random() < 0.2,
        distance=chance.choice((1, 2, 3)),
        complements_count=chance.random() < 0.7,
    )
    people = {
        key: (_number(chance, kind), _number(chance, kind) * 2)
        for key in product(leaves, *[ends for _every, ends in breakdowns])
    }
    case = Case(kind, Frame(Tree(areas), Tree(parts)), rule, people)
    every = [every for every, _ends in breakdowns]
    if kind == "linked":
        case.tables = [
            _table(case, COUNTS + number, [one]) for number, one in enumerate(every)
        ]
    elif kind == "share":
        case.tables = [_table(case, SHARES, every, Kind.SHARE)]
    elif kind == "share and base":
        case.tables = [_table(case, SHARES, every[:1], Kind.SHARE)]
        case.tables.append(_table(case, BASES, every, of_all=True))
        case.tables[0].base_of = BASES
    else:
        case.tables = [_table(case, COUNTS, every)]
    if kind == "holes":
        _make_holes(chance, case.tables[0])
    if kind == "earlier":
        case.former = [_table(case, COUNTS, every[1:])]
    return case


def _areas(chance: random.Random) -> tuple[list[tuple], list[int]]:
    rows: list[tuple] = [(CITY, None, "city")]
    leaves = []
    for borough in range(2, 2 + chance.randint(2, 4)):
        rows.append((borough, CITY, "borough"))
        below = [borough * 10 + number for number in range(chance.choice((0, 2, 3)))]
        rows += [(one, borough, "quarter") for one in below]
        leaves += below or [borough]
    return rows, leaves


def _breakdowns(chance: random.Random) -> tuple[list[tuple], list[tuple]]:
    """Rows of parts, and for each breakdown all parts (None: total) and the ends."""
    rows, found = [], []
    for dimension in (1, 2):
        every: list[int | None] = [None]
        ends = []
        for number in range(chance.randint(2, 3)):
            part = 1000 * dimension + 10 * number
            rows.append((part, None, dimension))
            every.append(part)
            below = [part + 1, part + 2] if chance.random() < 0.25 else []
            rows += [(one, part, dimension) for one in below]
            every += below
            ends += below or [part]
        found.append((every, ends))
    return rows, found[: chance.randint(1, 2)] if chance.random() < 0.3 else found


def _number(chance: random.Random, kind: str) -> int:
    if kind == "linked":
        # Both tables are sums over what the other one shows.
        return chance.choice((0, 0, 0, 1, 2, 9))
    drawn = chance.random()
    if drawn < 0.12:
        return 0
    return chance.randint(1, 6) if drawn < 0.35 else chance.randint(6, 60)


def _table(
    case: Case,
    indicator: int,
    breakdowns: list,
    kind: Kind = Kind.COUNT,
    *,
    of_all: bool = False,
) -> Table:
    table = Table(indicator, kind)
    for area, *parts in product(case.frame.areas.above, *breakdowns):
        place = Place(area, frozenset(parts) - {None})
        own, everyone = case.count(place)
        if kind == Kind.COUNT:
            entry = Entry(float(everyone if of_all else own))
        elif everyone:
            entry = Entry(round(100 * own / everyone, 4), float(everyone))
        else:
            continue
        table.entries[PERIOD][place] = entry
    return table


def _make_holes(chance: random.Random, table: Table) -> None:
    rows = table.entries[PERIOD]
    for place in list(rows):
        drawn = chance.random()
        if drawn < 0.05:
            rows[place] = Entry(None, state=ValueState.NOT_AVAILABLE)
        elif drawn < 0.1:
            del rows[place]
