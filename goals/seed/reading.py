"""The data files, and how their rows become values of models."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from goals.choices import Publication
from herne_bildung.city.seeding import columns, source_values
from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE

DATA = Path(__file__).parent / "data"
PUBLISHED = {"state": Publication.PUBLISHED}


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@cache
def words() -> dict[str, dict[str, dict[str, str]]]:
    """Texts of our own: by language, by the key of their entry, by field."""
    return {code: read(f"words/{code}.json") for code in CODES}


def texts(key: str, *fields: str) -> dict[str, str]:
    """Our texts of an entry as values of columns; "" where there is none."""
    values: dict[str, str] = {}
    for field in fields:
        spoken = {
            code: rows[key][field]
            for code, rows in words().items()
            if field in rows.get(key, {})
        }
        values |= columns(field, {DEFAULT_LANGUAGE: "", **spoken})
    return values


def sourced(
    row: Mapping[str, Any], part: Mapping[str, Any] | None = None
) -> dict[str, str]:
    """The fields of `Sourced` of a row, or of a part of it. A part may name a source
    of its own; the quotation of the row is never that of a part.
    """
    told = {"quote": "", **(row if part is None else part)}
    source = read("sources.json")[told.get("source", row["source"])]
    return {
        "as_of": row["as_of"],
        **source_values({**source, "quote": told["quote"]}),
    }
