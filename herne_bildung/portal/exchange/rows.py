"""Columns whose cells have a part for each price, or for each time, of an offer."""

from functools import cache
from itertools import groupby
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from herne_bildung.city.versions.snapshots import json_value
from herne_bildung.lib.tables import Cell, Row
from herne_bildung.lib.tables.cells import is_empty
from herne_bildung.portal.exchange.columns import Column
from herne_bildung.portal.exchange.kinds import ExchangeKind, Facts
from herne_bildung.portal.exchange.lookups import Lookups
from herne_bildung.portal.exchange.reading import Assigned

BETWEEN = "|"
MOST_PARTS = 50
Problems = list[tuple[str, str]]


def rows_of(
    assigned: Assigned, row: Row, kind: ExchangeKind, present: Facts, lookups: Lookups
) -> tuple[Facts, Problems]:
    """The relations a row says, each with its rows as snapshots have them; columns
    the file does not have stay as they are, or are usual.
    """
    found: Facts = {}
    problems: Problems = []
    columns = sorted(
        (column for column in assigned.columns.values() if column.relation),
        key=lambda column: column.relation,
    )
    for relation, group in groupby(columns, key=lambda column: column.relation):
        parts = {one: _parts(assigned.cell(row, one.fact)) for one in group}
        number = max((len(cells) for cells in parts.values()), default=0)
        if number > MOST_PARTS:
            text = _("At most %(most)s parts.") % {"most": MOST_PARTS}
            problems.append((next(iter(parts)).fact, text))
            continue
        before = present.get(relation) or []
        found[relation] = [
            _one(kind, relation, parts, place, before, lookups, problems)
            for place in range(number)
        ]
    return found, problems


def _one(
    kind: ExchangeKind,
    relation: str,
    parts: dict[Column, list[Cell]],
    place: int,
    before: list[Facts],
    lookups: Lookups,
    problems: Problems,
) -> Facts:
    values = dict(before[place]) if place < len(before) else dict(usual(kind, relation))
    for column, cells in parts.items():
        cell = cells[place] if place < len(cells) else ""
        if is_empty(cell) and not _may_be_empty(kind, column):
            continue
        try:
            values[column.part] = column.read(cell, lookups)
        except ValidationError as error:
            problems.append((column.fact, " ".join(error.messages)))
    return values


def _may_be_empty(kind: ExchangeKind, column: Column) -> bool:
    """Whether an empty part says something; else the fact stays or is usual."""
    field = kind.declared.child_columns(column.relation)[column.part]
    return field.null or field.empty_strings_allowed or field.blank


@cache
def usual(kind: ExchangeKind, relation: str) -> Facts:
    """A row of which nothing is said yet."""
    columns = kind.declared.child_columns(relation)
    return {name: json_value(field.get_default()) for name, field in columns.items()}


def _parts(cell: Cell) -> list[Cell]:
    if not isinstance(cell, str):
        return [cell]
    if is_empty(cell):
        return []
    return [part.strip() for part in cell.split(BETWEEN)]


def cell_of(column: Column, rows: list[Facts], lookups: Lookups) -> Any:
    """The cell of a column for all rows of a relation."""
    written = [column.write(row.get(column.part), lookups) for row in rows or ()]
    if len(written) == 1:
        return written[0]
    texts = ["" if one is None else _plain(one) for one in written]
    return f" {BETWEEN} ".join(texts)


def _plain(value: Any) -> str:
    return value.strftime("%d.%m.%Y") if hasattr(value, "strftime") else str(value)
