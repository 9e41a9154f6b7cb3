"""New entries by the hundred: as many statements for all of them as for one."""

from collections.abc import Sequence
from copy import copy
from functools import cache
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import ForeignKey, Model

from herne_bildung.city.models import Translated
from herne_bildung.city.versions.snapshots import python_value
from herne_bildung.lib import many_rows, page_cache
from herne_bildung.lib.analyser import fold
from herne_bildung.portal.exchange.kinds import ExchangeKind, Facts


class Slugs:
    """Addresses on the site that are taken; read once for a whole table."""

    def __init__(self, model: type[Model]) -> None:
        self.taken = set(model._base_manager.values_list("slug", flat=True))

    def free(self, title: str, otherwise: str) -> str:
        start = "-".join(fold(title).split())[:80].rstrip("-")
        start = "".join(c for c in start if c.isascii()).strip("-") or otherwise
        candidates = (f"{start}-{n}" if n > 1 else start for n in count(1))
        found = next(slug for slug in candidates if slug not in self.taken)
        self.taken.add(found)
        return found


def create_many(
    kind: ExchangeKind, facts: Sequence[Facts], slugs: Slugs | None
) -> list[Model]:
    """Entries with these facts, saved with their relations, in the same order."""
    declared = kind.declared
    entries = [_entry(kind, one, slugs) for one in facts]
    kind.before_many(entries)
    many_rows.insert(entries)
    transaction.on_commit(page_cache.outdate)
    for name, field in declared.many.items():
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        through = field.remote_field.through
        many_rows.insert(
            [
                through(**{own: entry.pk, other: pk})
                for entry, one in zip(entries, facts, strict=True)
                for pk in one.get(name) or ()
            ]
        )
    for relation in declared.relations:
        _create_children(kind, relation, entries, facts)
    kind.after_many(entries)
    return entries


@cache
def usual_values(model: type[Model]) -> list[Any]:
    """What a new entry says before anything is known of it; models with a column for
    each language take long to find that out.
    """
    entry = model()
    return [getattr(entry, field.attname) for field in model._meta.concrete_fields]


def _entry(kind: ExchangeKind, facts: Facts, slugs: Slugs | None) -> Model:
    entry = kind.model(*(copy(value) for value in usual_values(kind.model)))
    if slugs:
        entry.slug = slugs.free(facts[kind.title], kind.name)
    columns, facts = kind.declared.columns, kind.complete(facts)
    for name in columns.keys() & facts.keys():
        _set(entry, columns[name], facts[name])
    if isinstance(entry, Translated):
        kind.note_texts(entry, facts)
    kind.prepare(entry)
    return entry


def _create_children(
    kind: ExchangeKind, relation: str, entries: Sequence[Model], facts: Sequence[Facts]
) -> None:
    declared = kind.declared
    model, key = declared.child_model(relation), declared.child_key(relation)
    columns = declared.child_columns(relation)
    rows = []
    for entry, one in zip(entries, facts, strict=True):
        for values in one.get(relation) or ():
            row = model(**{key: entry})
            for name in columns.keys() & values.keys():
                _set(row, columns[name], values[name])
            rows.append(row)
    many_rows.insert(rows)


def _set(entry: Model, field: Any, value: Any) -> None:
    if isinstance(field, ForeignKey):
        setattr(entry, field.attname, value)
    else:
        setattr(entry, field.name, python_value(field, value))
