"""The start of the administration: what to do now, for each role. No models of its
own; a fixed number of queries, whatever there is.
"""

from dataclasses import dataclass, field
from typing import Any

from herne_bildung.city.rights import (
    approves,
    only_translates,
    reached_organisations,
    reads_notes,
    sees_everything,
)
from herne_bildung.portal.start_page import office, own, translation
from herne_bildung.portal.start_page.parts import Section, Tile


@dataclass
class StartPage:
    """Numbers that wait, then lists; both lead on."""

    tiles: list[Tile] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def start_page(user: Any) -> StartPage:
    """What a signed-in person should look at now; most urgent first."""
    page = StartPage()
    if sees_everything(user):
        page.tiles += office.tiles(may_approve=approves(user))
        page.sections += office.sections()
    elif reads_notes(user):
        page.sections.append(office.for_advisers())
    if only_translates(user):
        page.sections += translation.sections(user)
    if reached_organisations(user):
        page.sections += own.sections(user)
    return page
