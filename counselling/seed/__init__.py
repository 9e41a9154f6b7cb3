"""Counselling of the first start: what people come with, and the offices that Herne's
documents say advise or help, with their contact roles.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counselling.actions import reindex
from counselling.finder import seed as finder
from counselling.models import (
    Concern,
    ContactRole,
    CounsellingOffice,
    OfficeConcern,
)
from counselling.routes import seed as routes
from herne_bildung.city import search
from herne_bildung.city.models import Organisation, Place
from herne_bildung.city.seeding import Entry, Seeding, columns, source_values
from herne_bildung.lib.analyser import fuzzy_text

DATA = Path(__file__).parent / "data"
TEXTS = ("name", "summary", "description")


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def sow(seeding: Seeding) -> None:
    """Write concerns, offices, the finder and the routes; the city's facts come before.

    An office needs its general contact by the end of the caller's transaction.
    """
    if seeding.writes(Concern):
        _sow_concerns(seeding)
    if seeding.writes(CounsellingOffice):
        _sow_offices(seeding)
    finder.sow(seeding)
    routes.sow(seeding)
    search.write_words(known_words())
    reindex(_concerned_offices(seeding))


def known_words() -> Iterator[str]:
    """Words people type for a concern, so that a mistyped one is understood too."""
    for row in read("concerns.json"):
        for words in row["synonyms"].values():
            yield from map(fuzzy_text, words)


def _sow_concerns(seeding: Seeding) -> None:
    entries = [
        Entry(
            row["key"],
            {
                "group": row["group"],
                "order": row["order"],
                "synonyms": row["synonyms"],
                **columns("name", row["name"]),
            },
            initial={"key": row["key"]},
        )
        for row in read("concerns.json")
    ]
    seeding.sow(Concern, entries, natural=["key"])


def _sow_offices(seeding: Seeding) -> None:
    for row in read("offices.json"):
        entry = _office_entry(row, seeding)
        seeding.sow(CounsellingOffice, [entry], natural=["slug"], is_closed=_is_closed)
        # None where people deleted it or made one of their own.
        office = seeding.find(CounsellingOffice, row["key"])
        if office and not _is_closed(office):
            _sow_links(office, row, seeding)
            _sow_roles(office, row, seeding)


def _is_closed(office: CounsellingOffice) -> bool:
    return office.state == CounsellingOffice.State.ARCHIVED


def _office_entry(row: dict[str, Any], seeding: Seeding) -> Entry:
    values: dict[str, Any] = {
        "organisation": seeding.find(Organisation, row["organisation"]),
        "place": seeding.find(Place, row["place"]),
        "is_general": row["is_general"],
        "audiences": row["audiences"],
        "is_citywide": row["is_citywide"],
        "email": row["email"] or "",
        "website": row["website"] or "",
        "as_of": row["as_of"] or "",
        **source_values(row["source"]),
    }
    for name in TEXTS:
        values |= columns(name, row[name])
    state = {"slug": row["slug"], "state": row["state"]}
    return Entry(row["key"], values, initial=state)


def _sow_links(
    office: CounsellingOffice, row: dict[str, Any], seeding: Seeding
) -> None:
    for link in row["concerns"]:
        concern = seeding.find(Concern, link["key"])
        if concern is None:
            continue
        entry = Entry(
            f"{row['key']}/{link['key']}",
            {"is_main": link["is_main"]},
            initial={"office": office, "concern": concern},
        )
        seeding.sow(OfficeConcern, [entry], natural=["office", "concern"])


def _sow_roles(
    office: CounsellingOffice, row: dict[str, Any], seeding: Seeding
) -> None:
    for number, role in enumerate(row["roles"]):
        values = {
            "is_general": role["is_general"],
            "concerns": seeding.find_all(Concern, role["concerns"]),
            "order": 10 * number,
            **columns("title", role["title"]),
            **columns("responsibility", role["responsibility"]),
        }
        entry = Entry(f"{row['key']}/{role['key']}", values, initial={"office": office})
        known_by = "is_general" if role["is_general"] else "title_de"
        seeding.sow(ContactRole, [entry], natural=["office", known_by])


def _concerned_offices(seeding: Seeding) -> Iterable[int]:
    """Ids of the offices that anything written belongs to. They count as touched:
    the history of an office holds its roles and concerns.
    """
    offices = set(seeding.touched.get(CounsellingOffice, ()))
    for model in (OfficeConcern, ContactRole):
        written = model.objects.filter(pk__in=seeding.touched.get(model, ()))
        offices |= set(written.values_list("office_id", flat=True))
    if offices:
        seeding.touched[CounsellingOffice] = offices
    renamed = OfficeConcern.objects.filter(concern__in=seeding.touched.get(Concern, ()))
    return offices | set(renamed.values_list("office_id", flat=True))
