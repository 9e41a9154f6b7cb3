"""Lines of school files, and what is wrong with a file."""

import pytest

from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.importers.schools import import_schools
from herne_bildung.city.models import Place, School

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


def mistakes(path, **options) -> list[str]:
    """What is wrong with a file; nothing may have been written."""
    before = list(School.objects.values()), list(Place.objects.values())
    with pytest.raises(ImportRefused) as refused:
        import_schools(path, **options)
    assert (list(School.objects.values()), list(Place.objects.values())) == before
    return [str(problem) for problem in refused.value.problems]
