"""Words of a text with their places in it, hyphens and gender signs included."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from .fold import fold, normalised

LONGEST_WORD = 64
# No letters themselves, but inside a word: accents, Arabic vowel signs, soft
# hyphen, middle dots (Leichte Sprache), signs without width.
_INSIDE = (
    "\u0300-\u036f\u064b-\u065f\u0670\u06d6-\u06ed\u00ad\u00b7\u2027\u200b-\u200f\u2060"
)
_LETTERS = rf"[^\W_](?:[^\W_]|[{_INSIDE}])*"
_HYPHENS = "-\u2010\u2011\u2013"
_APOSTROPHES = "'\u2019\u02bc"
_WORD = re.compile(
    rf"{_LETTERS}"
    rf"(?:(?:[{_HYPHENS}{_APOSTROPHES}*:_]|/-?(?=in(?:nen)?\b)|\((?=in(?:nen)?\)))"
    rf"{_LETTERS})*"
)
# As in Lehrer*innen, Bürger:innenfest, Schüler/-innen, Jugendliche*r.
_GENDER_SIGN = re.compile(
    r"^(?P<base>.+?)(?:[*:_]|/-?|\()(?P<ending>in(?:nen)?|[rnes]|e[rn])(?P<rest>\w*)$"
)
_GENDER_CAPITAL = re.compile(r"(?<=[a-zäöüß])In(?=nen|$)")
_BETWEEN_PARTS = re.compile(rf"[{_HYPHENS}{_APOSTROPHES}*:_/(]+")
_AND = frozenset(("und", "oder", "sowie", "bis"))
# Words that are one: "free time" does not say that something is free.
_ONE_WORD = frozenset({("free", "time")})
_INVISIBLE = re.compile(f"[{_INSIDE[_INSIDE.index(chr(0xAD)) :]}]")


class Token(NamedTuple):
    """A word as written, and where it stands in the text."""

    start: int
    end: int
    text: str


def tokens(text: str) -> Iterator[Token]:
    """Every word of the text, in order."""
    for match in _WORD.finditer(text):
        yield Token(match.start(), match.end(), match.group())


def suspended_pairs(text: str, words: list[Token]) -> Iterator[tuple[str, str]]:
    """Shortened words and the word they lean on: ("mal", "bastelkurs")."""
    shortened: list[str] = []
    for word in words:
        if text[word.end : word.end + 1] in tuple(_HYPHENS):
            shortened.append(word.text)
        elif shortened and word.text not in _AND:
            for start in shortened:
                yield lowered(start, "de"), lowered(word.text, "de")
            shortened.clear()


def lowered(word: str, language: str) -> str:
    """A word in lower case with its accents, as dictionaries know it."""
    if language == "tr":
        word = word.replace("I", "ı").replace("İ", "i")
    return _INVISIBLE.sub("", normalised(word)).lower()[:LONGEST_WORD]


def folded_word(word: str) -> str:
    """A word in its indexed spelling, without spaces; may be empty."""
    return fold(word).replace(" ", "")[:LONGEST_WORD]


def one_word(first: str, second: str) -> str:
    """Two folded words as one, where they mean something only together; else ""."""
    return first + second if (first, second) in _ONE_WORD else ""


class Shape(NamedTuple):
    """What a written word is made of."""

    words: tuple[str, ...]
    """Spellings of one and the same word: (Lehrerinnen, Lehrer)."""
    parts: tuple[str, ...]
    """Words joined by hyphens, in order; empty for a plain word."""


@lru_cache(maxsize=4096)
def shape(text: str, language: str) -> Shape:
    """Take one written word apart at its gender signs, or at its hyphens."""
    text = _GENDER_CAPITAL.sub("*in", text) if language == "de" else text
    if language == "de" and (match := _GENDER_SIGN.match(text)):
        base, ending, rest = match["base"], match["ending"], match["rest"]
        spellings = (f"{base}{ending}{rest}", base)
        return Shape(tuple(lowered(word, language) for word in spellings), ())
    parts = tuple(
        lowered(part, language)
        for part in _BETWEEN_PARTS.split(text)
        if folded_word(part)
    )
    if len(parts) > 1:
        return Shape((), parts)
    return Shape(parts, ())
