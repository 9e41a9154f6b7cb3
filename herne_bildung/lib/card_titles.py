"""Titles of cards, with the words of a search marked."""

from collections.abc import Iterable, Sequence
from typing import Any

from herne_bildung.lib import analyser
from herne_bildung.lib.localized import Text


def card_title(
    title: Text, groups: Sequence[Iterable[str]], language: str
) -> dict[str, Any]:
    """A title as `components/offer_list.html` has it: text, lang, dir, and segments
    where there are words to mark (`groups`, of `analyser.query_groups`). `language` is
    the reader's.
    """
    return {
        "text": title.text,
        "lang": title.lang,
        "dir": title.dir,
        "segments": _marked(title, groups, language) if groups else None,
    }


def _marked(
    title: Text, groups: Sequence[Iterable[str]], language: str
) -> list[dict[str, Any]]:
    pieces = analyser.highlight(title.text, groups, title.lang or language)
    return [{"text": text, "hit": is_hit} for text, is_hit in pieces]
