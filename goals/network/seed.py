"""Bodies of the first start: those that Herne's documents name. No document tells of
coming dates, so there are none.
"""

import json
from pathlib import Path
from typing import Any

from goals.choices import Publication
from goals.models import Body, BodyMember
from herne_bildung.city.models import Organisation
from herne_bildung.city.seeding import Entry, Seeding, columns, source_values

DATA = Path(__file__).parent / "data" / "bodies.json"


def sow(seeding: Seeding) -> None:
    """Write the bodies and who takes part; organisations come before."""
    if not seeding.writes(Body):
        return
    for order, row in enumerate(read()):
        organisation = seeding.find(Organisation, row["organisation"])
        if organisation is None and row["name"] is None:
            seeding.leave(Body, row["key"], "ihre Organisation ist hier gelöscht")
            continue
        entry = _body(row, organisation, 10 * order)
        seeding.sow(Body, [entry], natural=["slug"])
        if body := seeding.find(Body, row["key"]):
            _sow_members(body, row, seeding)


def read() -> list[dict[str, Any]]:
    """The bodies of the data file."""
    return json.loads(DATA.read_text(encoding="utf-8"))


def _body(row: dict[str, Any], organisation: Organisation | None, order: int) -> Entry:
    values = {
        "kind": row["kind"],
        "organisation": organisation,
        "as_of": row["as_of"],
        "order": order,
        "holds_conferences": row["holds_conferences"],
        **columns("name", row["name"] or {}),
        **columns("task", row["task"]),
        **source_values(row["source"]),
    }
    state = {"slug": row["key"], "state": Publication.PUBLISHED}
    return Entry(row["key"], values, initial=state)


def _sow_members(body: Body, row: dict[str, Any], seeding: Seeding) -> None:
    for order, member in enumerate(row["members"]):
        key = f"{row['key']}/{member['key']}"
        organisation = seeding.find(Organisation, member["organisation"])
        if organisation is None and member["name"] is None:
            seeding.leave(BodyMember, key, "ihre Organisation ist hier gelöscht")
            continue
        values = {
            "organisation": organisation,
            "is_in_charge": member["is_in_charge"],
            "as_of": member["as_of"],
            "order": 10 * order,
            **columns("name", member["name"] or {}),
            **columns("role", member["role"] or {}),
            **source_values(member["source"]),
        }
        known_by = "organisation" if organisation else "name_de"
        seeding.sow(
            BodyMember,
            [Entry(key, values, initial={"body": body})],
            natural=["body", known_by],
        )
