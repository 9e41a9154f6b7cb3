"""Facts about Herne of the first start: districts, school holidays, schools, bodies
and places. docs/data-sources.md says where each data file comes from.
"""

import json
from pathlib import Path
from typing import Any

from herne_bildung.city.models import (
    District,
    Organisation,
    Place,
    School,
    SchoolHoliday,
)
from herne_bildung.city.seeding import (
    Entry,
    Seeding,
    columns,
    parents_first,
    source_values,
)
from herne_bildung.lib.geo import middle

DATA = Path(__file__).parent / "data"


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def sow(seeding: Seeding) -> None:
    """Write all facts about the city, in the order in which they need each other."""
    for model, sow_all in {
        District: _sow_districts,
        SchoolHoliday: _sow_holidays,
        Place: _sow_places,
        School: _sow_schools,
        Organisation: _sow_organisations,
    }.items():
        if seeding.writes(model):
            sow_all(seeding)


def _sow_districts(seeding: Seeding) -> None:
    for row in read("districts.json"):
        parent = seeding.find(District, row["parent"])
        key = f"{row['level']}-{row['code']}"
        if row["parent"] and parent is None:
            seeding.leave(District, key, "gehört zu keinem Bezirk mehr")
            continue
        point = middle(row["shape"]) if row["shape"] else None
        values = {
            "parent": parent,
            "latitude": point and round(point.latitude, 6),
            "longitude": point and round(point.longitude, 6),
            **_taken(row, "name order shape shape_quality as_of source_title licence"),
        }
        seeding.sow(
            District,
            [Entry(key, values, initial=_taken(row, "level code"))],
            natural=["level", "code"],
        )


def _sow_holidays(seeding: Seeding) -> None:
    entries = [
        Entry(row["key"], _taken(row, "name starts_on ends_on source_title"))
        for row in read("school_holidays.json")
    ]
    seeding.sow(SchoolHoliday, entries, natural=["name", "starts_on"])


def _sow_places(seeding: Seeding) -> None:
    schools = read("schools.json")
    source = {
        **_taken(schools["place_source"], "as_of licence"),
        "source_title": schools["place_source"]["title"],
    }
    fields = "name street postal_code latitude longitude"
    entries = [
        Entry(row["key"], {**_taken(row, fields), "city": "Herne", **source})
        for row in schools["places"]
    ]
    for row in read("places.json"):
        values = {
            **_taken(row, "name street postal_code city as_of"),
            **source_values(row["source"]),
        }
        if row["district_key"]:
            values["district"] = seeding.find(District, row["district_key"])
        entries.append(Entry(row["key"], values))
    seeding.sow(Place, entries)


def _sow_schools(seeding: Seeding) -> None:
    data = read("schools.json")
    source = data["source"]
    for row in data["schools"]:
        place = seeding.find(Place, row["place"])
        if place is None:
            seeding.leave(School, row["number"], "ihr Ort ist hier gelöscht")
            continue
        has_index = row["social_index"] is not None
        values = {
            "place": place,
            "pupils_year": source["pupils_year"] if row["pupils"] else "",
            "social_index_year": source["social_index_year"] if has_index else "",
            "source_title": source["title"],
            **_taken(source, "as_of licence"),
            **_taken(
                row,
                "form name official_name operator is_private all_day pupils"
                " social_index is_startchancen talent_school_since"
                " phone email website",
            ),
        }
        entry = Entry(row["number"], values, initial=_taken(row, "number slug"))
        seeding.sow(School, [entry], natural=["number"])


def _sow_organisations(seeding: Seeding) -> None:
    places: dict[str, list[str]] = {}
    for row in read("places.json"):
        for organisation in row["organisations"]:
            places.setdefault(organisation, []).append(row["key"])
    for row in parents_first(read("organisations.json")):
        values = {
            "parent": seeding.find(Organisation, row["parent"]),
            "places": seeding.find_all(Place, places.get(row["key"], [])),
            **_taken(row, "kind status is_provider as_of website email"),
            **columns("name", row["name"]),
            **columns("description", row["description"]),
            **source_values(row["source"]),
        }
        entry = Entry(row["key"], values, initial={"slug": row["key"]})
        seeding.sow(Organisation, [entry], natural=["slug"])


def _taken(row: dict[str, Any], names: str) -> dict[str, Any]:
    """Some values of a row. Texts a source does not give are empty, not null."""
    numbers = {"latitude", "longitude", "pupils", "social_index"}
    unknown_is_null = {*numbers, "talent_school_since", "shape"}
    return {
        name: "" if row[name] is None and name not in unknown_is_null else row[name]
        for name in names.split()
    }
