"""The parts of the city and what they are part of."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from herne_bildung.city.models import District
from monitoring.choices import OF_HERNE, ValueState
from monitoring.models import Area, Observation, Release

DEPTHS = {level: depth for depth, level in enumerate(OF_HERNE)}


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of the city, or the city itself. `above` has what it lies in, the nearest
    first; `beside` are the other parts of the same one.
    """

    area: Area
    above: list["Part"] = field(default_factory=list)
    children: list["Part"] = field(default_factory=list)

    @property
    def parent(self) -> "Part | None":
        return self.above[0] if self.above else None

    @property
    def city(self) -> "Part":
        return self.above[-1] if self.above else self

    @property
    def beside(self) -> list["Part"]:
        return (
            [one for one in self.parent.children if one is not self]
            if self.above
            else []
        )

    @property
    def below(self) -> list["Part"]:
        """All that lies in it, in the order of the tree."""
        return [part for child in self.children for part in (child, *child.below)]

    @property
    def district_ids(self) -> list[int]:
        """Its district and those in it."""
        return [part.area.district_id for part in (self, *self.below)]

    @property
    def has_shape(self) -> bool:
        return bool(self.area.district.shape_quality)


class Tree:
    """All parts of the city with a page; one query."""

    def __init__(self, *, counts_indicators: bool = False) -> None:
        areas = Area.objects.of_herne().select_related("district")
        if counts_indicators:
            areas = areas.annotate(indicators=known_indicators())
        found = list(areas.defer("shape", "district__shape"))
        # From the top down: each comes after what it is part of.
        found.sort(key=lambda one: DEPTHS[one.level])
        self.parts: dict[int, Part] = {}
        self.roots: list[Part] = []
        for area in found:
            parent = self.parts.get(area.parent_id)
            part = Part(area, [parent, *parent.above] if parent else [])
            self.parts[area.pk] = part
            (parent.children if parent else self.roots).append(part)

    @cached_property
    def by_key(self) -> dict[str, Part]:
        return {part.area.key: part for part in self.parts.values()}

    @property
    def city(self) -> Part | None:
        """The city itself; None before the content of the first start."""
        return self.roots[0] if self.roots else None

    def __iter__(self) -> Iterator[Part]:
        """From the city down, each followed by what lies in it."""
        for root in self.roots:
            yield root
            yield from root.below


def known_indicators() -> Coalesce:
    """For how many indicators an area has a value: for each current release one look
    into the index of the totals of areas.
    """
    known = Observation.objects.totals().filter(
        release=OuterRef("pk"), area=OuterRef(OuterRef("pk")), state=ValueState.VALUE
    )
    current = Release.objects.current().filter(Exists(known)).order_by()
    counted = current.values("state").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), Value(0))


def shapes(level: str) -> list[District]:
    """The districts of a level that have a shape, in their order."""
    found = District.objects.filter(level=level, shape__isnull=False)
    return list(found.order_by("order", "key"))
