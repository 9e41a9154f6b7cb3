"""Reading the two forms in which school data come, told apart by their header.

- The official "Schuldaten" of North Rhine-Westphalia: first line `sep=;`, all cells
  quoted, `"null"` for empty, positions in metres (EPSG:25832), all towns of the state.
- A list put together from statistics, commas between the cells, positions in degrees.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from herne_bildung.city.importers.report import ImportRefused, Problem

LARGEST_FILE = 50_000_000  # bytes
LONGEST_CELL = 2_000

OFFICIAL_COLUMNS = (
    "Schulnummer Schulform Schulbezeichnung_1 Schulbezeichnung_2 Schulbezeichnung_3"
    " PLZ Ort Strasse Telefonvorwahl Telefon E-Mail Homepage Rechtsform"
    " Gemeindeschluessel EPSG UTMRechtswert UTMHochwert"
).split()
STATISTICS_COLUMNS = (
    "schulnummer schulform name zusatz1 zusatz2 strasse plz ort rechtsstatus telefon"
    " email homepage_2021 schueler_gerundet sozialindex_2025_26 startchancen lat lon"
    " schuljahr"
).split()
FORMATS = {"official": OFFICIAL_COLUMNS, "statistics": STATISTICS_COLUMNS}


@dataclass(slots=True)
class Line:
    """One line of a file: its number as an editor counts, and its cells by column."""

    number: int
    cells: dict[str, str]
    columns: dict[str, int] = field(repr=False)

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def where(self, column: str) -> str:
        """Line and column for a message."""
        return f"Zeile {self.number}, Spalte {self.columns[column]} ({column})"


@dataclass(slots=True)
class SchoolFile:
    """The lines of a file and which of `FORMATS` it has."""

    format: str
    lines: list[Line]


def read(path: Path) -> SchoolFile:
    """Read a file. Raises ImportRefused with every line that cannot be read."""
    lines = _text(path).splitlines(keepends=True)
    skipped = 1 if lines and lines[0].strip().lower().startswith("sep=") else 0
    separator = lines[0].strip()[4:5] if skipped else ""
    rows = _rows("".join(lines[skipped:]), separator, skipped)
    try:
        _, header = next(rows)
    except StopIteration:
        raise ImportRefused([Problem(path.name, "Die Datei ist leer.")]) from None
    header = [name.strip() for name in header]
    kind = _format(header, 1 + skipped)
    problems: list[Problem] = []
    found: list[Line] = []
    columns = {name: number for number, name in enumerate(header, 1) if name}
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) < len(columns):
            what = f"{len(cells)} Felder statt {len(columns)}"
            problems.append(Problem(f"Zeile {number}", what))
            continue
        problems += _cell_mistakes(number, header, cells)
        values = {name: _cell(cells[columns[name] - 1]) for name in columns}
        found.append(Line(number, values, columns))
    if not found and not problems:
        problems.append(Problem(path.name, "Die Datei enthält keine Schulen."))
    if problems:
        raise ImportRefused(problems)
    return SchoolFile(kind, found)


def _text(path: Path) -> str:
    """The file as text: UTF-8, with or without its mark, else Windows-1252."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ImportRefused([Problem(path.name, "größer als 50 MB")])
        raw = path.read_bytes()
    except OSError as error:
        raise ImportRefused([Problem(str(path), error.strerror or "")]) from error
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw:
        raise ImportRefused(
            [Problem(path.name, "kein UTF-8 und kein Latin-1 (UTF-16 oder binär)")]
        )
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")


def _rows(text: str, separator: str, skipped: int) -> Iterator[tuple[int, list[str]]]:
    """Line numbers and cells. A broken quotation is a problem of its line."""
    if not separator:
        first = text.split("\n", 1)[0]
        separator = ";" if first.count(";") > first.count(",") else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    start = 1
    try:
        for cells in reader:
            yield start + skipped, cells
            start = reader.line_num + 1
    except csv.Error as error:
        what = f"nicht lesbar: {error}"
        if "field larger" in str(error):
            what = f"ein Feld ist länger als {csv.field_size_limit()} Zeichen"
        raise ImportRefused([Problem(f"Zeile {start + skipped}", what)]) from error


def _format(header: list[str], line: int) -> str:
    """Which format a header belongs to; missing columns are named."""
    where = f"Zeile {line}"
    missing = {
        kind: [name for name in wanted if name not in header]
        for kind, wanted in FORMATS.items()
    }
    kind = min(missing, key=lambda name: len(missing[name]))
    if len(missing[kind]) == len(FORMATS[kind]):
        what = "Diese Spalten kennen wir nicht; erwartet: " + ", ".join(
            f"{wanted[0]} …" for wanted in FORMATS.values()
        )
        raise ImportRefused([Problem(where, what)])
    repeated = sorted({name for name in header if name and header.count(name) > 1})
    problems = [Problem(where, f"Spalte „{name}“ fehlt") for name in missing[kind]] + [
        Problem(where, f"Spalte „{name}“ kommt mehrmals vor") for name in repeated
    ]
    if problems:
        raise ImportRefused(problems)
    return kind


def _cell(raw: str) -> str:
    """A cell without needless spaces; `null` is how the state writes an empty one."""
    text = " ".join(raw.split())
    return "" if text == "null" else text


def _cell_mistakes(
    number: int, header: list[str], cells: list[str]
) -> Iterator[Problem]:
    for column, (name, raw) in enumerate(zip(header, cells, strict=False), 1):
        where = f"Zeile {number}, Spalte {column} ({name})"
        if len(raw) > LONGEST_CELL:
            yield Problem(where, f"{len(raw)} Zeichen sind zu viel")
        elif not _cell(raw).isprintable():
            yield Problem(where, "enthält Steuerzeichen")
