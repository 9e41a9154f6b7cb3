"""Areas: every district and school there is, and places to compare Herne with.

Herne itself is one area, its district "stadt"; an independent city is one area as a
county and as a municipality.
"""

from typing import Any

from herne_bildung.city.models import District, School
from herne_bildung.city.seeding import Entry, Seeding
from monitoring.choices import Level
from monitoring.models import Area
from monitoring.seed.reading import read

HERNE = "05916"
SHAPES = {
    "as_of": "2018-12-31",
    "source_title": "© GeoBasis-DE / BKG, VG250 (Daten generalisiert)",
    "licence": "dl-de/by-2-0",
}
# Where areas of a kind stand in lists.
AFTER_DISTRICTS, AFTER_SCHOOLS = 5_000, 10_000


def sow(seeding: Seeding) -> None:
    """Write the areas; what they are part of comes before."""
    if not seeding.writes(Area):
        return
    _sow_districts(seeding)
    _sow_schools(seeding)
    for order, row in enumerate(read("areas.json"), AFTER_SCHOOLS):
        names = ("level", "name", "official_key", "is_neighbour", "shape")
        values = {
            **{name: row[name] for name in names},
            "parent": seeding.find(Area, row["parent"]),
            "order": order,
            **(SHAPES if row["shape"] else {}),
        }
        entry = Entry(row["key"], values, initial={"key": row["key"]})
        seeding.sow(Area, [entry], natural=["key"])


def school_key(number: str) -> str:
    """The key of the area of a school."""
    return f"schule-{number}"


def _sow_districts(seeding: Seeding) -> None:
    # By level, so that each comes after what it is part of.
    levels = list(District.Level)
    districts = District.objects.select_related("parent")
    for district in sorted(districts, key=lambda one: levels.index(one.level)):
        is_city = district.level == District.Level.CITY
        values = {
            "level": district.level,
            "name": district.name,
            "official_key": HERNE if is_city else "",
            "parent": district.parent and seeding.find(Area, district.parent.key),
            "order": district.order,
            **_source_of(district),
        }
        initial = {"key": district.key, "district": district}
        entry = Entry(district.key, values, initial)
        seeding.sow(Area, [entry], natural=["district"])


def _sow_schools(seeding: Seeding) -> None:
    city = Area.objects.filter(level=Level.CITY).first()
    for order, school in enumerate(School.objects.all(), AFTER_DISTRICTS):
        key = school_key(school.number)
        values = {
            "level": Level.SCHOOL,
            "name": school.name[:150],
            "parent": city,
            "order": order,
            **_source_of(school),
        }
        entry = Entry(key, values, initial={"key": key, "school": school})
        seeding.sow(Area, [entry], natural=["school"])


def _source_of(entry: District | School) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in ("as_of", "source_title", "licence")}
