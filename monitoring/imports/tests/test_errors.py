"""What is wrong in a file: each error with its row, its column and what to do."""

from datetime import date

import pytest

from monitoring.choices import Level, Measured, Unit
from monitoring.imports import actions, problems
from monitoring.imports.tests.files import (
    HEADER,
    checked,
    counts,
    csv_of,
    errors,
    worked,
    xlsx_of,
)
from monitoring.models import RawValue
from monitoring.tests.factories import make_breakdown, make_indicator

AREA, YEAR, VALUE = "A (Raum)", "B (Jahr)", "C (Wert)"
GOOD = ("kreis-herne", 2021, "17,5")


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("Hernee", 2021, "1"), AREA, "kreis-herne (Herne)"),
        (("99999", 2021, "1"), AREA, "99999"),
        (("", 2021, "1"), AREA, ""),
        (("Wanne", 2021, "1"), AREA, "ortsteil-wanne (Wanne), stadtbezirk-wanne"),
        (("Herne", "21", "1"), YEAR, "2024/25"),
        (("Herne", "2024/26", "1"), YEAR, "2024/26"),
        (("Herne", "", "1"), YEAR, ""),
        (("Herne", "30.02.2021", "1"), YEAR, "2021-02-30"),
        (("Herne", 2022, "viel"), VALUE, "viel"),
        (("Herne", 2022, "1e5"), VALUE, "1e5"),
        (("Herne", 2022, "1.234"), VALUE, "1234"),
        (("Herne", 2022, "1,2,3"), VALUE, "1,2,3"),
        (("Herne", 2022, "104"), VALUE, "104"),
        (("Herne", 2022, "-1"), VALUE, "-1"),
        (("Herne", 2022, "geheim"), VALUE, ""),
        (("Herne", 2022, "·"), VALUE, ""),
        (("Herne", 2022, "-"), VALUE, "-"),
        (("Herne", 2022, "."), VALUE, "."),
        (("kreis-herne", "2021.0", "17,5"), VALUE, "2"),
    ],
)
def test_every_error_is_told_with_its_place(
    staff, share, herne, wanne, row, column, says
):
    run = checked(csv_of(HEADER, GOOD, row), indicator=share, by=staff)

    ((number, place, text),) = errors(run)
    assert (number, place, run.error_count) == (3, column, 1)
    assert says in text
    assert (run.state, counts(run), run.sample) == ("refused", (0, 0, 0), [])


