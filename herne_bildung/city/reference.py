"""Districts and places in memory: every process keeps them, reloading what changed.

`ReferenceVersion` rows are raised in the transaction of a change; comparing them
costs nothing where a page asks the database anyway (`versions_sql`).
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from herne_bildung.city.models import District, DistrictAlias, Place
from herne_bildung.lib.geo import Point

# A scalar subquery: {"district": 3, "topic": 1} as JSON.
VERSIONS_SQL = (
    "(SELECT coalesce(json_object_agg(kind, version), '{}')::text"
    " FROM city_referenceversion)"
)


@dataclass(slots=True)
class DistrictNode:
    """A district as pages use it. `above` and `below` are keys, nearest first."""

    pk: int
    key: str
    level: str
    name: str
    parent: str | None
    point: Point | None
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    @property
    def depth(self) -> int:
        return len(self.above)


@dataclass(frozen=True, eq=False)
class Districts:
    """All districts in tree order, by key; former keys lead to the present one."""

    version: int
    by_key: Mapping[str, DistrictNode]
    aliases: Mapping[str, str]

    def resolve(self, key: str) -> str:
        """The present key for a present or former one; unknown keys unchanged."""
        return self.aliases.get(key, key)

    @cached_property
    def by_pk(self) -> dict[int, DistrictNode]:
        return {node.pk: node for node in self.by_key.values()}

    @cached_property
    def shared_names(self) -> frozenset[str]:
        """Names that more than one district has."""
        times = Counter(node.name for node in self.by_key.values())
        return frozenset(name for name, number in times.items() if number > 1)

    def label(self, node: DistrictNode) -> str:
        """The name among others: with its level, in the active language, where the
        name alone does not tell which district is meant.
        """
        if node.name not in self.shared_names:
            return node.name
        return f"{node.name} – {District.Level(node.level).label}"


@dataclass(frozen=True, slots=True)
class PlaceNode:
    """A place as result pages use it; one without a name has its street as such."""

    pk: int
    name: str
    district_id: int | None
    is_district_guessed: bool
    point: Point | None


_kept: Districts | None = None
_kept_places: tuple[int, dict[int, PlaceNode]] | None = None


def versions() -> dict[str, int]:
    """The present versions, by kind; one small query."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {VERSIONS_SQL}")
        return json.loads(cursor.fetchone()[0])


def districts(known_versions: Mapping[str, int] | None = None) -> Districts:
    """The districts as they are now.

    `known_versions` is what a query of the page already read.
    """
    global _kept
    version = (versions() if known_versions is None else known_versions).get(
        "district", 0
    )
    if _kept is None or _kept.version != version:
        _kept = _load(version)
    return _kept


def districts_in_use() -> Districts:
    """The copy this process read last, without asking the database; for code that
    runs after `districts()` in the same request.
    """
    return _kept or districts()


def places(known_versions: Mapping[str, int]) -> dict[int, PlaceNode]:
    """All places by id, at the version a query of the page read."""
    global _kept_places
    version = known_versions.get("place", 0)
    if _kept_places is None or _kept_places[0] != version:
        rows = Place.objects.values_list(
            "pk",
            Coalesce(NullIf("name", Value("")), "street"),
            "district_id",
            "is_district_guessed",
            "latitude",
            "longitude",
        )
        _kept_places = (
            version,
            {
                pk: PlaceNode(
                    pk,
                    name,
                    district,
                    is_guessed,
                    None if latitude is None else Point(latitude, longitude),
                )
                for pk, name, district, is_guessed, latitude, longitude in rows
            },
        )
    return _kept_places[1]


def forget() -> None:
    """Drop the copies of this process (tests roll back what they were made from)."""
    global _kept, _kept_places
    _kept = _kept_places = None


def _load(version: int) -> Districts:
    rows = list(
        District.objects.order_by("order", "key").values_list(
            "pk", "key", "level", "name", "parent_id", "latitude", "longitude"
        )
    )
    children: dict[int | None, list[tuple]] = {}
    for row in rows:
        children.setdefault(row[4], []).append(row)
    by_key: dict[str, DistrictNode] = {}

    def add(row: tuple, above: list[str]) -> list[str]:
        pk, key, level, name, _, latitude, longitude = row
        point = None if latitude is None else Point(latitude, longitude)
        node = DistrictNode(pk, key, level, name, above[0] if above else None, point)
        node.above = above
        by_key[key] = node
        for child in children.get(pk, []):
            node.below += add(child, [key, *above])
        return [key, *node.below]

    for row in children.get(None, []):
        add(row, [])
    aliases = dict(DistrictAlias.objects.values_list("key", "district__key"))
    return Districts(version, by_key, aliases)
