"""Words that people searched for and nothing was found, counted without the people."""

import re

from herne_bildung.lib import counts
from herne_bildung.lib.analyser import fold

NAME = "search-without-result"
# Telephone numbers and mail addresses say who searched; they are not counted.
LONG_NUMBER = re.compile(r"(\d[\s/()-]*){5}")


def note(text: str) -> None:
    """Count one search for these words; what could name a person is left out."""
    words = fold(text)[: counts.LONGEST_NAME].strip()
    if words and "@" not in text and not LONG_NUMBER.search(text):
        counts.count(NAME, words)
