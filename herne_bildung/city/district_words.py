"""Names of districts among the words people type: "schwimmkurs wanne"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from herne_bildung.city.reference import DistrictNode, Districts
from herne_bildung.lib import analyser

WORD = re.compile(r"\w+")
# So many words of a text are looked at, as in a search.
MOST_WORDS = 10
# Short names are too like other words ("Wanne", "Wannen"). Likeness is of difflib.
LONG_NAME = 6
LEAST_LIKENESS = 0.85
Name = tuple[str, ...]


@dataclass(frozen=True)
class NamedDistricts:
    """Keys of the districts that a text names, and the text without their names,
    empty where no other word is left.
    """

    keys: tuple[str, ...] = ()
    rest: str = ""


def named_districts(text: str, known: Districts, language: str) -> NamedDistricts:
    """The districts named in a text, however umlauts and hyphens are written, and
    nearly as they are spelt; of several words the longest name counts ("Wanne-Süd" is
    not Wanne).

    The city alone is no district to look in: everything is there.
    """
    words = list(WORD.finditer(text))[:MOST_WORDS]
    folded = tuple(analyser.fold(word.group()) for word in words)
    names = names_of(known)
    longest = max(map(len, names), default=0)
    keys: dict[str, None] = {}
    kept, last, position = [], 0, 0
    while position < len(words):
        for length in range(longest, 0, -1):
            if found := names.get(folded[position : position + length]):
                break
        else:
            found = _nearly_named(folded[position], known, language)
        if not found:
            position += 1
            continue
        keys |= dict.fromkeys(found)
        first = position
        while first and not analyser.has_meaning(folded[first - 1]):
            first -= 1  # "in", "in der"
        kept.append(text[last : max(last, words[first].start())])
        position = min(position + length, len(words))
        last = words[position - 1].end()
    left = "".join([*kept, text[last:]]).split()
    rest = " ".join(word for word in left if WORD.search(word))
    if not analyser.has_meaning(rest):
        rest = ""
    if not rest and all(known.by_key[key].parent is None for key in keys):
        return NamedDistricts()
    return NamedDistricts(tuple(keys), rest) if keys else NamedDistricts()


@lru_cache(maxsize=4)
def names_of(known: Districts) -> dict[Name, tuple[str, ...]]:
    """Names as folded words, with the keys of the districts of that name. Of those
    that lie within each other the larger one is meant.
    """
    found: dict[Name, list[DistrictNode]] = {}
    for node in known.by_key.values():
        for name in _spellings(node.name):
            nodes = found.setdefault(name, [])
            if not any(other.key in node.above for other in nodes):
                nodes.append(node)
    return {name: tuple(node.key for node in nodes) for name, nodes in found.items()}


@lru_cache(maxsize=256)
def _nearly_named(word: str, known: Districts, language: str) -> tuple[str, ...]:
    """Keys of the districts whose name, a long one, differs in a letter or an ending
    from a word that no dictionary has.
    """
    if not analyser.may_be_mistyped(word, language):
        return ()
    names = [name for (name, *more) in names_of(known) if not more]
    long_ones = [name for name in names if len(name) >= LONG_NAME]
    close = get_close_matches(word, long_ones, 1, LEAST_LIKENESS)
    return names_of(known)[(close[0],)] if close else ()


def _spellings(name: str) -> Iterator[Name]:
    """A name and, of "Unser Fritz/Crange", each of its parts."""
    for part in dict.fromkeys([name, *name.split("/")]):
        if words := tuple(analyser.fold(part).split()):
            yield words
