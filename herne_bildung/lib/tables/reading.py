"""Opening a file that somebody hands in: what it is, in which encoding, how parted."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _

from herne_bildung.lib.tables.cells import (
    Cell,
    Row,
    Table,
    UnreadableFile,
    is_empty,
    unprotected,
)
from herne_bildung.lib.tables.limits import Limits
from herne_bildung.lib.tables.workbook import open_workbook

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
DELIMITERS = ";\t,"
COMMENT = "#"
# A title or explanations may stand above the names of the columns.
HEADER_WITHIN = 60
# Letters in a cell. The limit of the csv module is one for the whole process, which
# other packages raise.
LONGEST_CELL = 131_072


def open_table(data: bytes, limits: Limits) -> Table:
    """The table in a file, whatever its name says. Raises UnreadableFile."""
    if len(data) > limits.bytes:
        raise UnreadableFile(too_large(limits.bytes))
    if data.startswith(OLD_OFFICE):
        raise UnreadableFile(
            _(
                "This is an old Excel file, or one with a password. Please save it as "
                "“Excel workbook (.xlsx)” without a password."
            )
        )
    if data.startswith(ZIP):
        rows, merged = open_workbook(data, limits)
    else:
        rows, merged = _csv_rows(decoded(data)), {}
    return _with_header(rows, merged, limits)


def too_large(limit: int) -> str:
    """The sentence about a file that is too large."""
    return _(
        "The file is too large: %(limit)s MB are allowed. Please split it into several."
    ) % {"limit": round(limit / 1_000_000)}


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8 (with or without mark), UTF-16 or Windows-1252."""
    is_utf16 = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ["utf-16"] if is_utf16 else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise UnreadableFile(
        _("This is no table: the file is neither CSV nor XLSX, or it is damaged.")
    )


def delimiter_of(text: str) -> str:
    """What parts the cells: the sign the names of the columns have most of."""
    lines = (line for line in text[:200_000].splitlines() if line.strip())
    for line in lines:
        if line.lower().startswith("sep=") and len(line) == 5:
            return line[4]
        if line.lstrip("\"'").startswith(COMMENT):
            continue
        unquoted = "".join(line.split('"')[::2])
        return max(DELIMITERS, key=unquoted.count)
    return DELIMITERS[0]


def _csv_rows(text: str) -> Iterator[Row]:
    """Rows of a CSV file; numbers count records, as a spreadsheet does."""
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True
    )
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number == 1 and record and record[0].lower().startswith("sep="):
                continue
            if max(map(len, record), default=0) > LONGEST_CELL:
                raise csv.Error
            yield Row(number, [unprotected(cell.strip()).strip() for cell in record])
    except csv.Error as error:
        raise UnreadableFile(
            _(
                "The file cannot be read from row %(row)s on: quotation marks there do "
                "not fit together, or a cell is too long."
            )
            % {"row": number + 1}
        ) from error


def _with_header(rows: Iterator[Row], merged: dict, limits: Limits) -> Table:
    """The first row with words in two cells or more names the columns."""
    for row in rows:
        filled = [cell for cell in row.cells if not is_empty(cell)]
        if len(row.cells) > limits.columns and len(filled) > limits.columns:
            raise UnreadableFile(
                _("The file has more than %(limit)s columns.")
                % {"limit": limits.columns}
            )
        if len(filled) >= 2 and not _is_comment(row):
            width = max(i for i, cell in enumerate(row.cells) if not is_empty(cell))
            header = [_name(cell) for cell in row.cells[: width + 1]]
            return Table(header, _data_rows(rows, limits), merged)
        if row.number > HEADER_WITHIN:
            break
    raise UnreadableFile(
        _("The file has no row with names of columns. The template shows how.")
    )


def _data_rows(rows: Iterator[Row], limits: Limits) -> Iterator[Row]:
    count = 0
    for row in rows:
        if _is_comment(row) or all(is_empty(cell) for cell in row.cells):
            continue
        count += 1
        if count > limits.rows:
            raise UnreadableFile(
                _(
                    "The file has more than %(limit)s rows. Please split it into "
                    "several."
                )
                % {"limit": limits.rows}
            )
        yield row


def _is_comment(row: Row) -> bool:
    first = row.cell(0)
    return isinstance(first, str) and first.startswith(COMMENT)


def _name(cell: Cell) -> str:
    return " ".join(str(cell).replace("\0", "").split())[:100]
