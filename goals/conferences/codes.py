"""QR codes for the tables of a conference: a phone's camera opens the form."""

from typing import Any

from goals.conferences.page import conference_page
from goals.conferences.posters import form_path, goals_of
from goals.models import Conference, Goal
from herne_bildung.lib import qr_codes
from herne_bildung.lib.feeds import absolute

# A quarter of a code may be covered by a cup.
ERROR = "q"


def address_of(conference: Conference, goal: Goal) -> str:
    """The whole address of a goal's form, in the active language."""
    return absolute(form_path(conference, goal))


def svg_file(conference: Conference, goal: Goal) -> bytes:
    """The code as a file for other print templates; white behind the squares."""
    address = address_of(conference, goal)
    return qr_codes.svg_file(address, error=ERROR, scale=8, light="#ffffff")


def sheets(conference: Conference, language: str) -> dict[str, Any]:
    """One sheet for each goal."""
    goals = list(goals_of(conference))
    shown = conference_page(conference, language, goals=goals, most=0)
    return {
        "conference": shown,
        "sheets": [
            {
                "poster": poster,
                "address": address_of(conference, poster.goal),
                "code": qr_codes.inline_svg(
                    address_of(conference, poster.goal), error=ERROR
                ),
            }
            for poster in shown.posters
        ],
    }
