"""Facts of many entries as compressed bitmaps: filters and exact counts in
microseconds, however large the catalogue.

Every value of a facet has the bitmap of the ids it holds for; ids whose fact is
not known stand in `unknown`. Ranges (an age, a time of visibility) keep one bitmap
for each distinct pair of bounds, of which there are few.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import chain
from typing import Any, TypeVar

from pyroaring import BitMap

# Up to this many ids are sorted; more are met by walking the order.
SORTING_LIMIT = 3000
# So many ids of an order are passed over at once.
BLOCK = 1000
OPEN_END = 10**6
Made = TypeVar("Made")


class Order:
    """All ids in one order, to cut pages out of any selection."""

    def __init__(self, ids: array) -> None:
        self._positions = array("I", bytes(4 * (max(ids, default=0) + 1)))
        for position, entry in enumerate(ids):
            self._positions[entry] = position
        slices = (ids[start : start + BLOCK] for start in range(0, len(ids), BLOCK))
        self._blocks = [(block, BitMap(block)) for block in slices]

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page of a selection."""
        if len(selection) <= SORTING_LIMIT:
            known = (entry for entry in selection if entry < len(self._positions))
            ids = sorted(known, key=self._positions.__getitem__)
            return ids[offset : offset + limit]
        page: list[int] = []
        for block, members in self._blocks:
            found = selection.intersection_cardinality(members)
            if offset >= found:
                offset -= found
                continue
            ids = [entry for entry in block if entry in selection]
            page += ids[offset : offset + limit - len(page)]
            offset = 0
            if len(page) == limit:
                break
        return page


class BitmapIndex:
    """Ids (positive 32-bit integers) by facet, value, range and order."""

    def __init__(self) -> None:
        self.entries = BitMap()
        self.values: dict[str, dict[str, BitMap]] = defaultdict(dict)
        self.ranges: dict[str, dict[tuple[int, int], BitMap]] = defaultdict(dict)
        self.unknown: dict[str, BitMap] = defaultdict(BitMap)
        self._orders: dict[str, Order] = {}
        self._derived: dict[Hashable, Any] = {}

    def put(self, entry: int, facts: Mapping[str, Any]) -> None:
        """Add or replace an entry.

        `facts`: {"values": {facet: [value, …]}, "ranges": {facet: [low, high]},
        "unknown": [facet, …]}; an open end is None.
        """
        self.replace([entry], [([entry], facts)])

    def remove(self, entry: int) -> None:
        """Forget an entry; unknown ids are fine."""
        self.replace([entry], [])

    def replace(
        self,
        entries: Iterable[int],
        groups: Iterable[tuple[Iterable[int], Mapping[str, Any]]],
    ) -> None:
        """Forget what is known of these entries, then add facts, as `put` has them,
        that a group of entries has in common. An entry may stand in many groups; who
        stands in none is gone.
        """
        self._derived.clear()
        if former := self.entries & BitMap(entries):
            self.entries.difference_update(former)
            for group in (*self.values.values(), *self.ranges.values(), self.unknown):
                for bitmap in group.values():
                    bitmap.difference_update(former)
        for members, facts in groups:
            self._add(BitMap(members), facts)

    def _add(self, members: BitMap, facts: Mapping[str, Any]) -> None:
        self.entries.update(members)
        for facet, values in facts.get("values", {}).items():
            group = self.values[facet]
            for value in values:
                group.setdefault(value, BitMap()).update(members)
        for facet, (low, high) in facts.get("ranges", {}).items():
            bounds = (low or 0, OPEN_END if high is None else high)
            self.ranges[facet].setdefault(bounds, BitMap()).update(members)
        for facet in facts.get("unknown", ()):
            self.unknown[facet].update(members)

    def derived(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """What `make` makes of the index, remembered under a name until an entry
        changes. For few names; results are shared and not to be changed.
        """
        if name not in self._derived:
            self._derived[name] = make()
        return self._derived[name]

    def having(self, facet: str, values: Iterable[str]) -> BitMap:
        """Ids with at least one of these values."""
        group = self.values[facet]
        return BitMap.union(
            BitMap(), *(group[value] for value in values if value in group)
        )

    def covering(self, facet: str, point: int) -> BitMap:
        """Ids whose range includes the point."""
        return self.matching_ranges(facet, lambda low, high: low <= point <= high)

    def matching_ranges(
        self, facet: str, matches: Callable[[int, int], bool]
    ) -> BitMap:
        """Ids whose range satisfies `matches(low, high)`."""
        return BitMap.union(
            BitMap(),
            *(ids for bounds, ids in self.ranges[facet].items() if matches(*bounds)),
        )

    def set_order(self, name: str, ids: Iterable[int]) -> None:
        """Say in which order all entries come under this name."""
        self._orders[name] = Order(array("I", ids))

    def has_order(self, name: str) -> bool:
        return name in self._orders

    def forget_orders(self) -> None:
        """Entries changed: orders must be given anew before they are used."""
        self._orders.clear()

    def ordered(
        self, selection: BitMap, name: str, offset: int, limit: int
    ) -> list[int]:
        """Ids of one page of a selection, in the named order."""
        return self._orders[name].page(selection, offset, limit)

    def ordered_by_groups(
        self,
        selection: BitMap,
        groups: Iterable[BitMap],
        name: str,
        offset: int,
        limit: int,
        *,
        rest_name: str = "",
    ) -> list[int]:
        """Ids of one page: first those of the first group, and so on, then the
        rest; inside a group in the named order, the rest in one of its own. No id
        comes twice.
        """
        page: list[int] = []
        rest = selection.copy()
        named = ((group, name) for group in groups)
        for group, order in chain(named, [(selection, rest_name or name)]):
            members = rest & group
            rest -= members
            if offset >= len(members):
                offset -= len(members)
                continue
            page += self.ordered(members, order, offset, limit - len(page))
            offset = 0
            if len(page) == limit:
                break
        return page
