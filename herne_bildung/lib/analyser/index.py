"""From a text to the terms it can be found by."""

from functools import lru_cache

from .compounds import lexicalised_terms, parts
from .fold import LONGEST_RAW_WORD, fold
from .lemmas import lemmas, spoken, without_article
from .stop_words import STOP_WORDS
from .tokens import Token, folded_word, one_word, shape, suspended_pairs, tokens

# A text beyond this is cut: a description has 2,000 characters, and PostgreSQL
# takes no more than one megabyte of terms.
LONGEST_TEXT = 100_000
# In a text this short, say a title, words like "mit" and "uns" are kept.
SHORT_TEXT_WORDS = 12


def index_terms(text: str, language: str, *, with_parts: bool = True) -> list[str]:
    """Terms to index a text by, each once, in the order of the words.

    For every word: its folded spelling and its lemmas; for German also the parts
    of compounds, both genders of persons, and "Malkurs" for "Mal- und Bastelkurs".
    Words joined by hyphens count as parts and as one word. Filling words are left
    out of texts of more than `SHORT_TEXT_WORDS` words. `with_parts` false is for long
    texts, where "Schulferien" says nothing about a school.
    """
    language = spoken(language)
    text = text[:LONGEST_TEXT]
    words = list(tokens(text))
    short = len(words) <= SHORT_TEXT_WORDS
    terms: dict[str, None] = {}
    for number, word in enumerate(words):
        written = word.text[:LONGEST_RAW_WORD]
        if together := _with_next(words, number):
            terms[together] = None
        elif short or folded_word(written) not in STOP_WORDS:
            found = token_terms(written, language, with_parts)
            terms.update(dict.fromkeys(found))
    if language == "de":
        for shortened, full in suspended_pairs(text, words):
            terms.update(dict.fromkeys(_completed(shortened, full)))
    return list(terms)


def _with_next(words: list[Token], number: int) -> str:
    """A word and the next as one term, where they are one ("free time")."""
    pair = [word.text[:LONGEST_RAW_WORD] for word in words[number : number + 2]]
    return one_word(*(word.lower() for word in pair)) if len(pair) == 2 else ""


def fuzzy_text(text: str) -> str:
    """Text to compare by trigrams when no word was found.

    Folded words, each once, and the parts of German compounds, since similarity
    counts beginnings of words: "hebame" is then close to "Familienhebamme".
    """
    words: dict[str, None] = {}
    for token in tokens(text[:LONGEST_TEXT]):
        words.update(dict.fromkeys(_fuzzy_words(token.text[:LONGEST_RAW_WORD])))
    return " ".join(words)


@lru_cache(maxsize=4096)
def _fuzzy_words(text: str) -> tuple[str, ...]:
    written = shape(text, "de")
    found: list[str] = []
    for word in (*written.words, *written.parts):
        found.append(folded_word(word))
        found += (fold(word[piece.start : piece.end]) for piece in parts(word))
    return tuple(word for word in found if word)


@lru_cache(maxsize=16_384)
def token_terms(text: str, language: str, with_parts: bool = True) -> tuple[str, ...]:
    """Terms of one written word, hyphens and gender signs included."""
    written = shape(text, language)
    terms: list[str] = []
    for word in (*written.words, *written.parts):
        terms += word_terms(word, language, with_parts)
    if written.parts:
        terms += joined_terms(written.parts, language)
    return tuple(dict.fromkeys(terms))


def joined_terms(words: tuple[str, ...], language: str) -> list[str]:
    """Words joined by hyphens as one word: as written, and with its last lemma."""
    start = "".join(folded_word(word) for word in words[:-1])
    last = words[-1]
    endings = (folded_word(last), *lemmas(last, language))
    return [(start + ending)[:64] for ending in endings]


def word_terms(word: str, language: str, with_parts: bool = True) -> tuple[str, ...]:
    """Terms of a plain word in lower case with its accents."""
    terms = [folded_word(word), *lemmas(word, language)]
    if language == "ar" and (bare := without_article(terms[0])):
        terms.append(bare)
    if language == "de" and with_parts:
        terms += _compound_terms(word)
    return tuple(dict.fromkeys(term for term in terms if term))


def _compound_terms(word: str) -> list[str]:
    """Parts of a compound, and every shorter word that ends or starts like it."""
    pieces = parts(word)
    if not pieces:
        return list(lexicalised_terms(word) or ())
    terms: list[str] = []
    for piece in pieces:
        terms += piece.terms
    last = pieces[-1]
    for piece in pieces[:-1]:
        start = fold(word[piece.start : last.start])
        terms += [start + ending for ending in last.terms]
    for piece in pieces[1:-1]:
        start = fold(word[: piece.start])
        terms += [start + ending for ending in piece.terms]
    return terms


def _completed(shortened: str, full: str) -> list[str]:
    """ "Mal" before "Bastelkurs" read as "Malkurs"."""
    pieces = parts(full)
    if not pieces:
        return []
    start = folded_word(shortened)
    return [(start + ending)[:64] for ending in pieces[-1].terms]
