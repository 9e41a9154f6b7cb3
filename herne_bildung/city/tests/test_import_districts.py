import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from herne_bildung.city import actions, reference
from herne_bildung.city.importers.districts import Origin, import_districts
from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.models import District, DistrictAlias, ReferenceVersion
from herne_bildung.city.tests.factories import (
    make_city,
    make_district,
    make_place,
    square,
)

pytestmark = pytest.mark.django_db
GEO = Path(settings.BASE_DIR).parent / "shared" / "herne" / "geo"
OFFICIAL = Origin("official", "Stadt Herne", "dl-de/by-2-0", "2026")
PLACEHOLDER = Origin("placeholder", "geschätzt", "dl-de/by-2-0")


def feature(name="Wanne", code="1", geometry=None, **properties) -> dict:
    return {
        "type": "Feature",
        "properties": {"name": name, "id": code, **properties},
        "geometry": geometry or square(7.1, 51.5),
    }


@pytest.fixture
def file(tmp_path):
    """Writes features, or any text, to a file."""

    def write(*content) -> Path:
        path = tmp_path / "bezirke.geojson"
        text = content[0]
        if not isinstance(text, str | bytes):
            text = json.dumps({"type": "FeatureCollection", "features": content})
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def take(path, *, origin=PLACEHOLDER, level="stadtbezirk", **options):
    return import_districts(path, level=level, origin=origin, **options)


def mistakes(path, **options) -> list[str]:
    """What is wrong with a file; nothing may have been written."""
    before = list(District.objects.values())
    with pytest.raises(ImportRefused) as refused:
        take(path, **options)
    assert list(District.objects.values()) == before
    return [str(problem) for problem in refused.value.problems]


# --- what is taken over ---------------------------------------------------------


def test_new_districts_get_key_parent_shape_and_source(file):
    city = make_city()

    report = take(file(feature("Wanne", "w"), feature("Eickel", 2)))

    assert report.new == ["Wanne (stadtbezirk-w)", "Eickel (stadtbezirk-2)"]
    wanne = District.objects.get(key="stadtbezirk-w")
    assert wanne.parent == city
    assert wanne.shape == square(7.1, 51.5)
    assert (wanne.shape_quality, wanne.has_provisional_code) == ("placeholder", True)
    assert (wanne.source_title, wanne.licence) == ("geschätzt", "dl-de/by-2-0")
    assert wanne.latitude == pytest.approx(51.505)
    assert wanne.longitude == pytest.approx(7.105)


@pytest.mark.parametrize("named", ["w", "Wanne", "alt"])
def test_parent_is_named_by_code_name_or_former_key(file, named):
    parent = make_district("Wanne", code="w")
    DistrictAlias.objects.create(key="stadtbezirk-alt", district=parent)

    take(
        file(feature("Crange", "c", teil=named)),
        level="ortsteil",
        parent_property="teil",
    )

    assert District.objects.get(key="ortsteil-c").parent == parent


def test_second_import_changes_nothing(file):
    make_city()
    path = file(feature("Wanne", "w"))
    take(path)
    version = ReferenceVersion.objects.get(kind="district").version

    report = take(path)

    assert (report.new, report.changed) == ([], {})
    assert report.unchanged == ["Wanne (stadtbezirk-w)"]
    assert ReferenceVersion.objects.get(kind="district").version == version


def test_changed_name_is_reported(file):
    make_city()
    take(file(feature("Wanne", "w")))

    report = take(file(feature("Wanne-Mitte", "w")))

    changes = report.changed["Wanne-Mitte (stadtbezirk-w)"]
    assert [str(change) for change in changes] == ["Name: „Wanne“ → „Wanne-Mitte“"]


def test_dry_run_writes_nothing(file):
    make_city()

    report = take(file(feature("Wanne", "w")), is_dry_run=True)

    assert report.new == ["Wanne (stadtbezirk-w)"]
    assert not District.objects.filter(level="stadtbezirk").exists()


# --- official data replace provisional ones -------------------------------------


def test_official_code_leaves_former_key_as_alias(file):
    wanne = make_district("Wanne", code="wanne", shape=square(7.1, 51.5))
    crange = make_district("Crange", level="ortsteil", code="crange", parent=wanne)
    place = make_place(district=crange)
    changed = place.updated_at

    report = take(file(feature("Wanne", "01")), origin=OFFICIAL)

    wanne.refresh_from_db()
    place.refresh_from_db()
    assert (wanne.key, wanne.has_provisional_code) == ("stadtbezirk-01", False)
    assert list(report.changed) == ["Wanne (stadtbezirk-wanne)"]
    assert reference.districts().resolve("stadtbezirk-wanne") == "stadtbezirk-01"
    assert place.updated_at > changed, "offers there must take the new key"


