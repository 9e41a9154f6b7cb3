"""Several words in one line, with the comma of the language."""

from collections.abc import Iterable

from django.utils.translation import get_language

COMMAS = {"ar": "، "}


def listed(texts: Iterable[str]) -> str:
    """ "Monday, Tuesday" in the active language."""
    return COMMAS.get(get_language() or "", ", ").join(texts)
