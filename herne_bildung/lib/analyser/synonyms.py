"""Words that mean the same, in all languages: "toddler group" = "Krabbelgruppe"."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import islice, product
from typing import NamedTuple

from .dictionaries import LANGUAGES
from .fold import sort_key
from .lemmas import found_lemmas, spoken, without_article
from .stop_words import STOP_WORDS
from .tokens import folded_word, shape, tokens

LONGEST_PHRASE = 4
_MOST_KEYS = 64
_LEMMA_IS_SAFE = frozenset({"de", "en"})


class _Member(NamedTuple):
    language: str
    words: tuple[str, ...]


class Match(NamedTuple):
    """Synonyms found at a place in a query."""

    length: int
    """How many words of the query they stand for."""
    groups: tuple[int, ...]


class Synonyms:
    """Groups of words and phrases with one meaning, for the query side.

    The keys are worked out on first use, since that needs the dictionaries.
    """

    def __init__(self, groups: Iterable[Mapping[str, object]] = ()) -> None:
        self.groups = [
            [
                _Member(spoken(language), words)
                for language, phrases in group["words"].items()
                for phrase in phrases
                if (words := phrase_words(phrase, spoken(language)))
            ]
            for group in groups
        ]

    @cached_property
    def _keys(self) -> dict[tuple[str, ...], list[tuple[str, int]]]:
        """Folded words or lemmas of a member → its language and group."""
        keys: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        for number, group in enumerate(self.groups):
            for member in group:
                for key in _spellings(member.words, member.language):
                    keys.setdefault(key, []).append((member.language, number))
                if len(member.words) > 1:
                    joined = "".join(folded_word(word) for word in member.words)
                    keys.setdefault((joined,), []).append((member.language, number))
        return keys

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(key[0] for key in self._keys)

    def match(self, words: tuple[str, ...], language: str) -> Match | None:
        """The longest member the words begin with; None if there is none.

        Members in the reader's language come before those of other languages.
        """
        if not self.groups:
            return None
        order = dict.fromkeys((spoken(language), "de", *LANGUAGES))
        found: dict[int, dict[str, set[int]]] = {}
        for candidate in order:
            self._collect(words, candidate, found)
        if not found:
            return None
        length = max(found)
        by_language = found[length]
        own = by_language.get(spoken(language)) or set().union(*by_language.values())
        return Match(length, tuple(sorted(own)))

    def _collect(
        self,
        words: tuple[str, ...],
        language: str,
        found: dict[int, dict[str, set[int]]],
    ) -> None:
        forms = [_forms(word, language) for word in words[:LONGEST_PHRASE]]
        if self._first_words.isdisjoint(forms[0]):
            return
        for length in range(1, len(forms) + 1):
            for key in islice(product(*forms[:length]), _MOST_KEYS):
                for member_language, group in self._keys.get(key, ()):
                    if member_language == language:
                        languages = found.setdefault(length, {})
                        languages.setdefault(language, set()).add(group)

    def alternatives(self, match: Match, language: str) -> list[str]:
        """Search terms for all members: the reader's language, German, the rest.

        A phrase is its words joined by "&": all of them must occur.
        """
        order = list(dict.fromkeys((spoken(language), "de", *LANGUAGES)))
        members = [member for number in match.groups for member in self.groups[number]]
        members.sort(key=lambda member: order.index(member.language))
        terms: dict[str, None] = {}
        for member in members:
            terms[
                "&".join(_primary(word, member.language) for word in member.words)
            ] = None
            if len(member.words) > 1:
                terms["".join(folded_word(word) for word in member.words)] = None
        return list(terms)


def phrase_words(phrase: str, language: str) -> tuple[str, ...]:
    """Words of a phrase in lower case without filling words, hyphens taken apart."""
    words: list[str] = []
    for token in tokens(phrase):
        written = shape(token.text, language)
        words += written.parts or written.words[:1]
    content = [word for word in words if folded_word(word) not in STOP_WORDS]
    return tuple(content or words)


def _primary(word: str, language: str) -> str:
    """The one term that finds a member in texts.

    German and English words stand for all their forms. Elsewhere the word as the
    list has it is safer: lemmas of Arabic or Romanian are often other words.
    """
    found = found_lemmas(word, language) if language in _LEMMA_IS_SAFE else ()
    return folded_word(word if not found or word in found else found[0])


def _forms(word: str, language: str) -> tuple[str, ...]:
    """Spellings under which a word of a query may be a member: itself, lemmas."""
    folded = folded_word(word)
    found = (folded_word(lemma) for lemma in found_lemmas(word, language))
    return tuple(dict.fromkeys((folded, *found, without_article(folded) or folded)))


def _spellings(words: tuple[str, ...], language: str) -> set[tuple[str, ...]]:
    """Keys of a member; also as typed without umlauts: "yuzme" for "yüzme"."""
    forms = [(*_forms(word, language), sort_key(word)) for word in words]
    return set(islice(product(*forms), _MOST_KEYS))


_loaded = Synonyms()


def load_synonyms(groups: Iterable[Mapping[str, object]]) -> Synonyms:
    """Make these groups the synonyms of this process, and return them.

    A group is `{"words": {"de": ["Kita", …], "tr": [...], …}}`.
    """
    global _loaded
    _loaded = Synonyms(groups)
    return _loaded


def loaded_synonyms() -> Synonyms:
    """The synonyms of this process; empty until `load_synonyms` was called."""
    return _loaded
