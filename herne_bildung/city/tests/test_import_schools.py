from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from herne_bildung.city.importers.schools import import_schools, is_older
from herne_bildung.city.models import Place, School, SearchDocument
from herne_bildung.city.tests.factories import make_district, make_place, square
from herne_bildung.city.tests.school_tables import ONE, RAW, mistakes
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
SHARED = Path(settings.BASE_DIR).parent / "shared" / "herne" / "schulen"
OFFICIAL_FILE = SHARED / "schuldaten_herne_2021_rohformat.csv"
STATISTICS_FILE = SHARED / "schulen_herne_2024_25.csv"
with_shared = pytest.mark.skipif(
    not SHARED.exists(), reason="Hernes Dateien liegen nicht daneben"
)


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


def test_new_school_of_the_statistics_format(school_list):
    district = make_district("Wanne", shape=square(7.1, 51.5))

    report = import_schools(school_list(ONE))

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


def test_new_school_of_the_official_format(school_data):
    elsewhere = RAW | {"Schulnummer": "100015", "Gemeindeschluessel": "05911000"}
    office = RAW | {"Schulnummer": "600916", "Schulform": "0A"}

    report = import_schools(school_data(RAW, elsewhere, office), as_of="2021-09")

    assert report.new == ["Größte Schule (100014)"]
    assert report.notes == ["2 Zeilen außerhalb von Herne oder ohne Schule"]
    school = School.objects.select_related("place").get()
    assert (school.phone, school.email, school.as_of) == ("02323 1", "", "2021-09")
    assert school.place.latitude == pytest.approx(51.528316, abs=1e-6)
    assert school.place.longitude == pytest.approx(7.224248, abs=1e-6)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252"])
def test_encodings(school_list, encoding):
    import_schools(school_list(ONE, encoding=encoding))

    assert School.objects.get().name == "Größte Schule"


def test_official_format_needs_its_date(school_data):
    assert mistakes(school_data(RAW)) == [
        "Stand fehlt: --as-of JJJJ, JJJJ-MM oder JJJJ-MM-TT"
    ]


def test_report_names_changes_and_address_stays(school_list):
    import_schools(school_list(ONE))

    report = import_schools(
        school_list(
            ONE | {"name": "Neue Schule", "telefon": "02323 2", "schueler_gerundet": ""}
        )
    )

    school = School.objects.get()
    assert (school.name, school.phone, school.pupils) == ("Neue Schule", "02323 2", 440)
    assert school.slug == "groesste-schule"
    assert len(changes_of(report, "Neue Schule (100014)")) == 2
    assert SearchDocument.objects.get().terms_a.startswith("neue")


def test_what_people_entered_stays(school_list):
    import_schools(school_list(ONE))
    School.objects.update(all_day="open", talent_school_since=2019)

    import_schools(school_list(ONE | {"schueler_gerundet": "445"}))

    school = School.objects.get()
    assert (school.all_day, school.talent_school_since, school.pupils) == (
        "open",
        2019,
        445,
    )


def test_website_of_2021_is_for_new_schools_only(school_list):
    import_schools(school_list(ONE | {"homepage_2021": "www.alt.example"}))
    assert School.objects.get().website == "https://www.alt.example"
    School.objects.update(website="")

    report = import_schools(school_list(ONE | {"homepage_2021": "www.alt.example"}))

    assert (report.changed, School.objects.get().website) == ({}, "")


def test_moved_school_gets_a_new_place_and_leaves_the_shared_one(school_list):
    other = ONE | {"schulnummer": "100015", "name": "Zweite Schule"}
    import_schools(school_list(ONE, other))
    shared = Place.objects.get()

    report = import_schools(school_list(ONE, other | {"strasse": "Neuer Weg 2"}))

    first, second = School.objects.select_related("place").order_by("number")
    assert first.place == shared
    assert second.place.street == "Neuer Weg 2"
    assert changes_of(report, "Zweite Schule (100015)") == [
        "Anschrift: „Weg 1, 44625 Herne“ → „Neuer Weg 2, 44625 Herne“"
    ]


