"""How descriptions are written to files."""

import json
from typing import Any


def json_text(content: dict[str, Any]) -> str:
    """JSON for people and programs: indented, umlauts as they are."""
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def in_order(content: Any) -> Any:
    """The same JSON with its keys and lists in one order: graphs have none, and caches
    know a file by its text.
    """
    if isinstance(content, dict):
        return {key: in_order(content[key]) for key in sorted(content)}
    if isinstance(content, list):
        return sorted(map(in_order, content), key=json.dumps)
    return content
