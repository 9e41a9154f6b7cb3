"""From what someone typed to what PostgreSQL is asked."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from .dictionaries import LANGUAGES
from .fold import fold
from .lemmas import known, lemmas, spoken, umlaut_spellings, without_article
from .stop_words import STOP_WORDS
from .synonyms import Synonyms, loaded_synonyms
from .tokens import folded_word, lowered, one_word, shape, tokens

LONGEST_QUERY = 400
MOST_GROUPS = 10
MOST_ALTERNATIVES = 32
# A last word this long may still be unfinished; shorter ones begin too much.
SHORTEST_UNFINISHED = 4
SHORTEST_BEGINNING = 5
SHORTEST_MISTYPED = 4

Groups = tuple[tuple[str, ...], ...]


class _Word(NamedTuple):
    """A word of the query: its spellings, lower case with accents."""

    spellings: tuple[str, ...]
    joined: int
    """Number of the written word it came from: parts of one share it."""

    @property
    def folded(self) -> str:
        return folded_word(self.spellings[0])


def query_groups(
    text: str, language: str, synonyms: Synonyms | None = None
) -> list[tuple[str, ...]]:
    """What must be found: all groups, and of each group one alternative.

    An alternative is a term; or several joined by "&", which must all occur
    ("eltern&kind&gruppe"); or the beginning of a word, marked by "*" ("schwimmk*").
    Filling words are dropped unless there is nothing else. At most 10 groups of
    32 alternatives. `synonyms` defaults to those given to `load_synonyms`.
    """
    synonyms = loaded_synonyms() if synonyms is None else synonyms
    return list(_groups(text[:LONGEST_QUERY], spoken(language), synonyms))


@lru_cache(maxsize=1024)
def _groups(text: str, language: str, synonyms: Synonyms) -> Groups:
    words = _words(text, language)
    groups: dict[tuple[str, ...], None] = {}
    while words and len(groups) < MOST_GROUPS:
        match = synonyms.match(tuple(word.spellings[0] for word in words), language)
        length = max(match.length if match else 1, _written_together(words))
        taken, words = words[:length], words[length:]
        alternatives = _own_alternatives(taken, language)
        if not words and length == 1:
            alternatives += _beginning(taken[0].spellings[0], language)
        if match and match.length == length:
            alternatives += synonyms.alternatives(match, language)
        unique = [term for term in dict.fromkeys(alternatives) if term]
        if unique:
            groups[tuple(unique[:MOST_ALTERNATIVES])] = None
    return tuple(groups)


def _words(text: str, language: str) -> list[_Word]:
    """Words that matter, in order; hyphens taken apart."""
    words = []
    for number, token in enumerate(tokens(text)):
        written = shape(token.text, language)
        if written.words:
            words.append(_Word(written.words, number))
        words += [_Word((part,), number) for part in written.parts]
    words = [word for word in words if word.folded]
    words = [word for word in words if word.folded not in STOP_WORDS] or words
    return _joined(words)


def _joined(words: list[_Word]) -> list[_Word]:
    """The words, with those that are one put together ("free time")."""
    found: list[_Word] = []
    for word in words:
        together = one_word(found[-1].folded, word.folded) if found else ""
        if together:
            found[-1] = _Word((together,), found[-1].joined)
        else:
            found.append(word)
    return found


def _written_together(words: list[_Word]) -> int:
    """How many words, from the first on, were joined by hyphens."""
    first = words[0].joined
    return sum(1 for word in words if word.joined == first)


def _own_alternatives(words: list[_Word], language: str) -> list[str]:
    """Terms for the words themselves, before synonyms."""
    if len(words) == 1:
        return _word_alternatives(words[0].spellings, language)
    choices = [_word_alternatives(word.spellings, language)[:3] for word in words]
    together = "".join(word.folded for word in words)[:64]
    last = choices[-1][1:2]
    joined = ["".join(word.folded for word in words[:-1]) + ending for ending in last]
    combined = ["&".join(choice) for choice in product(*choices)]
    return [together, *joined, *combined][: MOST_ALTERNATIVES // 2]


def _word_alternatives(spellings: Iterable[str], language: str) -> list[str]:
    """A word as typed, its lemmas in the page's language and in German."""
    languages = dict.fromkeys((language, "de"))
    terms: list[str] = []
    for spelling in spellings:
        terms.append(folded_word(spelling))
        for code in languages:
            terms += lemmas(spelling, code)
        if not _known(spelling, languages):
            for code in languages:
                for word in umlaut_spellings(spelling, code):
                    terms += (folded_word(word), *lemmas(word, code))
        terms.append(without_article(folded_word(spelling)))
    return list(dict.fromkeys(term for term in terms if term))


def _known(word: str, languages: Iterable[str]) -> bool:
    """Whether a dictionary has the word."""
    return any(code in LANGUAGES and known(word, code) for code in languages)


def has_meaning(text: str) -> bool:
    """Whether a text has more than filling words: "in der" has not."""
    folded = fold(text[:LONGEST_QUERY]).split()
    return any(word not in STOP_WORDS for word in folded)


def may_be_mistyped(word: str, language: str) -> bool:
    """Whether to look for words spelled like this one, when nothing was found.

    Not for words of the dictionary ("Schulden" is no "Schule"), nor for short
    ones, which are like too many others.
    """
    if len(word) < SHORTEST_MISTYPED:
        return False
    written = lowered(word, spoken(language))
    return not _known(written, (spoken(language), "de"))


def with_umlauts(word: str, language: str) -> str:
    """A folded word as the dictionary writes it, to be shown: "mädchen" for
    "maedchen"; unchanged where the dictionary has it so, or not at all.
    """
    for code in dict.fromkeys((spoken(language), "de")):
        for written in umlaut_spellings(word, code):
            if known(written, code):
                return written
    return word


def _beginning(word: str, language: str) -> list[str]:
    """Words that begin with the last word typed: it may be unfinished.

    It also brings "musikalisch" for "Musik". A whole word must be longer than one
    that no dictionary has, or "Fuß" would find "Fußball".
    """
    whole = bool(lemmas(word, language)) or _known(word, (language, "de"))
    folded = folded_word(word)
    shortest = SHORTEST_BEGINNING if whole else SHORTEST_UNFINISHED
    return [folded + "*"] if len(folded) >= shortest else []


def tsquery(groups: Iterable[Iterable[str]]) -> str:
    """The groups as text for `to_tsquery('simple', …)`; "" if there are none."""
    asked = []
    for group in groups:
        alternatives = [_alternative(term) for term in group]
        if alternatives:
            asked.append("(" + " | ".join(alternatives) + ")")
    return " & ".join(asked)


def _alternative(alternative: str) -> str:
    terms = [_quoted(term) for term in alternative.split("&") if term]
    return terms[0] if len(terms) == 1 else "(" + " & ".join(terms) + ")"


def _quoted(term: str) -> str:
    """A term as a quoted lexeme; "*" at its end asks for words that begin so."""
    prefix = ":*" if term.endswith("*") else ""
    lexeme = term.removesuffix("*").replace("\\", "\\\\").replace("'", "''")
    return f"'{lexeme}'{prefix}"
