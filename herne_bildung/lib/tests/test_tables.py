"""Files of tables: what people hand in, and what was made to do harm."""

import csv
import io
import zipfile
from datetime import date, time

import pytest
from openpyxl import Workbook

from herne_bildung.lib.tables import (
    BadCell,
    Limits,
    UnreadableFile,
    csv_lines,
    open_table,
    write_xlsx,
)

LIMITS = Limits(bytes=2_000_000, unpacked=4_000_000, rows=50, columns=20)


def read(data: bytes, limits: Limits = LIMITS) -> tuple[list[str], list[list]]:
    table = open_table(data, limits)
    return table.header, [row.cells for row in table.rows]


def workbook(*rows) -> Workbook:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    return book


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


TEXT = "Schlüssel;Größe\n1;Töpfern"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp1252"),
        TEXT.encode("utf-16"),
        TEXT.replace(";", ",").encode(),
        TEXT.replace(";", "\t").encode(),
        TEXT.replace("\n", "\r\n").encode(),
        f"sep=;\n{TEXT}".encode(),
        f"# Ein Hinweis, mit Komma\n\n{TEXT}\n\n;\n".encode(),
        TEXT.replace("Größe", '"Größe"').encode(),
    ],
)
def test_encoding_and_delimiter_are_recognised(data):
    assert read(data) == (["Schlüssel", "Größe"], [["1", "Töpfern"]])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0\0\0",
        b"a;b\n1;\x00",
        bytes(range(256)),
        b"\xff\xfe\x00\xd8;\x00",
        b"\xd0\xcf\x11\xe0 old",
        b"PK\x03\x04 broken",
        b"nur eine Spalte\n1\n2",
        b'a;b\n"nie zu Ende;2\n3;4',
        b'a;b\n"x"y;2',
        b"a;b\n" + b"x" * 200_000 + b";1",
        b"x" * 3_000_000,
        b";".join([b"s"] * 1_000_000)[:1_999_999],
        b"a;b\n" + b"1;2\n" * 51,
    ],
)
def test_what_is_no_table_is_refused_with_a_sentence(data):
    with pytest.raises(UnreadableFile) as refused:
        read(data)

    assert str(refused.value).endswith(".")


def test_a_cell_is_too_long_whatever_other_packages_allow():
    former = csv.field_size_limit(10_000_000)
    try:
        with pytest.raises(UnreadableFile):
            read(b"a;b\n" + b"x" * 200_000 + b";1")
    finally:
        csv.field_size_limit(former)


def test_rows_are_counted_as_a_spreadsheet_does():
    data = b'# Hinweis\na;b\n\n"zwei\nZeilen";1\n2;2'

    assert [row.number for row in open_table(data, LIMITS).rows] == [4, 5]


def test_values_of_a_workbook_keep_their_kind():
    book = workbook(
        ["Text", "Tag", "Zeit", "Zahl", "Ja"],
        [" x ", date(2027, 1, 12), time(9, 30), 45000, True],
    )

    assert read(saved(book))[1] == [["x", date(2027, 1, 12), time(9, 30), 45000, True]]


def test_formulas_and_errors_are_no_values():
    book = workbook(["A", "B", "C"], ["=1+1", "#REF!", "'=kein"])
    book.active["B2"].data_type = "e"

    [[formula, error, text]] = read(saved(book))[1]

    assert (type(formula), type(error), text) == (BadCell, BadCell, "=kein")


def test_joined_cells_are_named():
    book = workbook(["A", "B"], [1, 2], [3, 4])
    book.active.merge_cells("A2:A3")

    assert open_table(saved(book), LIMITS).merged == {(2, 0): "A2:A3"}


def test_the_first_sheet_counts_and_far_cells_do_not():
    book = workbook(["A", "B"], [1, 2])
    book.create_sheet("Erläuterung").append(["x", "y"])
    book.active["XFD40"] = "weit"

    header, rows = read(saved(book))

    assert (header, rows) == (["A", "B"], [[1, 2]])


def test_a_workbook_with_too_many_rows_is_refused():
    book = workbook(["A", "B"])
    book.active["A900"] = "x"
    for number in range(2, 60):
        book.active[f"A{number}"] = number

    with pytest.raises(UnreadableFile):
        read(saved(book))


def changed(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with another file inside."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return file.getvalue()


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c>'
    b'<c r="B1" t="inlineStr"><is><t>y</t></is></c></row></sheetData></worksheet>'
)
ROWS = b'<worksheet><sheetData><row r="x"><c r="??"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("xl/worksheets/sheet1.xml", BOMB),
        ("xl/worksheets/sheet1.xml", ROWS),
        ("xl/worksheets/sheet1.xml", b""),
        ("xl/workbook.xml", b"<x/>"),
        ("xl/workbook.xml", b"\xff"),
        ("zeros.xml", b"0" * 5_000_000),
    ],
)
def test_hostile_workbooks_are_refused(name, content):
    data = changed(saved(workbook(["A", "B"], [1, 2])), name, content)

    with pytest.raises(UnreadableFile):
        read(data)


def test_other_archives_are_no_workbooks():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("content.xml", "<office/>")

    with pytest.raises(UnreadableFile):
        read(file.getvalue())


TEXTS = [
    "=1+1",
    "+49 2323",
    "-1",
    "@x",
    "'=1",
    "''+1",
    " =1",
    "\t=1",
    "＝1",
    "'gut'",
    "a\nb",
    'a"b;c',
    "",
]


def test_texts_come_back_as_they_went_and_are_no_formulas():
    rows = [[f"K{number}", text] for number, text in enumerate(TEXTS)]
    lines = "".join(csv_lines(["Schlüssel", "Text"], rows, ["Hinweis"]))
    file = io.BytesIO()
    write_xlsx(file, ["Schlüssel", "Text"], rows, title="Blatt")

    for data in (lines.encode(), file.getvalue()):
        came = [row + [""] * (2 - len(row)) for row in read(data)[1]]
        assert came == [[key, text.strip()] for key, text in rows]
    cells = [line.partition(";")[2].strip('"') for line in lines.splitlines()[2:]]
    assert [one for one in cells if one.strip()[:1] in {*"=+-@＝"} and one] == []


def test_numbers_have_a_decimal_comma_and_nothing_is_empty():
    lines = "".join(csv_lines(["A", "B", "C"], [[None, 0.5, 3]]))

    assert lines == "\ufeffA;B;C\r\n;0,5;3\r\n"


def test_signs_no_spreadsheet_knows_are_left_out():
    file = io.BytesIO()
    write_xlsx(file, ["A", "B"], [["a\x07b\0", 1.5]], title="x" * 40)

    assert read(file.getvalue())[1] == [["ab", 1.5]]
