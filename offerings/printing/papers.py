"""What files are made with: the size of paper, a second language."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.languages import LANGUAGES

# As Typst names them; what one chooses from.
PAPERS = {"a4": _("A4"), "a5": _("A5 (small)"), "a3": _("A3 (large)")}
USUAL = "a4"


def paper_of(given: str) -> str:
    """The size asked for; the usual one for what is none."""
    return given if given in PAPERS else USUAL


def choices(path: str, language: str) -> dict[str, Any]:
    """What `offerings/poster_choices.html` shows."""
    return {
        "path": path,
        "papers": PAPERS,
        "languages": [one for one in LANGUAGES if one.code != language],
    }
