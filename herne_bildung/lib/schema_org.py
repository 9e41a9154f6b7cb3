"""What a page says to machines: schema.org in JSON-LD, https://schema.org/docs/.

Only what the page shows, too. What is not known is left out, never guessed.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from herne_bildung.lib.feeds import absolute

CONTEXT = "https://schema.org"
# A data block, which no browser runs; nothing in it may end it (HTML, 4.12.1.3).
SCRIPT = '<script type="application/ld+json">{}</script>'
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}
EMPTY: tuple[Any, ...] = (None, "", [])
Node = dict[str, Any]


def script(data: Mapping[str, Any] | None) -> SafeString:
    """A node as a data block of a page; nothing for no node."""
    if not data:
        return SafeString("")
    whole = {"@context": CONTEXT, **known(data)}
    text = json.dumps(whole, ensure_ascii=False, default=in_json)
    return mark_safe(SCRIPT.format(text.translate(ESCAPES)))  # noqa: S308  escaped


def in_json(value: Any) -> str:
    """Days, moments and texts that are translated late."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value)


def known(data: Mapping[str, Any]) -> Node:
    """A node without what is empty; False and 0 say something."""
    found = {name: _known_value(value) for name, value in data.items()}
    return {name: value for name, value in found.items() if value not in EMPTY}


def _known_value(value: Any) -> Any:
    if isinstance(value, Mapping):
        node = known(value)
        # A type alone says nothing.
        return node if node.keys() - {"@type"} else None
    if isinstance(value, list):
        return [one for one in map(_known_value, value) if one not in EMPTY]
    return value


def breadcrumbs(steps: Iterable[Mapping[str, Any]], current: str) -> Node:
    """The way down to a page: steps with label and url; the page itself has none."""
    items = [
        {"name": str(step["label"]), "item": absolute(step["url"])} for step in steps
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, **item}
            for position, item in enumerate([*items, {"name": current}], 1)
        ],
    }


def place(found: Any) -> Node:
    """A `city.Place`."""
    return {
        "@type": "Place",
        "name": found.name or found.address,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": found.street,
            "postalCode": found.postal_code,
            "addressLocality": found.city if found.street else "",
        },
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": found.latitude,
            "longitude": found.longitude,
        },
    }


def organisation(
    name: str, path: str = "", contact: Mapping[str, Any] | None = None, **more: Any
) -> Node:
    """An organisation with its page here, and how to reach it."""
    contact = contact or {}
    return {
        "@type": "Organization",
        "name": name,
        "url": absolute(path) if path else "",
        "telephone": contact.get("phone"),
        "email": contact.get("email"),
        "sameAs": contact.get("website"),
        **more,
    }
