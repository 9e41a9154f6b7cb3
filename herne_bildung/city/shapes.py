"""In which district a point lies, by the shapes we have."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from herne_bildung.city.models import District
from herne_bildung.lib.geo import Point, is_inside

# The smallest parts first. The border of the whole city settles nothing.
LEVELS = (
    District.Level.STATISTICAL,
    District.Level.QUARTER,
    District.Level.BOROUGH,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A district for a point; `is_guessed` when its shape is no official border."""

    district_id: int
    is_guessed: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """One district with its shape. `above` holds the ids it is part of."""

    pk: int
    level: str
    is_official: bool
    geometry: dict[str, Any]
    above: frozenset[int]


class Shapes:
    """All districts with a shape, read once for many points."""

    def __init__(self, shapes: Iterable[Shape]) -> None:
        self._by_level: dict[str, list[Shape]] = {level: [] for level in LEVELS}
        for shape in shapes:
            if shape.level in self._by_level:
                self._by_level[shape.level].append(shape)

    @classmethod
    def load(cls) -> Self:
        """The shapes as the database has them now."""
        rows = list(
            District.objects.order_by("pk").values_list(
                "pk", "level", "parent_id", "shape_quality", "shape"
            )
        )
        parents = {pk: parent for pk, _, parent, _, _ in rows}
        return cls(
            Shape(
                pk,
                level,
                quality == District.ShapeQuality.OFFICIAL,
                geometry,
                frozenset(_above(pk, parents)),
            )
            for pk, level, _, quality, geometry in rows
            if geometry
        )

    def find(self, point: Point) -> Found | None:
        """The smallest district that holds the point.

        On one level an official shape wins; a guess that contradicts an official
        shape above it is not taken.
        """
        official = [
            shape
            for level in LEVELS
            for shape in self._by_level[level]
            if shape.is_official and is_inside(point, shape.geometry)
        ]
        for level in LEVELS:
            for shape in official:
                if shape.level == level:
                    return Found(shape.pk, is_guessed=False)
            for shape in self._by_level[level]:
                if (
                    not shape.is_official
                    and all(known.pk in shape.above for known in official)
                    and is_inside(point, shape.geometry)
                ):
                    return Found(shape.pk, is_guessed=True)
        return None


def _above(pk: int, parents: dict[int, int | None]) -> Iterable[int]:
    while (pk := parents.get(pk)) is not None:
        yield pk
