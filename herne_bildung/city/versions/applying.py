"""What snapshots say, written into many entries with as many statements as for one.

As `snapshots.apply`, for entries whose rows the caller has locked and then read.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Field, ForeignKey, Model

from herne_bildung.city.versions.declared import Versioned, nothing
from herne_bildung.city.versions.snapshots import (
    Snapshot,
    child_rows,
    columns_of,
    python_value,
    unlike,
)
from herne_bildung.lib import clock, many_rows, page_cache

Chosen = Mapping[Model, Snapshot]


def apply_many(
    declared: Versioned,
    chosen: Chosen,
    *,
    prepare: Callable[[Any], None] = nothing,
    prepared: Collection[str] = (),
) -> None:
    """Write into each entry what is said of it; what is not named stays. `prepare`
    does with an entry what its `save` would, `prepared` are the columns it sets.
    """
    if not chosen:
        return
    targets, names = Targets(declared, chosen.values()), set(prepared)
    for entry, facts in chosen.items():
        found = {n: f for n, f in declared.columns.items() if n in facts}
        names |= _write_columns(entry, found, facts, targets)
        prepare(entry)
    _save(list(chosen), names)
    for name in declared.many:
        _link(declared, name, chosen, targets)
    for relation in declared.relations:
        _write_rows(declared, relation, chosen)
    transaction.on_commit(page_cache.outdate)


class Targets:
    """Entries that others point at and that are still there; asked once for all."""

    def __init__(self, declared: Versioned, facts: Iterable[Snapshot]) -> None:
        wanted: dict[type[Model], set[int]] = defaultdict(set)
        fields = {n: f for n, f in declared.columns.items() if _is_key(f)}
        for one in facts:
            for name in fields.keys() & one.keys():
                wanted[fields[name].related_model] |= {one[name]} - {None}
            for name in declared.many.keys() & one.keys():
                wanted[declared.many[name].related_model] |= set(one[name])
        self._present = {
            model: set(
                model._base_manager.filter(pk__in=pks).values_list("pk", flat=True)
            )
            for model, pks in wanted.items()
        }

    def has(self, field: Field, pk: Any) -> bool:
        return pk in self._present.get(field.related_model, ())


def _is_key(field: Field) -> bool:
    return isinstance(field, ForeignKey)


def _write_columns(
    entry: Model, columns: Mapping[str, Field], facts: Snapshot, targets: Targets
) -> set[str]:
    """Names of the fields that are to be saved now."""
    names = set(columns)
    for name, field in columns.items():
        value = facts[name]
        if not _is_key(field):
            setattr(entry, name, python_value(field, value))
        elif value is None or targets.has(field, value):
            setattr(entry, field.attname, value)
        elif field.null:
            setattr(entry, field.attname, None)
        if translated := getattr(field, "translated_field", None):
            names.add(translated.name)
    return names


def _save(rows: Sequence[Model], names: Collection[str]) -> None:
    moment = {field.name for field in rows[0]._meta.fields} & {"updated_at"}
    now = clock.now()
    for row in rows if moment else ():
        row.updated_at = now
    many_rows.update(rows, {*names, *moment})


def _link(declared: Versioned, name: str, chosen: Chosen, targets: Targets) -> None:
    """Relations to other entries: what is too much goes, what is missing comes."""
    field = declared.many[name]
    wanted = {
        (entry.pk, pk)
        for entry, facts in chosen.items()
        for pk in facts.get(name, ())
        if targets.has(field, pk)
    }
    about = [entry.pk for entry, facts in chosen.items() if name in facts]
    through = field.remote_field.through
    own, other = field.m2m_column_name(), field.m2m_reverse_name()
    links = through._base_manager.filter(**{f"{field.m2m_field_name()}__in": about})
    present = {tuple(ends): pk for pk, *ends in links.values_list("pk", own, other)}
    surplus = [present[ends] for ends in present.keys() - wanted]
    if surplus:
        through._base_manager.filter(pk__in=surplus).delete()
    missing = sorted(wanted - present.keys())
    many_rows.insert([through(**{own: pk, other: target}) for pk, target in missing])


def _write_rows(declared: Versioned, relation: str, chosen: Chosen) -> None:
    """Rows edited with entries: those that stay keep their numbers and their order."""
    wanted = {e.pk: facts[relation] for e, facts in chosen.items() if relation in facts}
    if not wanted:
        return
    model, key = declared.child_model(relation), declared.child_key(relation)
    columns = declared.child_columns(relation)
    present = child_rows(declared, relation, wanted)
    surplus, changed, new = [], [], []
    for pk, rows in wanted.items():
        known, said = present[pk], rows
        if declared.relations[relation].has_no_order:
            unwanted, said = unlike(known, said, columns)
            surplus, known = surplus + unwanted, []
        surplus += known[len(said) :]
        for place, values in enumerate(said):
            row = known[place] if place < len(known) else model(**{f"{key}_id": pk})
            before = columns_of(row, columns)
            if row.pk and before == {**before, **values}:
                continue
            (changed if row.pk else new).append(row)
            for name in columns.keys() & values.keys():
                field = columns[name]
                attribute = field.attname if _is_key(field) else name
                setattr(row, attribute, python_value(field, values[name]))
    if surplus:
        model._base_manager.filter(pk__in=[row.pk for row in surplus]).delete()
    if changed:
        _save(changed, columns)
    many_rows.insert(new)
