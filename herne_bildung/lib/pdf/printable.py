"""Texts as a file can hold them."""

import unicodedata
from collections.abc import Callable
from typing import Any

# Control characters (but not the end of a line), halves of characters, no characters.
NEVER = {"Cc", "Cs", "Cn"}


def cleaned(value: Any, change: Callable[[str], str] = str) -> Any:
    """A document without characters that no file can hold; `change` is done to every
    text of it.
    """
    if isinstance(value, dict):
        return {key: cleaned(entry, change) for key, entry in value.items()}
    if isinstance(value, list):
        return [cleaned(entry, change) for entry in value]
    if value is None or isinstance(value, int):
        return value
    if not isinstance(value, str):
        # What only pages use.
        return None
    kept = (c for c in value if c == "\n" or unicodedata.category(c) not in NEVER)
    return change("".join(kept))
