"""The data files, and how their rows become values of models."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from goals.choices import Publication
from herne_bildung.city.seeding import columns
from herne_bildung.lib.languages import CODES, DEFAULT_LANGUAGE

DATA = Path(__file__).parent / "data"
PUBLISHED = {"state": Publication.PUBLISHED}
# Steps of order, so that something fits in between.
STEP = 10


def read(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def read_figures(name: str) -> Any:
    """The content of a file of values: numbers exactly as they are written."""
    text = (DATA / "values" / name).read_text(encoding="utf-8")
    return json.loads(text, parse_float=Decimal)


@cache
def words() -> dict[str, dict[str, dict[str, dict[str, str]]]]:
    """Texts of our own: by language, kind, key of the entry, field."""
    return {code: read(f"words/{code}.json") for code in CODES}


def texts(kind: str, key: str, *fields: str) -> dict[str, str]:
    """Our texts of an entry as values of columns; "" where there is none."""
    values: dict[str, str] = {}
    for field in fields:
        spoken = {
            code: kinds[kind][key][field]
            for code, kinds in words().items()
            if field in kinds.get(kind, {}).get(key, {})
        }
        values |= columns(field, {DEFAULT_LANGUAGE: "", **spoken})
    return values
