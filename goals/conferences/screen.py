"""The posters on the wall of a hall: big type, newest notes first."""

from collections.abc import Mapping
from dataclasses import dataclass

from goals.conferences.page import ConferencePage, conference_page
from goals.conferences.posters import goals_of
from goals.models import Conference
from herne_bildung.lib.addresses import address

# What one can read from the last row.
NOTES_A_COLUMN = 6


@dataclass(slots=True)
class Screen:
    """What `goals/conferences/screen.html` shows. `goal` is the address of the only
    goal shown; empty for all goals in turn. A still page does not change by itself.
    """

    conference: ConferencePage
    goal: str
    is_still: bool

    @property
    def other_url(self) -> str:
        """The page that stands still, or the one that goes on."""
        chosen = [("goal", self.goal)] if self.goal else []
        still = [] if self.is_still else [("still", "1")]
        return address(self.conference.screen_url, [*chosen, *still])


def screen_page(
    conference: Conference, data: Mapping[str, str], language: str
) -> Screen:
    """The view for an address; a goal that is none is not heard."""
    goals = list(goals_of(conference))
    chosen = [one for one in goals if one.slug == data.get("goal")]
    return Screen(
        conference_page(
            conference,
            language,
            goals=chosen or goals,
            most=NOTES_A_COLUMN,
            newest_first=True,
        ),
        goal=chosen[0].slug if chosen else "",
        is_still="still" in data,
    )
