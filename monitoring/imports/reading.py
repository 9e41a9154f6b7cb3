"""The file of an import as a table."""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django.conf import settings

from herne_bildung.lib.tables import Limits, Row, Table, UnreadableFile, open_table
from monitoring.imports import columns
from monitoring.imports.written_numbers import decimal_sign
from monitoring.models import ImportRun

# So many rows are read to see how the file writes numbers.
LOOKED_AT = 2_000


def limits() -> Limits:
    most = settings.MONITORING_IMPORT_MOST_BYTES
    return Limits(
        bytes=most,
        unpacked=10 * most,
        rows=settings.MONITORING_IMPORT_MOST_ROWS,
    )


def table_of(run: ImportRun) -> Table:
    """The file anew from its beginning. Raises UnreadableFile."""
    return open_table(bytes(run.content or b""), limits())


def look_at(run: ImportRun) -> None:
    """Note the names of its columns, and guess what they are, unless that was said."""
    table = table_of(run)
    if run.header == table.header and run.mapping:
        return
    run.header = table.header
    run.mapping = columns.guessed(table.header, columns.dimensions_of(run))
    try:
        first = list(islice(table.rows, LOOKED_AT))
    except UnreadableFile:
        first = []
    run.decimal_sign = decimal_sign(_number_cells(run, first))


def _number_cells(run: ImportRun, rows: Sequence[Row]) -> Iterator[Any]:
    """Cells that are to be numbers, to see how the file writes them."""
    numeric = {
        columns.VALUE,
        columns.BASE,
        columns.PARTICIPATION,
        columns.LARGEST,
        columns.SECOND,
    }
    for place, target in enumerate(run.mapping):
        if target in numeric or target.startswith(columns.PERIOD_VALUES):
            yield from (row.cell(place) for row in rows)
