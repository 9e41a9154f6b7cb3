"""History of entries, and changes that wait. See the README of the app.

note(entry, by=user, how="login")       after every saving
noted([entries], by=user, how="care")   around a change of several
snapshots.take / apply                  an entry as JSON, and back
waiting.store / accept / send_back      changes by people who may not publish
"""

from herne_bildung.city.versions.declared import (
    Child,
    Group,
    Versioned,
    declared_for,
    has_history,
    models_with_history,
    register,
)
from herne_bildung.city.versions.history import begin, note, note_many, noted

__all__ = [
    "Child",
    "Group",
    "Versioned",
    "begin",
    "declared_for",
    "has_history",
    "models_with_history",
    "note",
    "note_many",
    "noted",
    "register",
]
