"""Whether a text is plain: remarks for its author, never a refusal."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_SENTENCES = 3
MOST_WORDS = 15
LONGEST_WORD = 24


def remarks(text: str) -> list[str]:
    """What makes a text of two or three short sentences hard to read; German."""
    found = []
    sentences = [one for one in re.split(r"[.!?:]\s+", text.strip()) if one]
    if len(sentences) > MOST_SENTENCES:
        found.append(
            ngettext(
                "More than %(number)s sentence.",
                "More than %(number)s sentences.",
                MOST_SENTENCES,
            )
            % {"number": MOST_SENTENCES}
        )
    if any(len(one.split()) > MOST_WORDS for one in sentences):
        text_of_long = _("A sentence has more than %(number)s words.")
        found.append(text_of_long % {"number": MOST_WORDS})
    long = [word for word in re.findall(r"\w+", text) if len(word) > LONGEST_WORD]
    if long:
        found.append(_("Very long words: %(words)s.") % {"words": ", ".join(long)})
    return found