def test_district_chosen_by_a_person_stays(school_list):
    chosen = make_district("Eickel")
    make_district("Wanne", shape=square(7.1, 51.5), shape_quality="official")
    place = make_place(
        street="Weg 1", postal_code="44625", district=chosen, is_district_chosen=True
    )

    import_schools(school_list(ONE))

    place.refresh_from_db()
    assert School.objects.get().place == place
    assert (place.district, place.latitude) == (chosen, 51.505)


def test_vanished_school_is_marked_and_can_come_back(school_list):
    others = [ONE | {"schulnummer": f"10002{n}", "name": f"Schule {n}"} for n in "123"]
    import_schools(school_list(ONE, *others))

    report = import_schools(school_list(*others))

    school = School.objects.get(number="100014")
    assert report.vanished == ["Größte Schule (100014)"]
    assert school.vanished_on == clock.today()
    assert not SearchDocument.objects.get(object_id=school.pk).is_public
    import_schools(school_list(ONE, *others))
    assert School.objects.get(number="100014").vanished_on is None


def test_many_vanished_schools_are_refused_unless_accepted(school_list):
    others = [ONE | {"schulnummer": f"10002{n}", "name": f"Schule {n}"} for n in "12"]
    import_schools(school_list(ONE, *others))

    assert mistakes(school_list(ONE)) == [
        "2 von 3 Schulen fehlen in der Datei. Wenn das stimmt: --accept-vanished"
    ]
    report = import_schools(school_list(ONE), accept_vanished=True)

    assert report.vanished == ["Schule 1 (100021)", "Schule 2 (100022)"]
    assert School.objects.filter(vanished_on=None).count() == 1


def test_older_file_neither_overwrites_nor_adds_nor_marks(school_list, school_data):
    import_schools(school_list(ONE))
    before = list(School.objects.values())
    old = RAW | {"Schulbezeichnung_1": "Früherer Name"}
    closed = RAW | {"Schulnummer": "100099", "Schulbezeichnung_1": "Geschlossen"}

    report = import_schools(school_data(old, closed), as_of="2021-09")

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


def test_same_file_with_a_newer_date_notes_the_date(school_list):
    import_schools(school_list(ONE))

    report = import_schools(school_list(ONE), as_of="2025-10")

    assert report.changed == {}
    assert School.objects.get().as_of == "2025-10"


def test_dry_run_writes_nothing(school_list):
    report = import_schools(school_list(ONE), is_dry_run=True)

    assert report.new == ["Größte Schule (100014)"]
    assert "Probelauf" in report.in_words()
    assert not School.objects.exists()
    assert not Place.objects.exists()


def test_two_schools_of_one_name_have_two_addresses(school_list):
    import_schools(school_list(ONE, ONE | {"schulnummer": "100015"}))

    assert sorted(School.objects.values_list("slug", flat=True)) == [
        "groesste-schule",
        "groesste-schule-100015",
    ]


def test_unknown_form_and_bad_addresses_are_noted(school_list):
    odd = {
        "schulform": "Mondschule",
        "email": "kein",
        "homepage_2021": "javascript://x",
    }

    report = import_schools(school_list(ONE | odd))

    school = School.objects.get()
    assert (school.form, school.email, school.website) == ("sonstige", "", "")
    assert report.notes == [
        "Zeile 2: Schulform „Mondschule“ kennen wir nicht",
        "Zeile 2: keine E-Mail-Adresse: „kein“",
        "Zeile 2: keine Adresse einer Website: „javascript://x“",
    ]


def test_command_reports_and_refuses(school_list, capsys):
    call_command("import_schools", school_list(ONE), dry_run=True)

    assert capsys.readouterr().out.splitlines() == [
        "neu 1, geändert 0, unverändert 0, verschwunden 0",
        "neu: Größte Schule (100014)",
        "Probelauf: nichts wurde geschrieben.",
    ]
    with pytest.raises(CommandError, match="Die Datei ist leer"):
        call_command("import_schools", school_list(text=""))
    with pytest.raises(CommandError, match="gehören zusammen"):
        call_command("import_schools", school_list(ONE), source="irgendwer")
