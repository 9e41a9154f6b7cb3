"""Offers, organisations and places as tables that can come in again unchanged."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from herne_bildung.city.admin.export import ExportTable, give_table, portions
from herne_bildung.city.versions import snapshots
from herne_bildung.lib import clock
from herne_bildung.portal.exchange.columns import Column
from herne_bildung.portal.exchange.kinds import AS_OF, KEY, KINDS, ExchangeKind, Facts
from herne_bildung.portal.exchange.lookups import Lookups
from herne_bildung.portal.exchange.planned import OF_PORTAL
from herne_bildung.portal.exchange.rows import cell_of
from herne_bildung.portal.exchange.scope import Everything

MOMENT = "%d.%m.%Y %H:%M:%S"


def give_tables() -> None:
    """All kinds go out as they come in."""
    for kind in KINDS.values():
        give_table(kind.model, table_of(kind))


def table_of(kind: ExchangeKind) -> ExportTable:
    return ExportTable(
        lambda user: [c.header for c in kind.columns_for(Everything(user))],
        lambda entries, user: rows_of(kind, entries, user),
    )


def rows_of(
    kind: ExchangeKind, entries: QuerySet, user: Any
) -> Iterator[Sequence[Any]]:
    """Rows of these entries; a fixed number of queries for a portion of them."""
    scope = Everything(user)
    lookups, columns = Lookups(scope), kind.columns_for(scope)
    # Up to the second in which it began; the first one that is surely over.
    moment = (clock.now() + timedelta(seconds=1)).astimezone(clock.BERLIN)
    as_of = moment.strftime(MOMENT)
    pks = entries.values_list("pk", flat=True).iterator(chunk_size=2000)
    for portion in portions(pks):
        found = snapshots.take_many(kind.declared, portion)
        for pk in portion:
            if pk in found:
                facts = {**found[pk], KEY.fact: f"{OF_PORTAL}{pk}", AS_OF.fact: as_of}
                yield [_cell(column, facts, lookups) for column in columns]


def _cell(column: Column, facts: Facts, lookups: Lookups) -> Any:
    if column.relation:
        return cell_of(column, facts[column.relation], lookups)
    value = column.write(facts[column.fact], lookups)
    return "" if value is None else value
