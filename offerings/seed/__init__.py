"""The catalogue of the first start: topics, what Herne's documents say people can
attend or use, and the words that mean the same.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from herne_bildung.city import search
from herne_bildung.city.models import Organisation, Place, School
from herne_bildung.city.seeding import (
    Entry,
    Seeding,
    columns,
    parents_first,
    source_values,
)
from herne_bildung.lib.analyser import fuzzy_text
from offerings.models import Offering, Topic

DATA = Path(__file__).parent / "data"
TEXTS = ("title", "summary", "description", "next_step")


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def synonyms() -> list[dict[str, Any]]:
    """Groups of words that mean the same, for `lib.analyser.load_synonyms`."""
    return read("synonyms.json")


def sow(seeding: Seeding) -> None:
    """Write topics and offers; the city's facts come before."""
    if seeding.writes(Topic):
        _sow_topics(seeding)
    if seeding.writes(Offering):
        _sow_offers(seeding)
    search.write_words(known_words())


def known_words() -> Iterator[str]:
    """Words people type for what there is, so that a mistyped one is understood too."""
    groups = [group["words"] for group in synonyms()]
    groups += [topic["synonyms"] for topic in read("topics.json")]
    for words_by_language in groups:
        for words in words_by_language.values():
            yield from map(fuzzy_text, words)


def _sow_topics(seeding: Seeding) -> None:
    for row in parents_first(read("topics.json")):
        values = {
            "parent": seeding.find(Topic, row["parent"]),
            "order": row["order"],
            "synonyms": row["synonyms"],
            "family_need": row["family_need"],
            **columns("name", row["name"]),
        }
        entry = Entry(row["key"], values, initial={"key": row["key"]})
        seeding.sow(Topic, [entry], natural=["key"])


def _sow_offers(seeding: Seeding) -> None:
    rows = read("offers.json")
    by_key = {row["key"]: row for row in rows}
    for row in parents_first(
        {"key": row["key"], "parent": row["successor"]} for row in rows
    ):
        entry = _offer_entry(by_key[row["key"]], seeding)
        seeding.sow(Offering, [entry], natural=["slug"], is_closed=_is_archived)


def _is_archived(offering: Offering) -> bool:
    return offering.state == Offering.State.ARCHIVED


def _offer_entry(row: dict[str, Any], seeding: Seeding) -> Entry:
    schools = seeding.find_all(School, row["school_numbers"])
    places = seeding.find_all(Place, row["places"])
    places += [school.place for school in schools]
    values: dict[str, Any] = {
        "provider": seeding.find(Organisation, row["provider"]),
        "topics": seeding.find_all(Topic, row["topics"]),
        "places": list({place.pk: place for place in places}.values()),
        "successor": seeding.find(Offering, row["successor"]),
        "is_citywide": row["is_citywide"],
        "format": row["format"],
        "age_min_months": row["age_min_months"],
        "age_max_months": row["age_max_months"],
        "target_groups": row["target_groups"],
        "languages": row["offer_languages"],
        "is_free": row["is_free"],
        "running_since": row["started"] or "",
        "ends_on": row["ended"],
        "as_of": str(row["as_of_year"]),
        **source_values(row["source"]),
    }
    for name in TEXTS:
        values |= columns(name, row[name])
    state = {"slug": row["slug"], "state": Offering.State.PUBLISHED}
    return Entry(row["key"], values, initial=state)
