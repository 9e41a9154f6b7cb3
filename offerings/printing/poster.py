"""The poster of an offer: what, when, where, in one or two languages."""

from collections.abc import Mapping
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from herne_bildung.freshness.public import freshness_of
from herne_bildung.lib import clock, pdf
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import BY_CODE, with_second
from offerings.dates.schedules import school_holidays
from offerings.models import Offering
from offerings.printing.entries import Json, entry
from offerings.printing.papers import paper_of

TEMPLATE = Path(__file__).with_name("poster.typ")
PARTS = (Path(__file__).with_name("print.typ"),)


def poster_file(offering: Offering, language: str, asked: Mapping[str, str]) -> bytes:
    """The PDF. `asked` may have a size of `paper` and a second language, `with`."""
    languages = with_second(language, asked.get("with", ""))
    paper = paper_of(asked.get("paper", ""))
    return pdf.pdf(TEMPLATE, document(offering, languages, paper), parts=PARTS)


def document(offering: Offering, languages: list[str], paper: str) -> Json:
    """Everything the poster shows."""
    halves = [half(offering, language) for language in languages]
    return {
        **{name: halves[0][name] for name in ("lang", "dir")},
        "title": halves[0]["title"],
        "author": "Stadt Herne",
        "paper": paper,
        "halves": halves,
    }


def half(offering: Offering, language: str) -> Json:
    """What it says in one language."""
    with translation.override(language):
        freshness = freshness_of("offering", offering, language)
        shown = entry(offering, language, freshness, school_holidays())
        today = day_in_words(clock.today(), language)
        return {
            **shown,
            "lang": BY_CODE[language].spoken_code,
            "dir": BY_CODE[language].direction,
            "next_step_word": _("How do I take part?"),
            "scan": _("Everything about it, always up to date:"),
            "code_word": _("QR code"),
            "printed": _("Printed: %(day)s") % {"day": today},
            "made_up": (
                _("This offer is made up. It only shows what the portal can do.")
                if offering.is_sample
                else ""
            ),
        }
