"""The blocks a report is made of."""

from collections.abc import Sequence
from typing import Any

from goals.charts import Chart
from goals.reports.drawing import svg

Block = dict[str, Any]


def heading(title: str, level: int, key: str = "") -> Block:
    """`level` 1 is a part of the report; `key` is its place in addresses."""
    return {"kind": "heading", "level": level, "text": title, "id": key}


def text(words: str) -> Block:
    return {"kind": "text", "text": words}


def quote(words: str, source: str | None) -> Block:
    """Official wording, as it is."""
    return {"kind": "quote", "text": words, "source": source or ""}


def items(entries: Sequence[str]) -> Block:
    return {"kind": "list", "items": list(entries)}


def facts(rows: Sequence[Sequence[str]]) -> Block:
    """Pairs of a word and what is known."""
    return {"kind": "facts", "facts": [list(row) for row in rows]}


def table(
    caption: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Any]],
    numeric_from: int = 0,
) -> Block:
    """The first cell names its row; figures stand from the column `numeric_from` on,
    counted from 1.
    """
    return {
        "kind": "table",
        "caption": caption,
        "head": list(head),
        "rows": [[str(cell) for cell in row] for row in rows],
        "numeric_from": numeric_from,
    }


def drawing(found: Chart) -> Block:
    """A chart, its table with it: in files the drawing and then the table, on pages
    both beside each other.
    """
    return {
        "kind": "chart",
        "chart": found,
        "svg": svg(found),
        "alt": f"{found.title}: {found.description}",
        "table": table(found.title, found.head, found.rows, 2),
    }
