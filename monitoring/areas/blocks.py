"""The blocks of the PDF of an area: plain data. A text in another language than the
reader's is {text, lang, dir}, else a string.
"""

from collections.abc import Sequence
from typing import Any

from herne_bildung.lib.localized import Text

Json = dict[str, Any]


def named(text: Text) -> Json:
    """A text with its own language, where it is another one."""
    return {"text": text.text, "lang": text.lang, "dir": text.dir}


def heading(title: str, level: int) -> Json:
    return {"kind": "heading", "level": level, "text": title}


def words(text: str) -> Json:
    return {"kind": "text", "text": text}


def items(entries: Sequence[Any]) -> Json:
    return {"kind": "list", "items": list(entries)}


def facts(rows: Sequence[Sequence[Any]]) -> Json:
    """A word and what is known, as a list of texts."""
    return {"kind": "facts", "facts": [list(row) for row in rows]}


def table(
    caption: Any, head: Sequence[Any], rows: Sequence[Sequence[Any]], numeric_from: int
) -> Json:
    """Figures stand from the column `numeric_from` on, counted from 1."""
    return {
        "kind": "table",
        "caption": caption,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "numeric_from": numeric_from,
    }
