"""Lemmas: the dictionary form that stands for all forms of a word."""

import re
from functools import lru_cache
from itertools import product

from .dictionaries import LANGUAGES, forms, rules
from .tokens import folded_word

_ARABIC_ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARABIC = re.compile("[\u0621-\u064a]")
_UMLAUT_TYPED = re.compile("ae|oe|ue|ss")
_UMLAUT_BARE = re.compile("[aou]")
_UMLAUTS = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß", "a": "ä", "o": "ö", "u": "ü"}
# More places than this in one word are not tried: 2 ** 4 spellings are enough.
_MOST_UMLAUTS = 4
# -in makes these endings female persons; elsewhere (Termin, Medizin) it does not.
_FEMALE = re.compile(r"(?:er|or|ent|ant|ist|eur|iat|ekt|eut|at|ert|og|eg|ar)in$")
_FEMALE_UMLAUT = {
    "ärztin": "arzt",
    "anwältin": "anwalt",
    "köchin": "koch",
    "bäuerin": "bauer",
    "freundin": "freund",
    "chefin": "chef",
    "kundin": "kunde",
    "patin": "pate",
    "türkin": "türke",
}


def spoken(language: str) -> str:
    """The language a variant belongs to: `de` for `de-simple` and `de_simple`."""
    return language.replace("_", "-").partition("-")[0]


def known(word: str, language: str = "de") -> bool:
    """Whether the dictionary has this word, capital or not."""
    dictionary = forms(language)
    return word in dictionary or word.capitalize() in dictionary


@lru_cache(maxsize=8192)
def found_lemmas(word: str, language: str) -> tuple[str, ...]:
    """Lemmas in the dictionary for a word in lower case, nouns first; () if none."""
    dictionary = forms(language)
    found = (dictionary.get(word.capitalize()), dictionary.get(word))
    return tuple(dict.fromkeys(lemma.lower() for lemma in found if lemma))


@lru_cache(maxsize=8192)
def lemmas(word: str, language: str) -> tuple[str, ...]:
    """Lemmas of a word (lower case, accents kept), as indexed; may be empty.

    Found in the dictionary; for German else by suffix rules (those of the other
    languages guess too freely). German persons bring the other gender along:
    "lehrerin" also gives "lehrer".
    """
    if language not in LANGUAGES:
        return ()
    found = found_lemmas(word, language)
    if not found and language == "ar":
        found = _arabic_lemmas(word)
    if not found and language == "de":
        lemma = rules().get_lemma(word.capitalize(), language)
        found = (lemma.lower(),) if lemma and lemma.isalpha() else ()
    if language == "de":
        found += tuple(male for lemma in found if (male := _male(lemma)))
    folded = (folded_word(lemma) for lemma in found)
    return tuple(dict.fromkeys(lemma for lemma in folded if lemma))


def _arabic_lemmas(word: str) -> tuple[str, ...]:
    """Lemmas of an Arabic word with an article, without hamza, or a plain end."""
    spellings = []
    for spelling in filter(None, (word, without_article(word))):
        spellings.append(spelling)
        if spelling[0] == "ا":
            spellings += ["أ" + spelling[1:], "إ" + spelling[1:]]
        if spelling[-1] == "ه":
            spellings.append(spelling[:-1] + "ة")
    return tuple(lemma for word in spellings for lemma in found_lemmas(word, "ar"))


def without_article(word: str) -> str:
    """An Arabic word without the article written onto it; "" if it has none."""
    if not _ARABIC.match(word):
        return ""
    for article in _ARABIC_ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return ""


def _male(lemma: str) -> str | None:
    """The male or neutral person word to a female one; None for other words."""
    if lemma in _FEMALE_UMLAUT:
        return _FEMALE_UMLAUT[lemma]
    if not _FEMALE.search(lemma):
        return None
    stem = lemma[:-2]
    dictionary = forms("de")
    for male in (stem, stem + "e"):
        if len(male) >= 5 and male.capitalize() in dictionary:
            return male
    return None


@lru_cache(maxsize=4096)
def umlaut_spellings(word: str, language: str) -> tuple[str, ...]:
    """What a word typed without umlauts may stand for: "maedchen", "madchen".

    Empty for words the dictionary knows. Known words first; if there are none,
    every spelling with one umlaut, so that rare compounds are still found.
    """
    if language not in LANGUAGES or len(word) < 3 or known(word, language):
        return ()
    typed = _spellings(word, _UMLAUT_TYPED) if language == "de" else ()
    bare = _spellings(word, _UMLAUT_BARE)
    candidates = (*typed, *bare)
    real = tuple(candidate for candidate in candidates if known(candidate, language))
    if real:
        return real
    changed = (candidate for candidate in bare if _differences(candidate, word) == 1)
    return tuple(changed)


def _differences(one: str, other: str) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))


def _spellings(word: str, places: re.Pattern[str]) -> tuple[str, ...]:
    """The word with each choice of up to four places turned into umlauts."""
    matches = list(places.finditer(word))
    if not 0 < len(matches) <= _MOST_UMLAUTS:
        return ()
    spellings = []
    for choice in product((False, True), repeat=len(matches)):
        pieces, last = [], 0
        for chosen, match in zip(choice, matches, strict=True):
            pieces.append(word[last : match.start()])
            pieces.append(_UMLAUTS[match[0]] if chosen else match[0])
            last = match.end()
        if any(choice):
            spellings.append("".join(pieces) + word[last:])
    return tuple(spellings)