def test_former_placeholder_file_does_not_replace_official_data(file):
    make_district("Wanne", code="wanne", shape=square(7.1, 51.5))
    take(file(feature("Wanne", "01", square(7.2, 51.5))), origin=OFFICIAL)

    report = take(file(feature("Wanne", "wanne")), origin=PLACEHOLDER)

    wanne = District.objects.get(level="stadtbezirk")
    assert (wanne.code, wanne.shape) == ("01", square(7.2, 51.5))
    assert report.changed == {}
    assert report.notes == ["Wanne behält seine amtliche Fläche (stadtbezirk-01)"]


def test_another_code_for_an_official_district_is_refused(file):
    make_district("Wanne", code="01", has_provisional_code=False)

    assert mistakes(file(feature("Wanne", "02")), origin=OFFICIAL) == [
        "Fläche 1 „Wanne“: heißt wie stadtbezirk-01, hat aber den Schlüssel „02“"
    ]


def test_official_shape_settles_guessed_places(file):
    wanne = make_district("Wanne", code="w", shape=square(7.1, 51.5))
    eickel = make_district("Eickel", code="e", shape=square(7.11, 51.5))
    guessed = make_place(latitude=51.505, longitude=7.105)
    chosen = make_place(
        latitude=51.505, longitude=7.105, district=eickel, is_district_chosen=True
    )
    outside = make_place(latitude=51.6, longitude=7.105)
    actions.settle_places()
    guessed.refresh_from_db()
    assert (guessed.district, guessed.is_district_guessed) == (wanne, True)

    take(file(feature("Wanne", "w")), origin=OFFICIAL)

    for place in (guessed, chosen, outside):
        place.refresh_from_db()
    assert (guessed.district, guessed.is_district_guessed) == (wanne, False)
    assert (chosen.district, chosen.is_district_guessed) == (eickel, False)
    assert outside.district is None


# --- what is refused ------------------------------------------------------------

RING = square(7.1, 51.5)["coordinates"][0]


@pytest.mark.parametrize(
    ("geometry", "what"),
    [
        (None, "hat keine Geometrie"),
        (
            {"type": "Point", "coordinates": [7.1, 51.5]},
            "ist weder Polygon noch MultiPolygon, sondern Point",
        ),
        ({"type": "Polygon", "coordinates": []}, "hat keine Koordinaten"),
        (
            {"type": "Polygon", "coordinates": [RING[:3]]},
            "ein Ring hat weniger als vier Punkte",
        ),
        (
            {"type": "Polygon", "coordinates": [[*RING[:4], [7.1, 51.50001]]]},
            "ein Ring ist nicht geschlossen (erster und letzter Punkt verschieden)",
        ),
        (
            {"type": "Polygon", "coordinates": [[[7.1, 51.5]] * 4]},
            "ein Ring hat keine Fläche",
        ),
        (
            {"type": "Polygon", "coordinates": [[[7.1, "51.5"]] * 4]},
            "eine Koordinate ist kein Zahlenpaar",
        ),
        (
            {"type": "Polygon", "coordinates": [[[y, x] for x, y in RING]]},
            "Länge und Breite sind vertauscht: 51.5, 7.1",
        ),
        (
            {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[376000 + x, 5710000 + y] for x, y in RING]],
                ],
            },
            "Koordinaten in Metern (UTM) statt in Grad (WGS 84): 376007.1, 5710051.5",
        ),
        (
            {"type": "Polygon", "coordinates": [[[x + 200, y] for x, y in RING]]},
            "Koordinaten außerhalb von WGS 84: 207.1, 51.5",
        ),
        (
            {"type": "Polygon", "coordinates": [[[x + 40, y] for x, y in RING]]},
            "Koordinaten liegen nicht in Deutschland: 47.1, 51.5",
        ),
    ],
)
def test_wrong_shapes_are_named(file, geometry, what):
    make_city()
    wrong = feature("Wanne", "w") | {"geometry": geometry}

    assert mistakes(file(feature("Gut", "g"), wrong)) == [f"Fläche 2 „Wanne“: {what}"]


def test_all_mistakes_are_named_at_once(file):
    make_city()
    path = file(
        feature("", "1"),
        feature("Ohne Schlüssel", ""),
        feature("Eins", "7"),
        feature("Zwei", 7),
        feature("eins", "8"),
        {"type": "Feature"},
        feature("Wanne\0", "9"),
    )

    assert mistakes(path) == [
        "Fläche 1: Name fehlt (Eigenschaft „name“)",
        "Fläche 2 „Ohne Schlüssel“: Schlüssel fehlt (Eigenschaft „id“)",
        "Fläche 6: hat keine Eigenschaften (properties)",
        "Fläche 7: Name ist zu lang oder unlesbar",
        "Fläche 4 „Zwei“: Schlüssel „7“ hat schon Fläche 3 „Eins“",
        "Fläche 5 „eins“: gleicher Name im selben Gebiet wie Fläche 3 „Eins“",
    ]


