"""The routes of the first start: rules of North Rhine-Westphalia with their sources,
and what Herne's documents say; schools and offices come from their own data.
"""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from counselling.models import (
    Concern,
    Route,
    RouteDate,
    RouteNode,
    RouteResult,
    RouteStep,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.seeding import Entry, Seeding, columns

DATA = Path(__file__).parent.parent / "seed" / "data" / "routes"
SLUGS = ("nach-der-4", "nach-der-10", "zurueck", "weiterbildung", "ruhestand")
TEXTS = ("title", "text", "needs", "leads_to")


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def sow(seeding: Seeding) -> None:
    """Write the routes; organisations and concerns come before."""
    results = [
        Entry(
            row["key"],
            {"order": row["order"], **columns("name", row["name"])},
            initial={"key": row["key"]},
        )
        for row in read("results")
    ]
    rows = [read(slug) for slug in SLUGS]
    seeding.sow(RouteResult, results, natural=["key"])
    seeding.sow(Route, [_route(row, seeding) for row in rows], natural=["slug"])
    _sow_parts(seeding, RouteNode, rows, _nodes)
    _sow_parts(seeding, RouteStep, rows, _steps)
    _sow_parts(seeding, RouteDate, rows, _dates)


def _sow_parts(seeding: Seeding, model: Any, rows: Iterable, entries: Any) -> None:
    if seeding.writes(model):
        for row in rows:
            seeding.sow(model, entries(row, seeding))


def _route(row: dict[str, Any], seeding: Seeding) -> Entry:
    values = {
        "order": row["order"],
        "organisation": seeding.find(Organisation, row["organisation"]),
        "results": seeding.find_all(RouteResult, row["results"]),
        **columns("title", row["title"]),
        **columns("lead", row["lead"]),
        **_source(row["source"]),
    }
    return Entry(
        row["slug"], values, initial={"slug": row["slug"], "is_published": True}
    )


def _nodes(row: dict[str, Any], seeding: Seeding) -> Iterator[Entry]:
    route = seeding.find(Route, row["slug"])
    if route is None:
        return
    # Those that people made here, too.
    known = {concern.key: concern for concern in Concern.objects.all()}
    for order, node in enumerate(row["nodes"], 1):
        values = {
            "order": order,
            "kind": node["kind"],
            "is_goal": node["is_goal"],
            "school_forms": node["school_forms"],
            "concerns": [known[key] for key in node["concerns"] if key in known],
            **_source(node["source"]),
        }
        for name in TEXTS:
            values |= columns(name, node[name])
        key = f"{row['slug']}/{node['key']}"
        yield Entry(key, values, initial={"route": route, "key": node["key"]})


def _steps(row: dict[str, Any], seeding: Seeding) -> Iterator[Entry]:
    for order, step in enumerate(row["steps"], 1):
        ends = [f"{row['slug']}/{step[end]}" for end in ("start", "end")]
        start, end = (seeding.find(RouteNode, key) for key in ends)
        key = f"{row['slug']}/{step['start']}/{step['end']}"
        if start is None or end is None:
            seeding.leave(RouteStep, key, "Station fehlt")
            continue
        values = {
            "order": order,
            "results": seeding.find_all(RouteResult, step["results"]),
            **columns("condition", step["condition"]),
        }
        yield Entry(key, values, initial={"start": start, "end": end})


def _dates(row: dict[str, Any], seeding: Seeding) -> Iterator[Entry]:
    route = seeding.find(Route, row["slug"])
    for date in row["dates"] if route else ():
        values = {
            "first_day": date["first_day"],
            "last_day": date["last_day"],
            "school_year": date["school_year"],
            **columns("title", date["title"]),
            **_source(date["source"]),
        }
        node = seeding.find(RouteNode, f"{row['slug']}/{date['node']}")
        key = f"{row['slug']}/{date['key']}"
        yield Entry(key, values, initial={"route": route, "node": node})


def _source(source: dict[str, str]) -> dict[str, str]:
    return {
        "source_title": source["title"],
        "source_url": source["url"],
        "as_of": source["as_of"],
        "source_quote": source["quote"],
    }
