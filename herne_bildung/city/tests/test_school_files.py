"""Files of schools that are refused: every mistake by line and column."""

import pytest

from herne_bildung.city.importers.school_files import STATISTICS_COLUMNS
from herne_bildung.city.tests.school_tables import ONE, RAW, mistakes

pytestmark = pytest.mark.django_db


def test_all_mistakes_are_named_with_line_and_column(school_list):
    path = school_list(
        ONE | {"schulnummer": "12345"},
        ONE | {"plz": "4462", "strasse": ""},
        ONE | {"name": "", "zusatz1": ""},
        ONE | {"sozialindex_2025_26": "10", "startchancen": "ja"},
        ONE | {"schueler_gerundet": "-5", "schuljahr": "2024"},
        ONE | {"lat": "7.1", "lon": "51.5"},
        ONE,
        ONE,
    )

    assert mistakes(path) == [
        "Zeile 2, Spalte 1 (schulnummer): keine Schulnummer aus sechs Ziffern: „12345“",
        "Zeile 3, Spalte 7 (plz): keine Postleitzahl: „4462“",
        "Zeile 3, Spalte 6 (strasse): Straße fehlt",
        "Zeile 4, Spalte 3 (name): Name fehlt",
        "Zeile 5, Spalte 14 (sozialindex_2025_26): keine Zahl von 1 bis 9: „10“",
        "Zeile 5, Spalte 15 (startchancen): weder 0 noch 1: „ja“",
        "Zeile 6, Spalte 18 (schuljahr): kein Schuljahr wie 2024/25: „2024“",
        "Zeile 6, Spalte 13 (schueler_gerundet): keine Zahl von 0 bis 20000: „-5“",
        "Zeile 7, Spalte 16 (lat): kein Ort in NRW: 7.1, 51.5",
        "Zeile 9: Schulnummer 100014 steht schon in Zeile 8",
    ]


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        (
            {"EPSG": "EPSG:4326"},
            "Zeile 3, Spalte 15 (EPSG): unbekanntes System „EPSG:4326“",
        ),
        (
            {"UTMRechtswert": "5710073", "UTMHochwert": "376821"},
            "Zeile 3, Spalte 16 (UTMRechtswert): kein Ort in NRW: 5710073.0, 376821.0",
        ),
        (
            {"UTMHochwert": "NaN"},
            "Zeile 3, Spalte 17 (UTMHochwert): keine Zahl: „NaN“",
        ),
    ],
)
def test_wrong_positions_of_the_official_format(school_data, changed, what):
    assert mistakes(school_data(RAW | changed), as_of="2021") == [what]


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "schulen.csv: Die Datei ist leer."),
        ("sep=;\n", "schulen.csv: Die Datei ist leer."),
        (
            "a;b\n1;2\n",
            "Zeile 1: Diese Spalten kennen wir nicht;"
            " erwartet: Schulnummer …, schulnummer …",
        ),
        (
            ",".join(STATISTICS_COLUMNS) + "\n",
            "schulen.csv: Die Datei enthält keine Schulen.",
        ),
        (
            ",".join(STATISTICS_COLUMNS) + "\n100014,Grundschule\n",
            "Zeile 2: 2 Felder statt 18",
        ),
        (
            ",".join(name for name in STATISTICS_COLUMNS if name != "plz") + "\n",
            "Zeile 1: Spalte „plz“ fehlt",
        ),
        (
            ",".join([*STATISTICS_COLUMNS, "plz"]) + "\n",
            "Zeile 1: Spalte „plz“ kommt mehrmals vor",
        ),
        (
            ",".join(STATISTICS_COLUMNS) + '\n"100014,Grundschule\n',
            "Zeile 2: nicht lesbar: unexpected end of data",
        ),
        (
            ",".join(STATISTICS_COLUMNS) + "\n" + "x" * 1_000_000 + ",\n",
            "Zeile 2: ein Feld ist länger als 131072 Zeichen",
        ),
        (
            ",".join(STATISTICS_COLUMNS) + "\n" + "x" * 3000 + "," * 17 + "\n",
            "Zeile 2, Spalte 1 (schulnummer): 3000 Zeichen sind zu viel",
        ),
        (
            ",".join(STATISTICS_COLUMNS).encode("utf-16"),
            "schulen.csv: kein UTF-8 und kein Latin-1 (UTF-16 oder binär)",
        ),
        (
            b"\x00\x01\x02",
            "schulen.csv: kein UTF-8 und kein Latin-1 (UTF-16 oder binär)",
        ),
    ],
)
def test_broken_files_are_refused(school_list, text, what):
    assert mistakes(school_list(text=text))[0] == what


def test_control_characters_are_refused(school_list):
    assert mistakes(school_list(ONE | {"name": "Schule\x07"})) == [
        "Zeile 2, Spalte 3 (name): enthält Steuerzeichen"
    ]


def test_names_longer_than_the_column_are_refused(school_list):
    assert mistakes(school_list(ONE | {"name": "x" * 201})) == [
        "Zeile 2: länger als 200 Zeichen (name)"
    ]


def test_schools_elsewhere_only_are_refused(school_list):
    assert mistakes(school_list(ONE | {"ort": "Bochum"}))[0] == (
        "schulen.csv: keine Schule in Herne gefunden"
    )
