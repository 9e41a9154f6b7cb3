"""Topics in memory, kept like the districts (herne_bildung.city.reference)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from herne_bildung.lib.languages import CODES
from herne_bildung.lib.localized import Text, localized
from offerings.models import Topic


@dataclass(slots=True)
class TopicNode:
    """A topic as pages use it; `names` by language."""

    pk: int
    key: str
    parent: str | None
    names: dict[str, Text]
    children: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class Topics:
    """All topics in tree order, by key."""

    version: int
    by_key: Mapping[str, TopicNode]

    @cached_property
    def by_pk(self) -> dict[int, TopicNode]:
        return {node.pk: node for node in self.by_key.values()}


_kept: Topics | None = None


def topics(known_versions: Mapping[str, int]) -> Topics:
    """The topics at the version a query of the page read."""
    global _kept
    version = known_versions.get("topic", 0)
    if _kept is None or _kept.version != version:
        _kept = _load(version)
    return _kept


def forget() -> None:
    """Drop the copy of this process (tests roll back what it was made from)."""
    global _kept
    _kept = None


def _load(version: int) -> Topics:
    rows = list(Topic.objects.order_by("order", "key").select_related("parent"))
    nodes = {
        row.key: TopicNode(
            row.pk,
            row.key,
            row.parent.key if row.parent else None,
            {code: localized(vars(row), "name", code) for code in CODES},
        )
        for row in rows
    }
    ordered: dict[str, TopicNode] = {}
    for node in nodes.values():
        if node.parent is None:
            ordered[node.key] = node
            node.children = [n.key for n in nodes.values() if n.parent == node.key]
            ordered |= {key: nodes[key] for key in node.children}
    return Topics(version, ordered)
