"""Many rows in one statement, as one parameter of JSON.

Django's `bulk_update` makes an expression for each value and its `bulk_create` of rows
with lists or JSON a placeholder: ten times the work of the database. Here the text of
a statement is the same for any number of rows, so that the server prepares it once.
Neither signals nor kept pages follow: that is the caller's.
"""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from django.utils.functional import Promise

COPIED_AT_ONCE = 5000
NUMBERS_SQL = """
SELECT nextval(pg_get_serial_sequence(%s::text, %s::text))
FROM generate_series(1, %s::int)
"""
INSERT_SQL = """
INSERT INTO {table} ({names}) SELECT {names}
FROM json_populate_recordset(NULL::{table}, %s::json) {conflict}
"""
UPDATE_SQL = """
UPDATE {table} SET {settings}
FROM json_populate_recordset(NULL::{table}, %s::json) AS written
WHERE {table}.{key} = written.{key}
"""


def insert(rows: Sequence[Model], *, ignore_conflicts: bool = False) -> None:
    """Add new rows of one model; they have their numbers then. With `ignore_conflicts`
    what the database has already stays, and numbers may be those of no row.
    """
    if not rows:
        return
    meta = rows[0]._meta
    with connection.cursor() as cursor:
        if new := [row for row in rows if row.pk is None]:
            cursor.execute(
                NUMBERS_SQL, [_name(meta.db_table), meta.pk.column, len(new)]
            )
            for row, (number,) in zip(new, cursor.fetchall(), strict=True):
                row.pk = number
        fields = [field for field in meta.concrete_fields if not field.generated]
        values = [
            {field.column: field.pre_save(row, add=True) for field in fields}
            for row in rows
        ]
        table = _name(meta.db_table)
        names = ", ".join(_name(field.column) for field in fields)
        conflict = "ON CONFLICT DO NOTHING" if ignore_conflicts else ""
        cursor.execute(
            INSERT_SQL.format(table=table, names=names, conflict=conflict),
            [_json(values)],
        )
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def update(rows: Sequence[Model], names: Collection[str]) -> int:
    """Write these fields of rows of one model. Returns how many rows there were."""
    if not rows or not names:
        return 0
    meta = rows[0]._meta
    fields = [meta.get_field(name) for name in names]
    values = [
        {field.column: getattr(row, field.attname) for field in (meta.pk, *fields)}
        for row in rows
    ]
    table, key = _name(meta.db_table), _name(meta.pk.column)
    settings = ", ".join(_setting(field) for field in fields)
    with connection.cursor() as cursor:
        cursor.execute(
            UPDATE_SQL.format(table=table, settings=settings, key=key), [_json(values)]
        )
        return cursor.rowcount


def append(
    model: type[Model], names: Sequence[str], rows: Iterable[Sequence[Any]]
) -> int:
    """Append rows, each the values of these fields in their order, by COPY: the
    fastest way for hundred thousands. They are read some thousands at a time, so a
    generator does, also one that asks the database; that gives the numbers, and checks
    its constraints. Returns how many.
    """
    columns = ", ".join(_name(model._meta.get_field(name).column) for name in names)
    statement = f"COPY {_name(model._meta.db_table)} ({columns}) FROM STDIN"
    waiting, number = iter(rows), 0
    # During a COPY the connection answers nothing else.
    while batch := list(islice(waiting, COPIED_AT_ONCE)):
        with (
            connection.cursor() as cursor,
            connection.wrap_database_errors,
            cursor.copy(statement) as target,
        ):
            for row in batch:
                target.write_row(row)
        number += len(batch)
    return number


def _setting(field: Field) -> str:
    return f"{_name(field.column)} = written.{_name(field.column)}"


def _name(name: str) -> str:
    return connection.ops.quote_name(name)


def _json(values: list[dict[str, Any]]) -> str:
    return json.dumps(values, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | Promise):
        return str(value)
    raise TypeError(f"no column of ours holds {type(value)}")
