"""Web addresses with parts to fill in, as "https://example.org/?to={address}"."""

from collections.abc import Mapping
from string import Formatter
from urllib.parse import quote, urlsplit


def address_template(name: str, text: str, known: set[str]) -> str:
    """The template of a setting, empty for none; ValueError where it is no https
    address or has parts that are not known.
    """
    text = text.strip()
    if not text:
        return ""
    try:
        parts = parts_of(text)
        host = urlsplit(text).netloc
    except ValueError:
        parts, host = {""}, ""
    if not text.startswith("https://") or not host or "{" in host or parts - known:
        allowed = ", ".join(f"{{{part}}}" for part in sorted(known))
        raise ValueError(f"{name} must be an https address with none but {allowed}")
    return text


def parts_of(template: str) -> set[str]:
    """The names of its parts; what is not just a name makes it unknown."""
    return {
        f"{name}{form or ''}{conversion or ''}"
        for _, name, form, conversion in Formatter().parse(template)
        if name is not None
    }


def filled(template: str, values: Mapping[str, str]) -> str:
    """The address; empty where a part has no value."""
    needed = parts_of(template)
    if not template or not all(values.get(part) for part in needed):
        return ""
    return template.format_map({part: quote(values[part], safe="") for part in needed})
