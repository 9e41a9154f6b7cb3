"""Files of values from the form to the raw values."""

import pytest

from monitoring.imports import actions
from monitoring.imports.tests.files import (
    HEADER,
    checked,
    counts,
    csv_of,
    errors,
    raw,
    taken_in,
    worked,
    xlsx_of,
)
from monitoring.models import RawValue
from monitoring.tests.factories import make_breakdown, make_raw

ROWS = (HEADER, ("Herne", 2021, "17,5"), ("Essen", 2021, "1,25"))
FOUND = [("Essen", "2021", "1.25"), ("Herne", "2021", "17.5")]


def test_a_dry_run_writes_nothing_and_says_what_would_change(
    staff, share, herne, essen
):
    make_raw(share, herne, "2020", 16)
    make_raw(share, herne, "2021", 17)

    run = checked(csv_of(*ROWS, ("Herne", 2020, 16)), indicator=share, by=staff)

    assert (run.state, counts(run), run.rows) == ("checked", (1, 1, 1), 3)
    assert run.sample == [
        {
            "row": 2,
            "about": "kreis-herne (Herne), 2021",
            "before": "17",
            "after": "17,5",
        },
        {"row": 3, "about": "kreis-essen (Essen), 2021", "before": "", "after": "1,25"},
    ]
    assert raw() == [("Herne", "2020", "16"), ("Herne", "2021", "17")]


@pytest.mark.parametrize(
    "data",
    [
        csv_of(*ROWS),
        csv_of(*ROWS, encoding="utf-16"),
        csv_of(*ROWS, encoding="latin-1"),
        csv_of(*ROWS, encoding="utf-8-sig", sign="\t"),
        csv_of(HEADER, ("05916", 2021, "17.5"), ("05113", 2021, "1.25"), sign=","),
        xlsx_of(HEADER, ("Herne", 2021, 17.5), ("Essen", "2021", 1.25)),
        xlsx_of(HEADER, (5916, 2021.0, "17,5"), (5113, "2021", "1,25")),
        csv_of(("ags", "2021"), ("5916", "17,5"), ("5113000", "1,25")),
        xlsx_of(("Raum", 2021, 2022), ("Herne", 17.5, None), ("Essen", 1.25, None)),
    ],
)
def test_files_of_all_kinds_say_the_same(staff, share, herne, essen, data):
    run = taken_in(data, indicator=share, by=staff)

    assert (run.state, counts(run), run.content) == ("done", (2, 0, 0), None)
    assert raw() == FOUND


def test_the_same_file_twice_changes_nothing(staff, share, herne, essen):
    taken_in(csv_of(*ROWS), indicator=share, by=staff)
    before = list(RawValue.objects.order_by("pk").values())

    run = taken_in(csv_of(*ROWS), indicator=share, by=staff)

    assert counts(run) == (0, 0, 2)
    assert list(RawValue.objects.order_by("pk").values()) == before


def test_only_what_changed_is_written(staff, share, herne, essen):
    taken_in(csv_of(*ROWS), indicator=share, by=staff)

    run = taken_in(
        csv_of(
            (*HEADER, "Anmerkung"),
            ("Herne", 2021, "17,5", ""),
            ("Essen", 2021, "1,25", "geschätzt"),
        ),
        indicator=share,
        by=staff,
    )  # fmt: skip

    assert counts(run) == (0, 1, 1)
    assert raw("note") == [(*FOUND[0], "geschätzt"), (*FOUND[1], "")]


def test_everything_a_row_may_say(statistician, secret, herne):
    girls, boys = make_breakdown(secret, "geschlecht", "Mädchen", "Jungen")
    data = """Raum;Zeitraum;Geschlecht;Wert;Zustand;Basis;Beteiligung;Anmerkung
Herne;Schuljahr 2024/2025;mädchen;1.204;;2 000;61,5 %;vorläufig
Herne;2024/25;Jungen;;nicht verfügbar;;;
Herne;2024/25;insgesamt;x;;;;
Herne;31.12.2023;;0;;;;
Herne;2. Quartal 2022;;…;;;;
Herne;2021;Jungen;;;;;
"""

    taken_in(data.encode(), indicator=secret, by=statistician)

    fields = ("category_1", "state", "base", "participation", "note")
    nothing = (None, None, "")
    assert raw(*fields) == [
        ("Herne", "2022-Q2", None, None, "missing", *nothing),
        ("Herne", "2023-12-31", "0", None, "value", *nothing),
        ("Herne", "2024/25", "1204", girls.pk, "value", "2000", "61.5", "vorläufig"),
        ("Herne", "2024/25", None, boys.pk, "missing", *nothing),
        ("Herne", "2024/25", None, None, "none", *nothing),
    ]


def test_largest_contributions_to_a_sum(statistician, secret, herne):
    data = csv_of((*HEADER, "largest", "second_largest"), ("Herne", 2021, 60, 40, 12))

    taken_in(data, indicator=secret, by=statistician)

    assert raw("largest", "second_largest") == [("Herne", "2021", "60", "40", "12")]


def test_rows_without_a_value_are_left_out_and_counted(staff, share, herne):
    run = taken_in(
        csv_of(HEADER, ("Herne", 2021, "5"), ("Herne", 2022, ""), ("Nirgends", "", "")),
        indicator=share,
        by=staff,
    )

    assert (counts(run), run.left_out) == ((1, 0, 0), 2)


def test_values_are_rounded_as_they_are_kept_and_counted(staff, share, herne):
    data = xlsx_of(HEADER, ("Herne", 2021, 17.123456), ("Herne", 2022, 17.1))

    assert taken_in(data, indicator=share, by=staff).rounded == 1
    assert counts(taken_in(data, indicator=share, by=staff)) == (0, 0, 2)


def test_a_file_may_name_the_indicator_of_each_row(staff, share, secret, herne):
    data = csv_of(
        ("Kennzahl", *HEADER),
        (share.slug, "Herne", 2021, 5),
        ("Ausländeranteil", "Herne", 2022, 6),
    )

    run = taken_in(data, indicator=None, by=staff)

    assert (counts(run), run.indicator_ids) == ((2, 0, 0), [share.pk])
    assert raw("indicator") == [
        ("Herne", "2021", "5", share.pk),
        ("Herne", "2022", "6", share.pk),
    ]


def test_columns_that_cannot_be_guessed_are_asked_for(staff, share, herne):
    data = csv_of(("Wo", "Wann", "Wie viel"), ("Herne", 2021, "1.234"))

    run = checked(data, indicator=share, by=staff)

    assert (run.state, run.mapping) == ("mapping", ["", "", ""])
    assert run.refusal != ""

    run = actions.assign(run, ["area", "period", "value"], ".", by=staff)
    run = worked(run)

    assert (run.state, counts(run), errors(run)) == ("checked", (1, 0, 0), [])


def test_a_number_with_two_meanings_is_not_guessed(staff, share, herne):
    run = checked(csv_of(HEADER, ("Herne", 2021, "1.234")), indicator=share, by=staff)

    assert [(row, column) for row, column, _text in errors(run)] == [(2, "C (Wert)")]
    assert (run.state, RawValue.objects.count()) == ("refused", 0)
