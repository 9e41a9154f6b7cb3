"""Several words in one line, with the comma of the language."""

from collections.abc import Iterable

from django.utils.translation import get_language

COMMAS = {"ar": "، "}
SEMICOLONS = {"ar": "؛ "}


def listed_apart(texts: Iterable[str]) -> str:
    """ "Monday, 10 a.m.; Tuesday, 9 a.m.": of texts that may have commas."""
    return SEMICOLONS.get(get_language() or "", "; ").join(texts)


def listed(texts: Iterable[str]) -> str:
    """ "Monday, Tuesday" in the active language."""
    return COMMAS.get(get_language() or "", ", ").join(texts)
