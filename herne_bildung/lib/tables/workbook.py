"""Reading XLSX row by row, also files that were made to do harm."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from herne_bildung.lib.tables.cells import (
    BadCell,
    Cell,
    Row,
    UnreadableFile,
    is_empty,
    unprotected,
)
from herne_bildung.lib.tables.limits import Limits

MERGED = re.compile(rb'<mergeCell ref="([A-Z0-9:]{3,25})"')
MOST_MERGED = 1_000
CHUNK = 65_536
MIDNIGHT = time()


def open_workbook(
    data: bytes, limits: Limits
) -> tuple[Iterator[Row], dict[tuple[int, int], str]]:
    """Rows of the first sheet, and which cells of it were joined to others."""
    _check_archive(data, limits)
    try:
        # openpyxl warns of styles and dates it does not know: no matter here. It
        # raises anything for hostile files.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
            sheet = book.worksheets[0]
            merged = _merged(data, sheet._worksheet_path)
    except Exception as error:
        raise UnreadableFile(_damaged()) from error
    # What a file says of its own size may be wrong.
    sheet.reset_dimensions()
    return _rows(sheet, limits), merged


def _check_archive(data: bytes, limits: Limits) -> None:
    """Sizes in the directory of the archive; no more than that is ever unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(_damaged()) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(
            _("This is no Excel file. Please save your table as XLSX or CSV.")
        )
    if len(entries) > 1_000 or sum(e.file_size for e in entries) > limits.unpacked:
        raise UnreadableFile(
            _("The file is too large once it is unpacked. Please split it.")
        )


def _damaged() -> str:
    return _("The file is damaged. Please open it in your program and save it again.")


def _rows(sheet: Any, limits: Limits) -> Iterator[Row]:
    """Rows until the last filled one. A few more than allowed are read, so that the
    caller notices; far away rows between which nothing stands are not counted out.
    """
    rows = sheet.iter_rows(max_col=limits.columns + 1, max_row=limits.rows + 1_000)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in enumerate(rows, start=1):
                yield Row(number, _trimmed([_value(cell) for cell in cells]))
    except UnreadableFile:
        raise
    except Exception as error:
        raise UnreadableFile(_damaged()) from error


def _trimmed(cells: list[Cell]) -> list[Cell]:
    while cells and is_empty(cells[-1]):
        cells.pop()
    return cells


def _value(cell: Any) -> Cell:
    """What a cell says; formulas and errors are no facts."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return BadCell(
            _("There is a formula here. Please enter its result as a value.")
        )
    if cell.data_type == "e":
        return BadCell(
            _("There is an error of the spreadsheet here (%(error)s).")
            % {"error": str(value)[:20]}
        )
    if isinstance(value, float | int) and "%" in cell.number_format:
        return BadCell(
            _(
                "The cell is shown in percent: the file says %(value)s, the sheet "
                "%(percent)s %%. Please format it as a number."
            )
            % {"value": value, "percent": round(value * 100, 6)}
        )
    if isinstance(value, datetime):
        return value.date() if value.time() == MIDNIGHT else value
    if isinstance(value, timedelta):
        seconds = int(value.total_seconds()) % 86_400
        return time(seconds // 3600, seconds // 60 % 60)
    if isinstance(value, str):
        return unprotected(value.strip()).strip()
    return value


def _merged(data: bytes, path: str) -> dict[tuple[int, int], str]:
    """Joined cells by row (from 1) and column (from 0): only the first has a value."""
    found: dict[tuple[int, int], str] = {}
    with zipfile.ZipFile(io.BytesIO(data)).open(path.lstrip("/")) as sheet:
        rest = b""
        while chunk := sheet.read(CHUNK):
            text = rest + chunk
            for match in MERGED.finditer(text):
                reference = match[1].decode()
                column, row, *_end = range_boundaries(reference)
                if column and row and len(found) < MOST_MERGED:
                    found[row, column - 1] = reference
            rest = text[-60:]
    return found
