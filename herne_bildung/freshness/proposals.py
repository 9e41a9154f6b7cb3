"""Proposed changes as people read them: names of fields, values in words, and what
the portal says now.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.forms import ModelChoiceField
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.freshness.kinds import Kind, kind_of, objects_of
from herne_bildung.freshness.models import ProposedChange
from herne_bildung.lib.word_differences import Part, differences


@dataclass(frozen=True)
class Compared:
    """One proposed change beside what the portal says now."""

    change: ProposedChange
    label: str
    old: str
    new: str
    now: str
    parts: list[tuple[Part, str]]
    is_outdated: bool


def compared(changes: Iterable[ProposedChange]) -> dict[int, Compared]:
    """These changes (with `entry`) by id; a few queries for each kind."""
    changes = list(changes)
    objects = objects_of(change.entry for change in changes)
    return {
        change.pk: _compared(
            kind_of(change.entry),
            objects.get((change.entry.kind, change.entry.object_id)),
            change,
        )
        for change in changes
    }


def _compared(kind: Kind, entry: Any | None, change: ProposedChange) -> Compared:
    now = present_values(kind, entry).get(change.field) if entry is not None else None
    old, new, present = (
        in_words(kind, change.field, value) for value in (change.old, change.new, now)
    )
    return Compared(
        change=change,
        label=field_label(kind, change.field),
        old=old,
        new=new,
        now=present,
        parts=differences(old, new),
        is_outdated=not is_up_to_date(change, now),
    )


def present_values(kind: Kind, entry: Any) -> dict[str, Any]:
    """What the correction form of an entry holds now, as JSON can write it."""
    form = kind.correction_form(instance=entry)
    return {name: plain(form[name].value()) for name in form.fields}


def plain(value: Any) -> Any:
    """A value of a form for JSON; nothing is an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool | int | str):
        return value
    return [plain(one) for one in value] if isinstance(value, list) else str(value)


def is_same(one: Any, other: Any) -> bool:
    """Whether two values of a form say the same: 3 and "3", nothing and ""."""
    return _comparable(one) == _comparable(other)


def is_up_to_date(change: ProposedChange, now: Any) -> bool:
    """Whether the portal still says what the proposer saw, or what was proposed."""
    return is_same(now, change.old) or is_same(now, change.new)


def _comparable(value: Any) -> Any:
    if isinstance(value, list):
        return sorted(map(_comparable, value))
    text = _without_seconds(" ".join(str(plain(value)).split()))
    return text.lower() if text in {"True", "False"} else text


def field_label(kind: Kind, name: str) -> str:
    """How the correction form calls a field."""
    field = kind.correction_form.base_fields.get(name)
    return str(capfirst(field.label)) if field and field.label else name


def in_words(kind: Kind, name: str, value: Any) -> str:
    """A value as people write it; empty for nothing."""
    if value is None or value == "":
        return ""
    if isinstance(value, list):
        return ", ".join(in_words(kind, name, one) for one in value)
    field = kind.correction_form.base_fields.get(name)
    if isinstance(field, ModelChoiceField):
        return str(field.queryset.filter(pk=value).first() or "")
    for known, label in getattr(getattr(field, "widget", None), "choices", ()):
        if str(known).lower() == str(value).lower():
            return str(label)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    try:
        return date_format(date.fromisoformat(str(value)), "SHORT_DATE_FORMAT")
    except ValueError:
        return _without_seconds(str(value))


def _without_seconds(text: str) -> str:
    """ "09:30" of "09:30:00", as the site holds a time."""
    is_time = len(text) == len("09:30:00") and text[2] == text[5] == ":"
    return text.removesuffix(":00") if is_time else text
