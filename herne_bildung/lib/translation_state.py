"""What a translation knows about itself: missing, current, outdated, by a machine.

A translation remembers a hash of the German text it was made from. It is outdated
when the German text has another hash today; dates play no part, so saving without
a change outdates nothing.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

MISSING, CURRENT, OUTDATED = "missing", "current", "outdated"


@dataclass(frozen=True, slots=True)
class TranslationState:
    """`state` is MISSING, CURRENT or OUTDATED."""

    state: str
    is_machine_made: bool = False
    is_reviewed: bool = False


def text_hash(text: str | None) -> str:
    """A short hash of a German text; white space at the ends does not count."""
    return hashlib.blake2b((text or "").strip().encode(), digest_size=8).hexdigest()


def state_of(entry: Any, field: str, language: str) -> TranslationState:
    """The state of one field of an entry (a `Translated` model) in a language."""
    column = language.replace("-", "_")
    if not getattr(entry, f"{field}_{column}"):
        return TranslationState(MISSING)
    note = entry.translation_state.get(language, {}).get(field, {})
    german = text_hash(getattr(entry, f"{field}_de"))
    return TranslationState(
        CURRENT if note.get("hash") == german else OUTDATED,
        bool(note.get("machine")),
        bool(note.get("reviewed")),
    )


def mark_current(
    entry: Any,
    field: str,
    language: str,
    *,
    is_machine_made: bool = False,
    is_reviewed: bool = False,
) -> None:
    """Note that the text in `language` was made from today's German text."""
    entry.translation_state.setdefault(language, {})[field] = {
        "hash": text_hash(getattr(entry, f"{field}_de")),
        "machine": is_machine_made,
        "reviewed": is_reviewed,
    }


def take_over_state(entry: Any, source: Any, field: str, language: str) -> None:
    """A text that came from `source` is as current, and as much looked at, as there."""
    states = entry.translation_state.setdefault(language, {})
    states.pop(field, None)
    if note := source.translation_state.get(language, {}).get(field):
        states[field] = dict(note)
