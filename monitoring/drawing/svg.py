"""Elements of SVG as plain data; text and attributes are escaped when written."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Union

from monitoring.drawing.paper import on_paper

NAMESPACE = "http://www.w3.org/2000/svg"
# Characters that no XML file may hold.
NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Element:
    """`look` is a name of the style sheet; on paper it becomes attributes."""

    name: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: tuple[Union["Element", str], ...] = ()
    look: str = ""


def element(
    name: str,
    *children: Element | str,
    look: str = "",
    **attributes: str | float | None,
) -> Element:
    """`stroke_width=2` is written `stroke-width="2"`; None leaves it out."""
    named = tuple(
        (key.rstrip("_").replace("_", "-"), written(value))
        for key, value in attributes.items()
        if value is not None
    )
    return Element(name, named, children, look)


def written(value: str | float) -> str:
    """A length to a tenth of a unit, without needless zeros."""
    if isinstance(value, str):
        return value
    return f"{round(float(value), 1) + 0.0:g}"


def clean(text: str) -> str:
    """The text as XML can hold it."""
    return escape(NOT_IN_XML.sub("", text))


def render(entry: Element | str, *, is_paper: bool = False) -> str:
    """The element as SVG: with classes for pages, with colours for a file."""
    if isinstance(entry, str):
        return clean(entry)
    attributes = list(entry.attributes)
    if entry.look and is_paper:
        attributes += on_paper(entry.look)
    elif entry.look:
        names = " ".join(f"drawing__{name}" for name in entry.look.split())
        attributes.insert(0, ("class", names))
    opening = "".join(f' {name}="{clean(value)}"' for name, value in attributes)
    inside = "".join(render(child, is_paper=is_paper) for child in entry.children)
    if inside:
        return f"<{entry.name}{opening}>{inside}</{entry.name}>"
    return f"<{entry.name}{opening}/>"


def rendered(entries: Iterable[Element], *, is_paper: bool = False) -> str:
    return "".join(render(entry, is_paper=is_paper) for entry in entries)
