import csv
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.importers.school_files import (
    OFFICIAL_COLUMNS,
    STATISTICS_COLUMNS,
)
from herne_bildung.city.importers.school_names import name_and_addition
from herne_bildung.city.importers.schools import import_schools, is_older
from herne_bildung.city.models import Place, School, SearchDocument
from herne_bildung.city.tests.factories import make_district, make_place, square
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
SHARED = Path(settings.BASE_DIR).parent / "shared" / "herne" / "schulen"
OFFICIAL_FILE = SHARED / "schuldaten_herne_2021_rohformat.csv"
STATISTICS_FILE = SHARED / "schulen_herne_2024_25.csv"
with_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="Hernes Dateien liegen nicht daneben"
)
ONE = {
    "schulnummer": "100014",
    "schulform": "Grundschule",
    "name": "Größte Schule",
    "zusatz1": "Städt. Gemeinschaftsgrundschule",
    "strasse": "Weg 1",
    "plz": "44625",
    "ort": "Herne",
    "rechtsstatus": "Öffentlich",
    "telefon": "02323 1",
    "schueler_gerundet": "440",
    "sozialindex_2025_26": "5",
    "startchancen": "0",
    "lat": "51.505",
    "lon": "7.105",
    "schuljahr": "2024/25",
}
RAW = {
    "Schulnummer": "100014",
    "Schulform": "02",
    "Schulbezeichnung_1": "Größte Schule",
    "PLZ": "44625",
    "Ort": "Herne",
    "Strasse": "Weg 1",
    "Telefonvorwahl": "02323",
    "Telefon": "1",
    "E-Mail": "null",
    "Rechtsform": "1",
    "Gemeindeschluessel": "05916000",
    "EPSG": "EPSG:25832",
    "UTMRechtswert": "376821",
    "UTMHochwert": "5710073",
}


@pytest.fixture
def file(tmp_path):
    """Writes rows of the statistics format, or any text, to a file."""

    def write(*rows, text=None, columns=STATISTICS_COLUMNS, encoding="utf-8") -> Path:
        if text is None:
            out = io.StringIO()
            writer = csv.DictWriter(out, columns)
            writer.writeheader()
            writer.writerows({**dict.fromkeys(columns, ""), **row} for row in rows)
            text = out.getvalue()
        path = tmp_path / "schulen.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write


@pytest.fixture
def raw_file(tmp_path):
    """Writes rows of the official format."""

    def write(*rows, encoding="utf-8") -> Path:
        lines = ["sep=;", ";".join(OFFICIAL_COLUMNS)]
        for row in rows:
            cells = [f'"{row.get(name, "")}"' for name in OFFICIAL_COLUMNS]
            lines.append(";".join(cells))
        path = tmp_path / "schuldaten.csv"
        path.write_bytes(("\n".join(lines) + "\n").encode(encoding))
        return path

    return write


def mistakes(path, **options) -> list[str]:
    """What is wrong with a file; nothing may have been written."""
    before = list(School.objects.values()), list(Place.objects.values())
    with pytest.raises(ImportRefused) as refused:
        import_schools(path, **options)
    assert (list(School.objects.values()), list(Place.objects.values())) == before
    return [str(problem) for problem in refused.value.problems]


def changes_of(report, label: str) -> list[str]:
    return [str(change) for change in report.changed[label]]


# --- Herne's files --------------------------------------------------------------


@with_shared
def test_both_files_of_herne():
    first = import_schools(OFFICIAL_FILE, as_of="2021-09")
    second = import_schools(STATISTICS_FILE)
    third = import_schools(STATISTICS_FILE)

    assert len(first.new) == 42
    assert second.new == ["Quinoa-Sekundarschule Herne (100162)"]
    assert (len(second.changed), second.vanished) == (42, [])
    assert (third.new, third.changed, len(third.unchanged)) == ([], {}, 43)
    assert School.objects.filter(form="grundschule").count() == 22
    assert sum(School.objects.values_list("pupils", flat=True)) == 21_235
    assert School.objects.filter(is_startchancen=True).count() == 17
    assert School.objects.filter(social_index=None).count() == 8
    moved = School.objects.select_related("place").get(number="130643")
    assert (moved.name, moved.place.street, moved.slug) == (
        "Schule am Schloss",
        "Lackmanns Hof 95",
        "schule-an-der-forellstrasse",
    )
    assert SearchDocument.objects.filter(kind="school").count() == 43


@with_shared
def test_older_file_of_herne_changes_nothing():
    import_schools(STATISTICS_FILE)
    before = list(School.objects.order_by("pk").values())

    report = import_schools(OFFICIAL_FILE, as_of="2021-09")

    assert list(School.objects.order_by("pk").values()) == before
    assert "42 Schulen haben schon neuere Angaben" in report.notes


# --- what is taken over ---------------------------------------------------------


