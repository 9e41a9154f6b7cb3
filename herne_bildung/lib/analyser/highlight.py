"""Which words of a text a search found."""

from collections.abc import Iterable

from .fold import LONGEST_RAW_WORD
from .index import token_terms
from .lemmas import spoken
from .tokens import tokens

LONGEST_TEXT = 20_000


def highlight(
    text: str, groups: Iterable[Iterable[str]], language: str
) -> list[tuple[str, bool]]:
    """The text in pieces; True marks a word found by one of the groups.

    `language` is the text's. The pieces joined are the text, nothing is escaped.
    Words of a phrase are marked only where the text has all of them.
    """
    language = spoken(language)
    alternatives = {term for group in groups for term in group}
    if not alternatives or not text:
        return [(text, False)] if text else []
    found = [
        (token, frozenset(token_terms(token.text[:LONGEST_RAW_WORD], language)))
        for token in tokens(text[:LONGEST_TEXT])
    ]
    wanted, beginnings = _wanted(alternatives, [terms for _, terms in found])
    pieces: list[tuple[str, bool]] = []
    last = 0
    for token, terms in found:
        if terms.isdisjoint(wanted) and not _begins(terms, beginnings):
            continue
        if token.start > last:
            pieces.append((text[last : token.start], False))
        pieces.append((text[token.start : token.end], True))
        last = token.end
    if last < len(text):
        pieces.append((text[last:], False))
    return pieces


def _wanted(
    alternatives: set[str], words: list[frozenset[str]]
) -> tuple[set[str], tuple[str, ...]]:
    """Single terms to mark, and beginnings of words to mark."""
    present = frozenset().union(*words)
    wanted: set[str] = set()
    for alternative in alternatives:
        terms = alternative.split("&")
        if present.issuperset(terms):
            wanted.update(terms)
    beginnings = tuple(term[:-1] for term in alternatives if term.endswith("*"))
    return wanted, beginnings


def _begins(terms: frozenset[str], beginnings: tuple[str, ...]) -> bool:
    return bool(beginnings) and any(term.startswith(beginnings) for term in terms)
