"""How to reach an organisation, a school, an offer: what pages show of it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit


def contact(entry: Any, address_lines: Sequence[str] = ()) -> dict[str, Any] | None:
    """What `components/contact_block.html` shows of an entry with `phone`, `email`
    and `website`; None where nothing of it is known.
    """
    if entry is None:
        return None
    if not (entry.phone or entry.email or entry.website or address_lines):
        return None
    return {
        "phone": entry.phone,
        "phone_url": phone_url(entry.phone),
        "email": entry.email,
        "website": entry.website,
        "website_label": urlsplit(entry.website).hostname or "",
        "address_lines": list(address_lines),
    }


def phone_url(phone: str) -> str:
    """A link that calls this number; empty without one."""
    digits = "".join(c for c in phone if c in "+0123456789")
    return f"tel:{digits}" if digits else ""