def test_new_school_of_the_statistics_format(file):
    district = make_district("Wanne", shape=square(7.1, 51.5))

    report = import_schools(file(ONE))

    assert report.new == ["Größte Schule (100014)"]
    school = School.objects.select_related("place").get()
    assert (school.name, school.official_name, school.operator) == (
        "Größte Schule",
        "Städt. Gemeinschaftsgrundschule",
        "Stadt Herne",
    )
    assert school.slug == "groesste-schule"
    assert (school.form, school.is_private, school.is_startchancen) == (
        "grundschule",
        False,
        False,
    )
    assert (school.pupils, school.pupils_year) == (440, "2024/25")
    assert (school.social_index, school.social_index_year) == (5, "2025/26")
    assert (school.as_of, school.licence) == ("2024", "dl-de/by-2-0, ODbL 1.0")
    assert school.place.address == "Weg 1, 44625 Herne"
    assert (school.place.district, school.place.is_district_guessed) == (district, True)


def test_new_school_of_the_official_format(raw_file):
    elsewhere = RAW | {"Schulnummer": "100015", "Gemeindeschluessel": "05911000"}
    office = RAW | {"Schulnummer": "600916", "Schulform": "0A"}

    report = import_schools(raw_file(RAW, elsewhere, office), as_of="2021-09")

    assert report.new == ["Größte Schule (100014)"]
    assert report.notes == ["2 Zeilen außerhalb von Herne oder ohne Schule"]
    school = School.objects.select_related("place").get()
    assert (school.phone, school.email, school.as_of) == ("02323 1", "", "2021-09")
    assert school.place.latitude == pytest.approx(51.528316, abs=1e-6)
    assert school.place.longitude == pytest.approx(7.224248, abs=1e-6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_encodings(file, encoding):
    import_schools(file(ONE, encoding=encoding))

    assert School.objects.get().name == "Größte Schule"


def test_official_format_needs_its_date(raw_file):
    assert mistakes(raw_file(RAW)) == [
        "Stand fehlt: --as-of JJJJ, JJJJ-MM oder JJJJ-MM-TT"
    ]


@pytest.mark.parametrize(
    ("fields", "name", "addition"),
    [
        (
            ["Schule am Park, Städt. Förder-", "schule, FSP Soziale", "Entwicklung"],
            "Schule am Park",
            "Städt. Förderschule, FSP Soziale Entwicklung",
        ),
        (
            ["Kath. Grundschule", "an der Bergstraße", ""],
            "Kath. Grundschule an der Bergstraße",
            "",
        ),
        (["Berufskolleg", "der Stadt Herne", ""], "Berufskolleg", "der Stadt Herne"),
        (
            ["Cenis-Schule", "Städt. Gesamtschule", "- Sekundarstufe I u.II -"],
            "Cenis-Schule",
            "Städt. Gesamtschule, Sekundarstufe I u. II",
        ),
        (["Quinoa-Schule staatl. gen.", "", ""], "Quinoa-Schule", "staatl. gen."),
        (["", "", ""], "", ""),
    ],
)
def test_names_broken_over_three_fields(fields, name, addition):
    assert name_and_addition(fields) == (name, addition)


def test_report_names_changes_and_address_stays(file):
    import_schools(file(ONE))

    report = import_schools(
        file(
            ONE | {"name": "Neue Schule", "telefon": "02323 2", "schueler_gerundet": ""}
        )
    )

    school = School.objects.get()
    assert (school.name, school.phone, school.pupils) == ("Neue Schule", "02323 2", 440)
    assert school.slug == "groesste-schule"
    assert len(changes_of(report, "Neue Schule (100014)")) == 2
    assert SearchDocument.objects.get().terms_a.startswith("neue")


def test_what_people_entered_stays(file):
    import_schools(file(ONE))
    School.objects.update(all_day="open", talent_school_since=2019)

    import_schools(file(ONE | {"schueler_gerundet": "445"}))

    school = School.objects.get()
    assert (school.all_day, school.talent_school_since, school.pupils) == (
        "open",
        2019,
        445,
    )


def test_moved_school_gets_a_new_place_and_leaves_the_shared_one(file):
    other = ONE | {"schulnummer": "100015", "name": "Zweite Schule"}
    import_schools(file(ONE, other))
    shared = Place.objects.get()

    report = import_schools(file(ONE, other | {"strasse": "Neuer Weg 2"}))

    first, second = School.objects.select_related("place").order_by("number")
    assert first.place == shared
    assert second.place.street == "Neuer Weg 2"
    assert changes_of(report, "Zweite Schule (100015)") == [
        "Anschrift: „Weg 1, 44625 Herne“ → „Neuer Weg 2, 44625 Herne“"
    ]


def test_district_chosen_by_a_person_stays(file):
    chosen = make_district("Eickel")
    make_district("Wanne", shape=square(7.1, 51.5), shape_quality="official")
    place = make_place(
        street="Weg 1", postal_code="44625", district=chosen, is_district_chosen=True
    )

    import_schools(file(ONE))

    place.refresh_from_db()
    assert School.objects.get().place == place
    assert (place.district, place.latitude) == (chosen, 51.505)


def test_vanished_school_is_marked_and_can_come_back(file):
    others = [ONE | {"schulnummer": f"10002{n}", "name": f"Schule {n}"} for n in "123"]
    import_schools(file(ONE, *others))

    report = import_schools(file(*others))

    school = School.objects.get(number="100014")
    assert report.vanished == ["Größte Schule (100014)"]
    assert school.vanished_on == clock.today()
    assert not SearchDocument.objects.get(object_id=school.pk).is_public
    import_schools(file(ONE, *others))
    assert School.objects.get(number="100014").vanished_on is None


def test_many_vanished_schools_are_refused_unless_accepted(file):
    others = [ONE | {"schulnummer": f"10002{n}", "name": f"Schule {n}"} for n in "12"]
    import_schools(file(ONE, *others))

    assert mistakes(file(ONE)) == [
        "2 von 3 Schulen fehlen in der Datei. Wenn das stimmt: --accept-vanished"
    ]
    report = import_schools(file(ONE), accept_vanished=True)

    assert report.vanished == ["Schule 1 (100021)", "Schule 2 (100022)"]
    assert School.objects.filter(vanished_on=None).count() == 1


def test_older_file_neither_overwrites_nor_adds_nor_marks(file, raw_file):
    import_schools(file(ONE))
    before = list(School.objects.values())
    old = RAW | {"Schulbezeichnung_1": "Früherer Name"}
    closed = RAW | {"Schulnummer": "100099", "Schulbezeichnung_1": "Geschlossen"}

    report = import_schools(raw_file(old, closed), as_of="2021-09")

    assert list(School.objects.values()) == before
    assert (report.new, report.changed, report.vanished) == ([], {}, [])


@pytest.mark.parametrize(
    ("one", "other", "older"),
    [
        ("2021-09", "2024", True),
        ("2024", "2024-10-15", False),
        ("2024-10-15", "2024", False),
        ("2024-09", "2024-10", True),
        ("", "2024", False),
    ],
)
def test_state_is_compared_as_exactly_as_both_are_known(one, other, older):
    assert is_older(one, other) is older


def test_same_file_with_a_newer_date_notes_the_date(file):
    import_schools(file(ONE))

    report = import_schools(file(ONE), as_of="2025-10")

    assert report.changed == {}
    assert School.objects.get().as_of == "2025-10"


def test_dry_run_writes_nothing(file):
    report = import_schools(file(ONE), is_dry_run=True)

    assert report.new == ["Größte Schule (100014)"]
    assert "Probelauf" in report.in_words()
    assert not School.objects.exists()
    assert not Place.objects.exists()


def test_two_schools_of_one_name_have_two_addresses(file):
    import_schools(file(ONE, ONE | {"schulnummer": "100015"}))

    assert sorted(School.objects.values_list("slug", flat=True)) == [
        "groesste-schule",
        "groesste-schule-100015",
    ]


def test_unknown_form_and_bad_addresses_are_noted(file):
    odd = {
        "schulform": "Mondschule",
        "email": "kein",
        "homepage_2021": "javascript://x",
    }

    report = import_schools(file(ONE | odd))

    school = School.objects.get()
    assert (school.form, school.email, school.website) == ("sonstige", "", "")
    assert report.notes == [
        "Zeile 2: Schulform „Mondschule“ kennen wir nicht",
        "Zeile 2: keine E-Mail-Adresse: „kein“",
        "Zeile 2: keine Adresse einer Website: „javascript://x“",
    ]


# --- what is refused ------------------------------------------------------------


def test_all_mistakes_are_named_with_line_and_column(file):
    path = file(
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
def test_wrong_positions_of_the_official_format(raw_file, changed, what):
    assert mistakes(raw_file(RAW | changed), as_of="2021") == [what]


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
def test_broken_files_are_refused(file, text, what):
    assert mistakes(file(text=text))[0] == what


def test_control_characters_are_refused(file):
    assert mistakes(file(ONE | {"name": "Schule\x07"})) == [
        "Zeile 2, Spalte 3 (name): enthält Steuerzeichen"
    ]


def test_names_longer_than_the_column_are_refused(file):
    assert mistakes(file(ONE | {"name": "x" * 201})) == [
        "Zeile 2: länger als 200 Zeichen (name)"
    ]


def test_schools_elsewhere_only_are_refused(file):
    assert mistakes(file(ONE | {"ort": "Bochum"}))[0] == (
        "schulen.csv: keine Schule in Herne gefunden"
    )


def test_command_reports_and_refuses(file, capsys):
    call_command("import_schools", file(ONE), dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "neu 1, geändert 0, unverändert 0, verschwunden 0",
        "neu: Größte Schule (100014)",
        "Probelauf: nichts wurde geschrieben.",
    ]
    with pytest.raises(CommandError, match="Die Datei ist leer"):
        call_command("import_schools", file(text=""))
    with pytest.raises(CommandError, match="gehören zusammen"):
        call_command("import_schools", file(ONE), source="irgendwer")
