"""What differs between two texts, word by word, for people to read."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

WORDS = re.compile(r"\s+|\S+")


class Part(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


def differences(old: str, new: str) -> list[tuple[Part, str]]:
    """Both texts as one: words that stay, that went, that came, in order."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    return [part for part in _parts(before, after) if part[1]]


def _parts(old: list[str], new: list[str]) -> Iterator[tuple[Part, str]]:
    for what, i, j, k, n in SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Part.SAME, "".join(old[i:j])
            continue
        yield Part.REMOVED, "".join(old[i:j])
        yield Part.ADDED, "".join(new[k:n])
