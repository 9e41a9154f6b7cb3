"""JSON-LD of a page against the vocabulary of schema.org.

The vocabulary comes from a package made from schema.org's own files: types, their
properties (inherited ones too), and which types a property may have.
"""

import json
import re
from typing import Any

import msgspec_schemaorg.models as vocabulary

# The package knows one parent of each type only: schools are organisations, too.
FURTHER_PARENTS = {"School": vocabulary.Organization}
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
NAME = re.compile(r"\b[A-Z]\w+")


def nodes(html: str) -> list[dict[str, Any]]:
    """All data blocks of a page."""
    return [json.loads(text) for text in BLOCK.findall(html)]


def faults(node: dict[str, Any], path: str = "") -> list[str]:
    """What is wrong with a node and those in it; empty for none."""
    kind = node.get("@type", "")
    path = f"{path}/{kind}"
    known = getattr(vocabulary, kind, None)
    if known is None:
        return [f"{path}: no type of schema.org"]
    further = FURTHER_PARENTS.get(kind, known)
    fields = {*known.__struct_fields__, *further.__struct_fields__}
    found = []
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in fields:
            found.append(f"{path}: no property {name}")
            continue
        for one in value if isinstance(value, list) else [value]:
            found += _value_faults(known, name, one, path)
    return found


def _value_faults(known: type, name: str, value: Any, path: str) -> list[str]:
    if not isinstance(value, dict):
        return [] if value not in (None, "") else [f"{path}: {name} is empty"]
    ranges = set(NAME.findall(str(_annotation(known, name)))) & set(dir(vocabulary))
    kind = getattr(vocabulary, value.get("@type", ""), None)
    lineage = {one.__name__ for one in kind.__mro__} if kind else set()
    wrong = [] if ranges & lineage else [f"{path}: {name} must not be {value}"]
    return wrong + faults(value, f"{path}/{name}")


def _annotation(known: type, name: str) -> Any:
    return next(
        one.__annotations__[name]
        for one in known.__mro__
        if name in getattr(one, "__annotations__", {})
    )
