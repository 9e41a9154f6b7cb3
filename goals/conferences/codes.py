"""QR codes for the tables of a conference: a phone's camera opens the form."""

import io
from typing import Any

import segno
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from goals.conferences.page import conference_page
from goals.conferences.posters import form_path, goals_of
from goals.models import Conference, Goal

# White around the squares, in squares: cameras need it.
BORDER = 4


def address_of(conference: Conference, goal: Goal) -> str:
    """The whole address of a goal's form, in the active language."""
    return f"{settings.PUBLIC_ADDRESS}{form_path(conference, goal)}"


def code_of(conference: Conference, goal: Goal) -> segno.QRCode:
    """The QR code of that address; a quarter of it may be covered by a cup."""
    return segno.make(address_of(conference, goal), error="q", micro=False)


def inline_svg(conference: Conference, goal: Goal) -> SafeString:
    """The code as a picture within a page."""
    drawn = code_of(conference, goal).svg_inline(
        border=BORDER, omitsize=True, svgclass="code-sheet__squares", lineclass=None
    )
    return mark_safe(drawn)  # noqa: S308 - squares made from our own address


def svg_file(conference: Conference, goal: Goal) -> bytes:
    """The code as a file for other print templates; white behind the squares."""
    target = io.BytesIO()
    code_of(conference, goal).save(
        target, kind="svg", border=BORDER, scale=8, light="#ffffff"
    )
    return target.getvalue()


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
                "code": inline_svg(conference, poster.goal),
            }
            for poster in shown.posters
        ],
    }
