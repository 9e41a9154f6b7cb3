"""Three ways of one entry: as it was, mine, theirs; joined field by field.

What only one of the two changed is kept. What both changed differently is a conflict,
which a person settles. Rows of an entry (dates, prices) are joined as whole rows.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from herne_bildung.city.admin.form_values import Row, Values

MINE, THEIRS, BEFORE = "mine", "theirs", "before"
CHOICES = (MINE, THEIRS, BEFORE)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`key` is the name of a field, or "prefix:primary key" of a row, whose values are
    whole rows; None where the row was not there or is gone.
    """

    key: str
    before: Any
    mine: Any
    theirs: Any

    @property
    def prefix(self) -> str:
        """Of the rows it belongs to; empty for a field of the entry itself."""
        prefix, colon, _ = self.key.partition(":")
        return prefix if colon else ""


@dataclass(slots=True)
class Merged:
    """`fields` and `rows` (None: remove) are what shall be saved; `new` rows come with
    the start of their names in what was sent. `taken` names what only the others
    changed.
    """

    fields: Row
    rows: dict[str, dict[str, Row | None]]
    new: dict[str, list[tuple[str, Row]]]
    conflicts: list[Conflict] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)


def merge(
    before: Values, mine: Values, theirs: Values, chosen: Mapping[str, str]
) -> Merged:
    """Join them; `chosen` says for keys of conflicts whose value counts."""
    merged = Merged({}, {}, {})
    for name, their_value in theirs["fields"].items():
        # A field the form had not when it was opened, or was not sent: theirs.
        was = before["fields"].get(name, their_value)
        own = mine["fields"].get(name, their_value)
        merged.fields[name] = _joined(merged, chosen, name, was, own, their_value)
    for prefix, own_rows in mine["rows"].items():
        their_rows = theirs["rows"].get(prefix, {})
        old_rows = before["rows"].get(prefix, {})
        merged.rows[prefix] = {
            pk: _joined(
                merged,
                chosen,
                f"{prefix}:{pk}",
                old_rows.get(pk),
                # Not sent at all: it was not there when the form was opened.
                own_rows.get(pk, old_rows.get(pk)),
                their_rows.get(pk),
            )
            for pk in _in_order(old_rows, their_rows)
        }
        added = [row for pk, row in their_rows.items() if pk not in old_rows]
        merged.new[prefix] = _without(mine["new"].get(prefix, []), added)
    return merged


def aligned(before: Values, mine: Values, theirs: Values) -> tuple[Values, Values]:
    """Before and mine with the keys their rows have now. A change that waits is
    written anew each time someone opens it: the same rows, in order, with other keys.
    """
    old_rows, own_rows = dict(before["rows"]), dict(mine["rows"])
    for prefix, there in theirs["rows"].items():
        old = old_rows.get(prefix, {})
        if len(old) != len(there) or not old.keys().isdisjoint(there):
            continue
        new_keys = dict(zip(old, there, strict=True))
        old_rows[prefix] = {new_keys[key]: row for key, row in old.items()}
        own = own_rows.get(prefix, {})
        own_rows[prefix] = {new_keys.get(key, key): row for key, row in own.items()}
    return {**before, "rows": old_rows}, {**mine, "rows": own_rows}


def _joined(
    merged: Merged,
    chosen: Mapping[str, str],
    key: str,
    before: Any,
    mine: Any,
    theirs: Any,
) -> Any:
    if mine == theirs:
        return mine
    if mine == before:
        merged.taken.append(key)
        return theirs
    if theirs == before:
        return mine
    values = {MINE: mine, THEIRS: theirs, BEFORE: before}
    choice = chosen.get(key, "")
    if choice in values:
        return values[choice]
    merged.conflicts.append(Conflict(key, before, mine, theirs))
    return mine


def _in_order(*rows: Mapping[str, Any]) -> Iterable[str]:
    return dict.fromkeys(pk for some in rows for pk in some)


def _without(new: list[tuple[str, Row]], added: list[Row]) -> list[tuple[str, Row]]:
    """Own new rows but those that the same form, sent twice, has made already."""
    left = list(added)
    kept = []
    for start, row in new:
        if row in left:
            left.remove(row)
        else:
            kept.append((start, row))
    return kept
