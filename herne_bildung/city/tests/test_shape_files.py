"""Files of shapes that are refused: every mistake by feature."""

import pytest

from herne_bildung.city.models import District, DistrictAlias
from herne_bildung.city.tests.factories import make_city, make_district, square
from herne_bildung.city.tests.shape_tables import feature, mistakes

pytestmark = pytest.mark.django_db
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
def test_wrong_shapes_are_named(shape_file, geometry, what):
    make_city()
    wrong = feature("Wanne", "w") | {"geometry": geometry}

    assert mistakes(shape_file(feature("Gut", "g"), wrong)) == [
        f"Fläche 2 „Wanne“: {what}"
    ]


def test_all_mistakes_are_named_at_once(shape_file):
    make_city()
    path = shape_file(
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


def test_parents_that_are_missing_or_contradict_are_named(shape_file):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    make_district("Crange", level="ortsteil", code="c", parent=wanne)
    path = shape_file(
        feature("Crange", "c", teil=eickel.name),
        feature("Mond", "m", teil="Atlantis"),
        feature("Ohne", "o", teil=None),
    )

    options = {"level": "ortsteil", "parent_property": "teil"}
    assert mistakes(path, **options) == [
        "Fläche 3 „Ohne“: Übergeordnetes fehlt (Eigenschaft „teil“)"
    ]
    path = shape_file(
        feature("Crange", "c", teil=eickel.name), feature("Mond", "m", teil="Atlantis")
    )
    assert mistakes(path, **options) == [
        "Fläche 1 „Crange“: liegt in der Datei in „Eickel“, bisher in „Wanne“;"
        " ein Wechsel wird zuerst in der Verwaltung eingetragen",
        "Fläche 2 „Mond“: das übergeordnete „Atlantis“ gibt es nicht",
        "Fläche 2 „Mond“: ist neu und nennt kein übergeordnetes Gebiet",
    ]


def test_two_features_cannot_be_one_district(shape_file):
    make_district("Wanne", code="w")
    DistrictAlias.objects.create(
        key="stadtbezirk-alt", district=District.objects.get(code="w")
    )

    found = mistakes(shape_file(feature("Wanne", "w"), feature("Wanne neu", "alt")))

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
def test_broken_files_are_refused(shape_file, content, what):
    assert mistakes(shape_file(content)) == [what]


@pytest.mark.parametrize("content", ["[" * 200_000, '{"a": ' + "9" * 10_000 + "}"])
def test_hostile_json_is_refused(shape_file, content):
    assert len(mistakes(shape_file(content))) == 1


def test_missing_file_is_refused(tmp_path):
    assert len(mistakes(tmp_path / "fehlt.geojson")) == 1
