"""An entry as JSON, and back: own columns, relations, rows edited with it."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Field, FileField, ForeignKey, JSONField, Model

from herne_bildung.city.versions.declared import Versioned, declared_for

Snapshot = dict[str, Any]
NOTHING = (None, "", [], {})


def take(entry: Model) -> Snapshot:
    """The entry as the database holds it now."""
    declared = declared_for(entry)
    return take_many(declared, [entry.pk])[entry.pk]


def take_many(declared: Versioned, pks: Iterable[int]) -> dict[int, Snapshot]:
    """Snapshots of many entries by id; as many queries as for one."""
    return take_of(declared, declared.model._base_manager.in_bulk(list(pks)))


def take_of(declared: Versioned, entries: Mapping[int, Model]) -> dict[int, Snapshot]:
    """The same of entries as they were just read, with their relations of now."""
    found = {pk: columns_of(entry, declared.columns) for pk, entry in entries.items()}
    for name, field in declared.many.items():
        for snapshot in found.values():
            snapshot[name] = []
        own, other = field.m2m_column_name(), field.m2m_reverse_name()
        links = field.remote_field.through._base_manager.filter(
            **{f"{field.m2m_field_name()}__in": list(found)}
        )
        for pk, target in links.order_by(other).values_list(own, other):
            found[pk][name].append(target)
    for relation in declared.relations:
        rows = child_rows(declared, relation, list(found))
        columns = declared.child_columns(relation)
        for pk, snapshot in found.items():
            snapshot[relation] = [columns_of(row, columns) for row in rows[pk]]
    return found


def child_rows(
    declared: Versioned, relation: str, pks: Iterable[int]
) -> dict[int, list[Model]]:
    """Rows edited with these entries, oldest first, by entry."""
    key = declared.child_key(relation)
    rows: dict[int, list[Model]] = defaultdict(list)
    manager = declared.child_model(relation)._base_manager
    for row in manager.filter(**{f"{key}__in": list(pks)}).order_by("pk"):
        rows[getattr(row, f"{key}_id")].append(row)
    return rows


def apply(
    entry: Model,
    snapshot: Mapping[str, Any],
    *,
    with_checks: bool = False,
    first_row: int | None = None,
) -> list[str]:
    """Write what a snapshot says into an entry, inside the caller's transaction; what
    it does not name stays. Returns the names of relations of which something is gone.

    With checks, ValidationError where the whole does not fit together; nothing is
    written then. New rows get numbers from `first_row` on, where that is given.
    """
    declared, gone = declared_for(entry), []
    chosen = {name: v for name, v in snapshot.items() if name in declared.columns}
    for name, value in chosen.items():
        field = declared.columns[name]
        if isinstance(field, ForeignKey):
            before = getattr(entry, field.attname)
            target, is_gone = _present_target(field, value, before)
            gone += [name] if is_gone else []
            setattr(entry, field.attname, target)
        else:
            setattr(entry, name, python_value(field, value))
    if with_checks:
        _check(entry, set(chosen))
    entry.save()
    for name in declared.many.keys() & snapshot.keys():
        model, wanted = declared.many[name].related_model, set(snapshot[name])
        present = model._base_manager.filter(pk__in=wanted)
        present = set(present.values_list("pk", flat=True))
        gone += [name] if present != wanted else []
        getattr(entry, name).set(present)
    for relation in declared.relations.keys() & snapshot.keys():
        rows = snapshot[relation]
        _apply_children(declared, entry, relation, rows, first_row)
    return gone


def _apply_children(
    declared: Versioned,
    entry: Model,
    relation: str,
    rows: list[Mapping[str, Any]],
    first_row: int | None,
) -> None:
    """Row by row, so that those that stay keep their numbers and their order."""
    model, key = declared.child_model(relation), declared.child_key(relation)
    columns = declared.child_columns(relation)
    present = child_rows(declared, relation, [entry.pk])[entry.pk]
    if declared.relations[relation].has_no_order:
        surplus, rows = unlike(present, rows, columns)
        for row in surplus:
            row.delete()
        present = []
    for row in present[len(rows) :]:
        row.delete()
    for place, values in enumerate(rows):
        if place < len(present):
            row = present[place]
        else:
            row = model(pk=first_row and first_row + place, **{key: entry})
            row._state.adding = True
        if place < len(present) and columns_of(row, columns) == {
            **columns_of(row, columns),
            **values,
        }:
            continue
        for name in columns.keys() & values.keys():
            field = columns[name]
            if isinstance(field, ForeignKey):
                before = getattr(row, field.attname)
                value, _is_gone = _present_target(field, values[name], before)
                setattr(row, field.attname, value)
            else:
                setattr(row, name, python_value(field, values[name]))
        row.save(force_insert=row._state.adding)


def unlike(
    present: Iterable[Model], wanted: Iterable[Mapping[str, Any]], columns: Any
) -> tuple[list[Model], list[Mapping[str, Any]]]:
    """Rows that are not among those wanted, and those wanted that are not there."""
    missing, surplus = list(wanted), []
    for row in present:
        said = columns_of(row, columns)
        same = next((one for one in missing if said == {**said, **one}), None)
        if same is None:
            surplus.append(row)
        else:
            missing.remove(same)
    return surplus, missing


def _present_target(field: ForeignKey, value: Any, before: Any) -> tuple[Any, bool]:
    """The key of a foreign key; where its target is gone, what stood there before."""
    if value is None or value == before:
        return value, False
    if field.related_model._base_manager.filter(pk=value).exists():
        return value, False
    return (None if field.null else before), True


def _check(entry: Model, changed: Collection[str]) -> None:
    others = [f.name for f in entry._meta.fields if f.name not in changed]
    said: dict[str, list] = {}
    for check in (
        lambda: entry.clean_fields(exclude=others),
        lambda: entry.validate_unique(exclude=others),
        entry.validate_constraints,
    ):
        try:
            check()
        except ValidationError as error:
            found = error.error_dict if hasattr(error, "error_dict") else None
            for name, texts in (found or {NON_FIELD_ERRORS: [error]}).items():
                said.setdefault(name, []).extend(texts)
    if said:
        raise ValidationError(said)


def columns_of(entry: Model, columns: Mapping[str, Field]) -> dict[str, Any]:
    """What these columns of a row say, as JSON holds it."""
    return {
        name: json_value(getattr(entry, field.attname))
        for name, field in columns.items()
    }


def json_value(value: Any) -> Any:
    """A value of a column as JSON holds it; nothing lost."""
    if value is None or isinstance(value, bool | int | float | str):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [json_value(one) for one in value]
    if isinstance(value, dict):
        return {str(name): json_value(one) for name, one in value.items()}
    return str(value)


def python_value(field: Field, value: Any) -> Any:
    """A value of a snapshot as its column takes it."""
    if isinstance(field, ArrayField) and isinstance(value, list):
        return [python_value(field.base_field, one) for one in value]
    if isinstance(field, JSONField | FileField):
        return value
    return field.to_python(value)


def delta(base: Mapping[str, Any], snapshot: Mapping[str, Any]) -> Snapshot:
    """What a snapshot says otherwise than its base."""
    return {
        name: value
        for name, value in snapshot.items()
        if not is_same(base.get(name), value)
    }


def is_same(one: Any, other: Any) -> bool:
    """Whether two values say the same: no text, no row and nothing are one."""
    return one == other or (one in NOTHING and other in NOTHING)
