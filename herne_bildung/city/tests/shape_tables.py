"""Features of shape files, and what is wrong with a file."""

import pytest

from herne_bildung.city.importers.districts import Origin, import_districts
from herne_bildung.city.importers.report import ImportRefused
from herne_bildung.city.models import District
from herne_bildung.city.tests.factories import square

OFFICIAL = Origin("official", "Stadt Herne", "dl-de/by-2-0", "2026")
PLACEHOLDER = Origin("placeholder", "geschätzt", "dl-de/by-2-0")


def feature(name="Wanne", code="1", geometry=None, **properties) -> dict:
    return {
        "type": "Feature",
        "properties": {"name": name, "id": code, **properties},
        "geometry": geometry or square(7.1, 51.5),
    }


def take(path, *, origin=PLACEHOLDER, level="stadtbezirk", **options):
    return import_districts(path, level=level, origin=origin, **options)


def mistakes(path, **options) -> list[str]:
    """What is wrong with a file; nothing may have been written."""
    before = list(District.objects.values())
    with pytest.raises(ImportRefused) as refused:
        take(path, **options)
    assert list(District.objects.values()) == before
    return [str(problem) for problem in refused.value.problems]