def test_parents_that_are_missing_or_contradict_are_named(file):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    make_district("Crange", level="ortsteil", code="c", parent=wanne)
    path = file(
        feature("Crange", "c", teil=eickel.name),
        feature("Mond", "m", teil="Atlantis"),
        feature("Ohne", "o", teil=None),
    )

    options = {"level": "ortsteil", "parent_property": "teil"}
    assert mistakes(path, **options) == [
        "Fläche 3 „Ohne“: Übergeordnetes fehlt (Eigenschaft „teil“)"
    ]
    path = file(
        feature("Crange", "c", teil=eickel.name), feature("Mond", "m", teil="Atlantis")
    )
    assert mistakes(path, **options) == [
        "Fläche 1 „Crange“: liegt in der Datei in „Eickel“, bisher in „Wanne“;"
        " ein Wechsel wird zuerst in der Verwaltung eingetragen",
        "Fläche 2 „Mond“: das übergeordnete „Atlantis“ gibt es nicht",
        "Fläche 2 „Mond“: ist neu und nennt kein übergeordnetes Gebiet",
    ]


def test_two_features_cannot_be_one_district(file):
    make_district("Wanne", code="w")
    DistrictAlias.objects.create(
        key="stadtbezirk-alt", district=District.objects.get(code="w")
    )

    found = mistakes(file(feature("Wanne", "w"), feature("Wanne neu", "alt")))

    assert found == ["Fläche 2 „Wanne neu“: ist derselbe Bezirk wie Fläche 1 „Wanne“"]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("", "Zeile 1, Spalte 1: kein JSON: Expecting value"),
        ('{"type": ', "Zeile 1, Spalte 10: kein JSON: Expecting value"),
        ("[]", "bezirke.geojson: keine GeoJSON-FeatureCollection"),
        ('{"type": "FeatureCollection"}', "„features“ fehlt oder ist keine Liste"),
        (
            '{"type": "FeatureCollection", "features": []}',
            "Die Datei enthält keine Flächen (features).",
        ),
        (
            "Bezirk Größe".encode("latin-1"),
            "Byte 9: kein UTF-8; GeoJSON ist immer UTF-8",
        ),
        ('{"a": NaN}', "bezirke.geojson: kein JSON: NaN ist keine Zahl"),
    ],
)
def test_broken_files_are_refused(file, content, what):
    assert mistakes(file(content)) == [what]


@pytest.mark.parametrize("content", ["[" * 200_000, '{"a": ' + "9" * 10_000 + "}"])
def test_hostile_json_is_refused(file, content):
    assert len(mistakes(file(content))) == 1


def test_missing_file_is_refused(tmp_path):
    assert len(mistakes(tmp_path / "fehlt.geojson")) == 1


# --- the command and Herne's files ----------------------------------------------


def test_command_reports_and_refuses(file, capsys):
    make_city()
    options = {
        "level": "stadtbezirk",
        "quality": "placeholder",
        "source": "geschätzt",
        "licence": "dl-de/by-2-0",
    }

    call_command("import_districts", file(feature("Wanne", "w")), **options)

    assert capsys.readouterr().out.splitlines() == [
        "neu 1, geändert 0, unverändert 0, verschwunden 0",
        "neu: Wanne (stadtbezirk-w)",
    ]
    with pytest.raises(CommandError, match="1 Fehler:"):
        call_command("import_districts", file("{}"), **options)


@pytest.mark.skipif(not GEO.exists(), reason="Hernes Dateien liegen nicht daneben")
def test_shapes_of_herne():
    border = Origin("official", "© GeoBasis-DE / BKG", "dl-de/by-2-0", "2018-12-31")
    take(
        GEO / "herne_grenze.geojson",
        level="stadt",
        origin=border,
        code_property="ags",
    )
    take(GEO / "stadtbezirke_platzhalter.geojson")
    take(
        GEO / "ortsteile_platzhalter.geojson",
        level="ortsteil",
        parent_property="stadtbezirk",
    )
    town_hall = make_place(latitude=51.5386, longitude=7.2257)

    actions.assign_district(town_hall)

    assert District.objects.count() == 18
    assert town_hall.is_district_guessed
    assert town_hall.district.level == "ortsteil"
    keys = reference.districts().by_key[town_hall.district.key].above
    assert keys[-1] == "stadt-05916000"
