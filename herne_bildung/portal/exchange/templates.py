"""The empty table to download: names of columns, an example, explanations."""

import tempfile
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from herne_bildung.city.admin.export import CSV, MEDIA_TYPE, XLSX
from herne_bildung.lib.tables import csv_lines, write_xlsx
from herne_bildung.portal.exchange.kinds import AS_OF, ExchangeKind
from herne_bildung.portal.exchange.scope import Scope

CHUNK = 65_536


def template_file(
    kind: ExchangeKind, scope: Scope, form: str
) -> tuple[Iterator[str | bytes], str]:
    """The pieces of the file, and what it is."""
    columns = [c for c in kind.columns_for(scope) if c is not AS_OF]
    header = [column.header for column in columns]
    examples = [_example(kind, scope)]
    explained = [
        (c.header, str(_("needed")) if c.is_required else "", str(c.note))
        for c in columns
    ]
    if form == CSV:
        notes = [f"{name}: {note}" for name, _needed, note in explained if note]
        return csv_lines(header, examples, notes), MEDIA_TYPE[CSV]
    file = tempfile.TemporaryFile()  # noqa: SIM115 (`pieces` closes it)
    write_xlsx(
        file,
        header,
        examples,
        title=str(kind.label),
        explanation=(_("Explanation"), explained),
    )
    return pieces(file), MEDIA_TYPE[XLSX]


def _example(kind: ExchangeKind, scope: Scope) -> list[str]:
    columns = [c for c in kind.columns_for(scope) if c is not AS_OF]
    return [str(column.example) for column in columns]


def pieces(file: BinaryIO) -> Iterator[bytes]:
    """A file bit by bit, closed at its end."""
    with file:
        file.seek(0)
        while piece := file.read(CHUNK):
            yield piece
