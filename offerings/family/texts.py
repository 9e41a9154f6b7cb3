"""Our own texts of two pages, in all languages: `data/<page>.json`."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from herne_bildung.lib.languages import CODES
from herne_bildung.lib.localized import with_marks

DATA = Path(__file__).parent / "data"


@cache
def texts(page: str, language: str) -> dict[str, Any]:
    """The texts of a page in one language, in the shape of its file. A text that a
    language does not need is empty in it.
    """
    whole = json.loads((DATA / f"{page}.json").read_text(encoding="utf-8"))
    return _in_language(whole, language)


def _in_language(part: Any, language: str) -> Any:
    if isinstance(part, list):
        return [_in_language(one, language) for one in part]
    if not isinstance(part, dict):
        return part
    if set(part) == set(CODES):
        return with_marks(part[language], language)
    return {name: _in_language(one, language) for name, one in part.items()}
