"""Components that stand on a page many times, rendered quickly.

A stencil is an ordinary template of flat arguments that only prints them and asks
whether they are there. It is rendered once for each combination of arguments that
are there; after that its text is only filled in, which takes a fortieth of the time
(140 filter choices: 0.1 instead of 4.5 ms).
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from herne_bildung.lib.localized import Text

Shape = tuple[tuple[str, bool], ...]
MARKER = re.compile("\x02(\\w+)\x03")


def fill(template: str, values: Mapping[str, str | bool]) -> str:
    """The template with these values: HTML that is escaped already, or flags.

    Empty texts and False count as not there.
    """
    shape = tuple((name, value is True) for name, value in values.items() if value)
    make = _pieces.__wrapped__ if settings.DEBUG else _pieces
    pieces = make(template, get_language() or "", shape)
    return "".join(
        [
            str(values[piece]) if number % 2 else piece
            for number, piece in enumerate(pieces)
        ]
    )


@lru_cache(maxsize=2048)
def _pieces(template: str, language: str, shape: Shape) -> tuple[str, ...]:
    """Text and names of values in turn, beginning with text."""
    context = {
        name: True if is_flag else SafeString(f"\x02{name}\x03")
        for name, is_flag in shape
    }
    return tuple(MARKER.split(render_to_string(template, context).strip()))


def together(parts: Iterable[str]) -> SafeString:
    """Filled stencils, one below the other, safe to print."""
    return SafeString("\n".join(parts))


def text_values(name: str, text: Text | None) -> dict[str, str]:
    """A text as three values: `name`, `name_lang`, `name_dir`."""
    if not text:
        return {}
    return {
        name: escape(text.text),
        f"{name}_lang": text.lang,
        f"{name}_dir": text.dir,
    }


def marked(pieces: Iterable[Mapping[str, Any]] | None) -> str:
    """A text in pieces {text, hit}, those found by the search within `<mark>`."""
    return "".join(
        f"<mark>{escape(piece['text'])}</mark>"
        if piece["hit"]
        else escape(piece["text"])
        for piece in pieces or ()
    )
