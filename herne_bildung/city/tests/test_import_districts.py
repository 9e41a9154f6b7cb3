from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError

from herne_bildung.city import actions, reference
from herne_bildung.city.importers.districts import Origin
from herne_bildung.city.models import District, DistrictAlias, ReferenceVersion
from herne_bildung.city.tests.factories import (
    make_city,
    make_district,
    make_place,
    square,
)
from herne_bildung.city.tests.shape_tables import (
    OFFICIAL,
    PLACEHOLDER,
    feature,
    mistakes,
    take,
)

pytestmark = pytest.mark.django_db
GEO = Path(settings.BASE_DIR).parent / "shared" / "herne" / "geo"


# --- what is taken over ---------------------------------------------------------


def test_new_districts_get_key_parent_shape_and_source(shape_file):
    city = make_city()

    report = take(shape_file(feature("Wanne", "w"), feature("Eickel", 2)))

    assert report.new == ["Wanne (stadtbezirk-w)", "Eickel (stadtbezirk-2)"]
    wanne = District.objects.get(key="stadtbezirk-w")
    assert wanne.parent == city
    assert wanne.shape == square(7.1, 51.5)
    assert (wanne.shape_quality, wanne.has_provisional_code) == ("placeholder", True)
    assert (wanne.source_title, wanne.licence) == ("geschätzt", "dl-de/by-2-0")
    assert wanne.latitude == pytest.approx(51.505)
    assert wanne.longitude == pytest.approx(7.105)


@pytest.mark.parametrize("named", ["w", "Wanne", "alt"])
def test_parent_is_named_by_code_name_or_former_key(shape_file, named):
    parent = make_district("Wanne", code="w")
    DistrictAlias.objects.create(key="stadtbezirk-alt", district=parent)

    take(
        shape_file(feature("Crange", "c", teil=named)),
        level="ortsteil",
        parent_property="teil",
    )

    assert District.objects.get(key="ortsteil-c").parent == parent


def test_second_import_changes_nothing(shape_file):
    make_city()
    path = shape_file(feature("Wanne", "w"))
    take(path)
    version = ReferenceVersion.objects.get(kind="district").version

    report = take(path)

    assert (report.new, report.changed) == ([], {})
    assert report.unchanged == ["Wanne (stadtbezirk-w)"]
    assert ReferenceVersion.objects.get(kind="district").version == version


def test_changed_name_is_reported(shape_file):
    make_city()
    take(shape_file(feature("Wanne", "w")))

    report = take(shape_file(feature("Wanne-Mitte", "w")))

    changes = report.changed["Wanne-Mitte (stadtbezirk-w)"]
    assert [str(change) for change in changes] == ["Name: „Wanne“ → „Wanne-Mitte“"]


def test_dry_run_writes_nothing(shape_file):
    make_city()

    report = take(shape_file(feature("Wanne", "w")), is_dry_run=True)

    assert report.new == ["Wanne (stadtbezirk-w)"]
    assert not District.objects.filter(level="stadtbezirk").exists()


# --- official data replace provisional ones -------------------------------------


def test_official_code_leaves_former_key_as_alias(shape_file):
    wanne = make_district("Wanne", code="wanne", shape=square(7.1, 51.5))
    crange = make_district("Crange", level="ortsteil", code="crange", parent=wanne)
    place = make_place(district=crange)
    changed = place.updated_at

    report = take(shape_file(feature("Wanne", "01")), origin=OFFICIAL)

    wanne.refresh_from_db()
    place.refresh_from_db()
    assert (wanne.key, wanne.has_provisional_code) == ("stadtbezirk-01", False)
    assert list(report.changed) == ["Wanne (stadtbezirk-wanne)"]
    assert reference.districts().resolve("stadtbezirk-wanne") == "stadtbezirk-01"
    assert place.updated_at > changed, "offers there must take the new key"


def test_former_placeholder_file_does_not_replace_official_data(shape_file):
    make_district("Wanne", code="wanne", shape=square(7.1, 51.5))
    take(shape_file(feature("Wanne", "01", square(7.2, 51.5))), origin=OFFICIAL)

    report = take(shape_file(feature("Wanne", "wanne")), origin=PLACEHOLDER)

    wanne = District.objects.get(level="stadtbezirk")
    assert (wanne.code, wanne.shape) == ("01", square(7.2, 51.5))
    assert report.changed == {}
    assert report.notes == ["Wanne behält seine amtliche Fläche (stadtbezirk-01)"]


def test_another_code_for_an_official_district_is_refused(shape_file):
    make_district("Wanne", code="01", has_provisional_code=False)

    assert mistakes(shape_file(feature("Wanne", "02")), origin=OFFICIAL) == [
        "Fläche 1 „Wanne“: heißt wie stadtbezirk-01, hat aber den Schlüssel „02“"
    ]


def test_official_shape_settles_guessed_places(shape_file):
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

    take(shape_file(feature("Wanne", "w")), origin=OFFICIAL)

    for place in (guessed, chosen, outside):
        place.refresh_from_db()
    assert (guessed.district, guessed.is_district_guessed) == (wanne, False)
    assert (chosen.district, chosen.is_district_guessed) == (eickel, False)
    assert outside.district is None


# --- the command and Herne's files ----------------------------------------------


def test_command_reports_and_refuses(shape_file, capsys):
    make_city()
    options = {
        "level": "stadtbezirk",
        "quality": "placeholder",
        "source": "geschätzt",
        "licence": "dl-de/by-2-0",
    }

    call_command("import_districts", shape_file(feature("Wanne", "w")), **options)

    assert capsys.readouterr().out.splitlines() == [
        "neu 1, geändert 0, unverändert 0, verschwunden 0",
        "neu: Wanne (stadtbezirk-w)",
    ]
    with pytest.raises(CommandError, match="1 Fehler:"):
        call_command("import_districts", shape_file("{}"), **options)


def test_command_says_in_one_sentence_what_is_missing(shape_file):
    path = shape_file(feature("Wanne", "w"))

    with pytest.raises(CommandError) as failure:
        call_command("import_districts", path, level="stadtbezirk", source="Stadt")

    assert str(failure.value) == "Es fehlt: --quality, --licence."
    assert District.objects.count() == 0


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
