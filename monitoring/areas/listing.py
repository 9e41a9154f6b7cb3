"""All areas of the city as a tree, each with how much is known of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monitoring.areas.hierarchy import Part, Tree, shapes
from monitoring.areas.map import AreaMap
from monitoring.areas.page import AreaLink, area_link
from monitoring.choices import Level
from monitoring.in_words import monitoring_step


@dataclass(frozen=True, slots=True)
class AreaEntry:
    """An area with what lies in it."""

    link: AreaLink
    number: int
    children: list["AreaEntry"]

    @property
    def known(self) -> str:
        """How many indicators have a value for it."""
        if not self.number:
            return _("no figures for this area alone")
        text = ngettext("%(number)s indicator", "%(number)s indicators", self.number)
        return text % {"number": self.number}


@dataclass(frozen=True, slots=True)
class AreaList:
    """What `monitoring/areas/list.html` shows."""

    roots: list[AreaEntry]
    map: AreaMap | None

    @property
    def steps(self) -> list[dict[str, str]]:
        return [monitoring_step()]

    @property
    def all(self) -> list[AreaEntry]:
        return [entry for root in self.roots for entry in with_all_below(root)]

    @property
    def without_figures(self) -> str:
        """How many areas have none of their own; empty where all have some."""
        number = sum(1 for entry in self.all if not entry.number)
        if not number:
            return ""
        text = ngettext(
            "For %(number)s of %(all)s areas there are no figures of its own.",
            "For %(number)s of %(all)s areas there are no figures of their own.",
            number,
        )
        return text % {"number": number, "all": len(self.all)}


def area_list(language: str) -> AreaList:
    """All areas; two queries."""
    tree = Tree(counts_indicators=True)
    found = shapes(Level.QUARTER)
    return AreaList(
        [entry_of(part, language) for part in tree.roots],
        AreaMap(found, None, language) if found else None,
    )


def entry_of(part: Part, language: str) -> AreaEntry:
    children = [entry_of(child, language) for child in part.children]
    return AreaEntry(area_link(part, language), part.area.indicators, children)


def with_all_below(entry: AreaEntry) -> Iterator[AreaEntry]:
    yield entry
    for child in entry.children:
        yield from with_all_below(child)
