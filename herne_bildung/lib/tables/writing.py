"""Writing tables so that a spreadsheet shows them, and takes nothing for a formula."""

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from herne_bildung.lib import clock
from herne_bildung.lib.tables.cells import QUOTED_TWICE, RISKY, protected

BYTE_ORDER_MARK = "\ufeff"
LINES = 200
WIDTH = 24


def csv_lines(
    header: Sequence[str], rows: Iterable[Sequence[Any]], notes: Iterable[str] = ()
) -> Iterator[str]:
    """The pieces of a CSV file as Excel in German opens it: UTF-8 with mark, `;`.

    `notes` are lines above the names of the columns, which an import passes over.
    """
    yield BYTE_ORDER_MARK
    lines = [[f"# {note}"] for note in notes]
    everything = itertools.chain(lines, [header], rows)
    while portion := list(itertools.islice(everything, LINES)):
        buffer = io.StringIO(newline="")
        writer = csv.writer(buffer, delimiter=";")
        writer.writerows([protected(_text(cell)) for cell in row] for row in portion)
        yield buffer.getvalue()


def write_xlsx(
    target: BinaryIO,
    header: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    title: str,
    explanation: tuple[str, Iterable[Sequence[str]]] | None = None,
) -> None:
    """Write an XLSX file, row by row. `explanation`: a second sheet, title and rows."""
    book = Workbook(write_only=True)
    sheets = [(title, [header], rows, WIDTH)]
    if explanation:
        sheets.append((explanation[0], [], explanation[1], 2 * WIDTH))
    for name, heads, lines, width in sheets:
        sheet = book.create_sheet(name[:31])
        for number in range(1, len(header) + 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        if heads:
            sheet.freeze_panes = "A2"
        for head in heads:
            sheet.append([_cell(sheet, text, is_bold=True) for text in head])
        for line in lines:
            sheet.append([_cell(sheet, value) for value in line])
    book.save(target)


def _cell(sheet: Any, value: Any, *, is_bold: bool = False) -> WriteOnlyCell:
    """A cell that holds a text as a text, whatever it begins with."""
    if isinstance(value, datetime):
        value = value.astimezone(clock.BERLIN).replace(tzinfo=None)
    if isinstance(value, bool) or not isinstance(value, int | float | date | time):
        text = ILLEGAL_CHARACTERS_RE.sub("", _text(value))
        text = f"'{text}" if QUOTED_TWICE.match(text) else text
        cell = WriteOnlyCell(sheet, text)
        cell.data_type = "s"
        if RISKY.match(text):
            cell.quotePrefix = True
    else:
        cell = WriteOnlyCell(sheet, value)
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _text(value: Any) -> str:
    """A value as German spreadsheets show it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nein"
    if isinstance(value, datetime):
        return value.astimezone(clock.BERLIN).strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return str(value).replace("\0", "")
