"""Descriptions of files of values."""

import pytest
from django.conf import settings

from monitoring.opendata.checks import frictionless
from monitoring.opendata.openness import current_of, open_indicators
from monitoring.opendata.tests.test_files import HEAD
from monitoring.tests.examples import make_whole_indicator
from monitoring.tests.factories import make_indicator, make_release

pytestmark = pytest.mark.django_db
ROOT = settings.PUBLIC_ADDRESS


@pytest.fixture
def whole():
    return make_whole_indicator(slug="ganz")


def test_former_release_says_so_in_its_package(client, whole):
    found = client.get("/daten/ganz/2/datapackage.json").json()

    assert found["version"] == "2"
    assert found["description"].split("\n\n")[0] == (
        "Diese Fassung wurde durch eine neuere ersetzt."
    )
    release = found["release"]
    assert (release["state"], release["stateLabel"], release["currentRelease"]) == (
        "superseded",
        "durch eine neuere Fassung ersetzt",
        {"number": 3, "path": ROOT + "/daten/ganz/3/datapackage.json"},
    )


def test_package_describes_licence_source_time_and_codes(client, whole):
    found = client.get("/daten/ganz/datapackage.json").json()

    fields = {one["name"]: one for one in found["resources"][0]["schema"]["fields"]}
    assert list(fields) == HEAD.split(",")
    assert found["licenses"] == [
        {
            "name": "dl-de-by-2.0",
            "path": "https://www.govdata.de/dl-de/by-2-0",
            "title": "Datenlizenz Deutschland – Namensnennung – Version 2.0",
        }
    ]
    assert (found["attribution"], found["sources"]) == (
        "Amtliche Quelle, Stadt Herne",
        [{"title": "Amtliche Quelle"}],
    )
    assert (found["temporal"], found["spatial"]) == (
        {"start": "2020-01-01", "end": "2022-12-31"},
        {"levels": ["Stadt Herne", "Kreis oder kreisfreie Stadt"]},
    )
    assert found["resources"][0]["schema"]["missingValues"] == [
        {
            "value": "",
            "label": "leer: kein Eintrag; bei Werten sagt die Spalte state, warum",
        }
    ]
    assert fields["state"]["categories"] == [
        {"value": "value", "label": "ein Wert; 0 ist eine echte Null"},
        {
            "value": "suppressed",
            "label": "geheim: unterdrückt, um Menschen zu schützen",
        },
        {
            "value": "not_available",
            "label": "nicht vorhanden: nicht erhoben, oder liegt nicht vor",
        },
        {"value": "not_applicable", "label": "nicht sinnvoll: gibt es hier nicht"},
    ]
    assert (fields["value"]["type"], fields["value"]["unit"]) == (
        "number",
        whole.get_unit_display(),
    )


def test_package_without_licence_claims_none(client):
    make_release(make_indicator(slug="ohne"))

    found = client.get("/daten/ohne/datapackage.json").json()

    assert "licenses" not in found
    assert found["licenceNote"].startswith("Unter welcher Lizenz")


def test_frictionless_finds_nothing_wrong(whole):
    pytest.importorskip("frictionless")
    indicator = open_indicators().get(pk=whole.pk)

    assert frictionless(indicator, current_of(indicator)) == []