def test_all_errors_of_a_row_are_told_at_once(staff, share, herne):
    data = csv_of(
        (*HEADER, "Basis", "Beteiligung", "Zustand", "Anmerkung"),
        ("Nirgends", "bald", "viel", "-3", "101", "geheim", "x" * 301),
        GOOD,
        ("Herne", 2022, "17,5", "3,5", "1", "nicht verfügbar", ""),
    )

    run = checked(data, indicator=share, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [
        (2, AREA),
        (2, YEAR),
        (2, "F (Zustand)"),
        (2, VALUE),
        (2, "D (Basis)"),
        (2, "E (Beteiligung)"),
        (2, "G (Anmerkung)"),
        (4, VALUE),
        (4, "D (Basis)"),
    ]


def test_one_of_two_names_is_enough_where_the_indicator_has_one_level(
    staff, share, wanne
):
    share.levels = [Level.QUARTER]
    share.save()
    data = csv_of(HEADER, ("Wanne", 2021, "1"), ("stadtbezirk-wanne", 2022, "1"))

    run = checked(data, indicator=share, by=staff)

    ((row, column, text),) = errors(run)
    assert (row, column, "Ortsteil" in text) == (3, AREA, True)


def test_a_column_with_the_level_tells_areas_of_one_name_apart(staff, share, wanne):
    data = csv_of(
        (*HEADER, "Ebene"),
        ("Wanne", 2021, "1", "Ortsteil"),
        ("Wanne", 2021, "2", "stadtbezirk"),
        ("Wanne", 2021, "3", "Kiez"),
    )

    run = checked(data, indicator=share, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [(4, AREA)]


def test_breakdowns_that_are_not_there(staff, share, herne):
    make_breakdown(share, "geschlecht", "Mädchen", "Jungen")
    other = make_indicator("Andere")
    make_breakdown(other, "schulform", "Gymnasium")
    data = csv_of(
        ("Kennzahl", *HEADER, "geschlecht", "schulform"),
        (share.slug, "Herne", 2021, 1, "Divers", ""),
        (share.slug, "Herne", 2022, 1, "", "Gymnasium"),
        (other.slug, "Herne", 2022, 1, "insgesamt", "Gymnasium"),
        ("Dritte", "Herne", 2022, 1, "", ""),
    )

    run = checked(data, indicator=None, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [
        (2, "E (geschlecht)"),
        (3, "F (schulform)"),
        (5, "A (Kennzahl)"),
    ]
    assert "mädchen, jungen" in errors(run)[0][2]


def test_counts_are_whole_numbers(staff, herne):
    counted = make_indicator(measured=Measured.COUNT, unit=Unit.PERSONS)
    rows = [("Herne", 2020, "3,5"), ("Herne", 2021, -3), ("Herne", 2022, "3 %")]
    data = csv_of(HEADER, *rows)

    run = checked(data, indicator=counted, by=staff)

    assert [row for row, _column, _text in errors(run)] == [2, 3, 4]


def test_values_that_stand_twice_name_both_rows(staff, share, herne):
    data = csv_of(
        HEADER,
        ("Herne", 2021, "1"),
        ("Herne", 2022, "1"),
        ("05916", 2021, "1"),
        ("kreis-herne", "2021", "2"),
    )

    run = checked(data, indicator=share, by=staff)

    assert [(row, column, "2" in text) for row, column, text in errors(run)] == [
        (4, VALUE, True),
        (5, VALUE, True),
    ]
    assert run.error_count == 2


def test_cells_spreadsheets_spoil(staff, share, herne):
    data = xlsx_of(
        HEADER,
        ("Herne", 2020, date(2026, 5, 3)),
        ("Herne", 2021, "=1+1"),
        ("Herne", 2022, 0.174),
        ("Herne", 2023, True),
        formats={"C4": "0.0%"},
    )

    run = checked(data, indicator=share, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [
        (2, VALUE), (3, VALUE), (4, VALUE), (5, VALUE),
    ]  # fmt: skip
    assert "17.4" in errors(run)[2][2]


def test_a_thousand_errors_are_kept_and_all_are_counted(staff, share, herne):
    rows = [("Nirgends", 2021, number % 100) for number in range(1200)]

    run = checked(csv_of(HEADER, *rows), indicator=share, by=staff)

    assert (len(run.errors), run.error_count) == (problems.MOST, 1200)


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\x01", b"PK\x03\x04broken", b"nur ein Wort", csv_of(HEADER) + b'\n"a'],
)
def test_what_is_no_table_is_refused_with_a_sentence(staff, share, data):
    run = checked(data, indicator=share, by=staff)

    assert run.state == "refused"
    assert run.refusal.endswith(".")


def test_files_that_are_too_long_are_refused(staff, share, herne, settings):
    settings.MONITORING_IMPORT_MOST_ROWS = 2
    rows = [("Herne", 2000 + number, 1) for number in range(3)]

    run = checked(csv_of(HEADER, *rows), indicator=share, by=staff)

    assert (run.state, "2" in run.refusal) == ("refused", True)


def test_other_columns_can_be_chosen_after_errors(staff, share, herne):
    data = csv_of(("Raum", "Jahr", "Wert", "Quote"), ("Herne", 2021, 500, "17,5"))
    run = checked(data, indicator=share, by=staff)
    assert run.state == "refused"

    run = worked(actions.assign(run, ["area", "period", "", "value"], ",", by=staff))

    assert (run.state, counts(run), run.error_count) == ("checked", (1, 0, 0), 0)


def test_periods_as_columns_have_nothing_beside_them(staff, share, herne):
    data = csv_of(("Raum", "2021", "2022", "Basis"), ("Herne", 1, 2, 100))

    run = checked(data, indicator=share, by=staff)

    assert (run.state, run.mapping) == (
        "mapping",
        ["area", "value@2021", "value@2022", "base"],
    )
    assert RawValue.objects.count() == 0


def test_wide_files_name_the_column_of_an_error(staff, share, herne):
    data = csv_of(("Raum", "2021", "2022"), ("Herne", "viel", 2), ("05916", "", 3))

    run = checked(data, indicator=share, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [
        (2, "B (2021)"),
    ]
