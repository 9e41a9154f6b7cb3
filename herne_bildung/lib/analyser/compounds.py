"""German compounds taken apart: "Kindertageseinrichtung" → kind, tag, einrichtung.

A split counts when all its parts are words of the dictionary. Parts have four
letters or more, save a short list; lexicalised words ("Kindergarten") stay whole.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from .dictionaries import forms
from .fold import fold
from .german_words import (
    LEXICALISED,
    NEVER_FIRST,
    NEVER_LAST,
    SHORT_FIRST,
    SHORT_LAST,
)
from .lemmas import lemmas
from .stop_words import STOP_WORDS

SHORTEST_PART = 4
LONGEST_COMPOUND = 45
MOST_PARTS = 4
_LINKS = ("s", "n", "en", "er", "es", "e", "ens")
_NEEDS_LINK = ("ung", "heit", "keit", "schaft", "ion", "tät")
_SHORTEST_OTHER_LAST = 6
_OPENS_WITH_ER = re.compile(
    "er(?:eign|fahr|find|folg|gebn|hebung|hol|inner|klär|kund|leb|mittl|nähr|öffn|reich|"
    "satz|stell|wachs|werb|zieh)"
)


class Part(NamedTuple):
    """A piece of a compound: where it starts, and the terms it is found by."""

    start: int
    end: int
    terms: tuple[str, ...]


@lru_cache(maxsize=8192)
def parts(word: str) -> tuple[Part, ...]:
    """Pieces of a German word in lower case with umlauts; () if it is no compound."""
    if not 6 <= len(word) <= LONGEST_COMPOUND or not word.isalpha():
        return ()
    if lexicalised_terms(word) is not None:
        return ()
    pieces = _Splitter(word).pieces()
    finer: list[Part] = []
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1
        finer += _finer(word, piece, last=last)
    return tuple(finer)


def _finer(word: str, piece: Part, *, last: bool) -> list[Part]:
    """A piece that is a compound itself, taken apart further; else unchanged."""
    text = word[piece.start : piece.end]
    if len(text) < 2 * SHORTEST_PART or lexicalised_terms(text) is not None:
        return [piece]
    inner = _Splitter(text, last=last).pieces()
    return [
        Part(piece.start + part.start, piece.start + part.end, part.terms)
        for part in inner
    ] or [piece]


def lexicalised_terms(word: str) -> tuple[str, ...] | None:
    """What a lexicalised word may be found by, in any of its forms; else None."""
    if word in LEXICALISED:
        return LEXICALISED[word]
    lemma = forms("de").get(word.capitalize(), "").lower()
    if lemma in LEXICALISED:
        return LEXICALISED[lemma]
    for link in ("s", "n"):
        if word.endswith(link) and word.removesuffix(link) in LEXICALISED:
            return LEXICALISED[word.removesuffix(link)]
    return None


class _Splitter:
    """Finds the best way to read one word as several."""

    def __init__(self, word: str, *, last: bool = True) -> None:
        self.word = word
        self.last = last  # whether the word's end is the compound's end
        self.splits: dict[tuple[int, int], tuple[Part, ...]] = {}

    def pieces(self) -> tuple[Part, ...]:
        """The split with fewest parts, and among those the longest short part."""
        return self._split(0, MOST_PARTS)

    def _split(self, start: int, most: int) -> tuple[Part, ...]:
        key = (start, most)
        if key not in self.splits:
            self.splits[key] = self._best(start, most)
        return self.splits[key]

    def _best(self, start: int, most: int) -> tuple[Part, ...]:
        if most < 2:
            return ()
        best: tuple[Part, ...] = ()
        for end in range(start + 3, len(self.word) - 2):
            piece = self.word[start:end]
            first = first_terms(piece)
            if not first or (start and piece.removesuffix("s") in NEVER_LAST):
                continue
            rest = self._rest(end, most - 1)
            if rest and not self._takes_er(start, end, rest[0].end):
                split = (Part(start, end, first), *rest)
                best = max(best, split, key=_quality)
        return best

    def _takes_er(self, start: int, end: int, rest_end: int) -> bool:
        """Whether "er" opens the second part: "Lern|erfahrung", no "Lerner"."""
        if self.word[end - 2 : end] != "er":
            return False
        shorter, longer = self.word[start : end - 2], self.word[end - 2 : rest_end]
        return bool(_OPENS_WITH_ER.match(longer) and first_terms(shorter))

    def _rest(self, start: int, most: int) -> tuple[Part, ...]:
        text = self.word[start:]
        terms = last_terms(text) if self.last else first_terms(text)
        if terms and text.removesuffix("s") not in NEVER_LAST:
            return (Part(start, len(self.word), terms),)
        return self._split(start, most)


def _quality(split: tuple[Part, ...]) -> tuple[int, int]:
    """How good a reading is: few parts, and no short one among them."""
    if not split:
        return (-MOST_PARTS - 1, 0)
    return (-len(split), min(part.end - part.start for part in split))


@lru_cache(maxsize=8192)
def first_terms(piece: str) -> tuple[str, ...]:
    """Terms of a piece that can open a compound; () if it cannot.

    Nouns ("Eltern"), with a linking sound ("Beratungs"), without their last e
    ("Sprach", "Schul"), and stems of verbs ("Schwimm", "Krabbel").
    """
    if piece in NEVER_FIRST or fold(piece) in STOP_WORDS:
        return ()
    if piece.endswith(_NEEDS_LINK):  # "Bildung|sorte" is no reading
        return ()
    if len(piece) < SHORTEST_PART and piece not in SHORT_FIRST:
        return ()
    lexicalised = lexicalised_terms(piece)
    if lexicalised is not None:
        return (*lemmas(piece, "de"), fold(piece), *lexicalised)
    dictionary = forms("de")
    found: list[str] = []
    if piece.capitalize() in dictionary or _is_stem(piece):
        found += lemmas(piece, "de")
    for link in _LINKS:
        base = piece.removesuffix(link)
        if base == piece or len(base) < 3:
            continue
        if len(base) < SHORTEST_PART and base not in SHORT_FIRST:
            continue
        for noun in (base, base + "e"):
            if noun.capitalize() in dictionary:
                found += lemmas(noun, "de")
                break
    if not found:
        for whole in (piece + "e", piece + "en", piece + "n"):
            if whole.capitalize() in dictionary or whole in dictionary:
                found += lemmas(whole, "de")
                break
    return tuple(dict.fromkeys((*found, fold(piece)))) if found else ()


def _is_stem(piece: str) -> bool:
    """Whether this is the stem of a verb, or an adjective: "lern", "offen"."""
    lemma = forms("de").get(piece)
    return lemma in (piece, piece + "en", piece + "n")


@lru_cache(maxsize=8192)
def last_terms(piece: str) -> tuple[str, ...]:
    """Terms of a piece that can close a compound; () if it cannot."""
    if piece in NEVER_LAST or piece.removesuffix("s") in NEVER_LAST:
        return ()
    if len(piece) < SHORTEST_PART and piece not in SHORT_LAST:
        return ()
    lexicalised = lexicalised_terms(piece)
    if lexicalised is not None:
        return (*lemmas(piece, "de"), fold(piece), *lexicalised)
    dictionary = forms("de")
    noun = piece.capitalize() in dictionary
    if noun or (len(piece) >= _SHORTEST_OTHER_LAST and piece in dictionary):
        return tuple(dict.fromkeys((*lemmas(piece, "de"), fold(piece))))
    return ()
