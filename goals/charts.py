"""Bar charts of pages, as SVG. Reports have their own (reports.drawing), for paper.

A chart always stands beside a table of the same numbers. Bars are as long as their
share of the largest; labels stand above their bar, so that long ones have room.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from herne_bildung.lib.languages import direction
from herne_bildung.lib.localized import Text

LINE, BAR, GAP = 20, 18, 14
BASELINE = 15
# The longest bar leaves room for its number; in hundredths of the width.
LONGEST = 88
BEHIND_BAR = 1.5
LETTERS_A_LINE = 38


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it stands for, and how many."""

    label: Text
    value: int


@dataclass(frozen=True, slots=True)
class Chart:
    """`id` is its mark on the page; `title` says what is counted, `head` are the two
    headings of the table; `language` is the reader's.
    """

    id: str
    title: str
    head: tuple[str, str]
    bars: Sequence[Bar]
    language: str

    @property
    def description(self) -> str:
        """The same in words, for those who do not see it."""
        return "; ".join(f"{bar.label}: {number(bar.value)}" for bar in self.bars)

    @property
    def rows(self) -> list[list[str]]:
        """The table beside it, as `components/table.html` has it."""
        return [[marked(bar.label), number(bar.value)] for bar in self.bars]

    @property
    def drawn(self) -> list[dict[str, Any]]:
        """Each bar as the template draws it: heights in pixels, lengths and places in
        hundredths of the width, as texts.
        """
        largest = max((bar.value for bar in self.bars), default=0) or 1
        is_mirrored = direction(self.language) == "rtl"
        found, top = [], 0
        for bar in self.bars:
            length = bar.value / largest * LONGEST
            lines = wrap(bar.label.text, LETTERS_A_LINE) or [""]
            bar_top = top + len(lines) * LINE
            end = length + BEHIND_BAR
            found.append(
                {
                    "label": bar.label,
                    "lines": [
                        (str(top + at * LINE + BASELINE), line)
                        for at, line in enumerate(lines)
                    ],
                    "start": "100%" if is_mirrored else "0%",
                    "bar_x": percent(100 - length if is_mirrored else 0),
                    "bar_y": str(bar_top),
                    "bar_length": percent(length),
                    "bar_height": str(BAR),
                    "value": number(bar.value),
                    "value_x": percent(100 - end if is_mirrored else end),
                    "value_y": str(bar_top + BASELINE - 1),
                    "bottom": bar_top + BAR,
                }
            )
            top = bar_top + BAR + GAP
        return found

    @property
    def height(self) -> int:
        """In pixels."""
        return self.drawn[-1]["bottom"] if self.bars else 0


def chart(
    name: str, title: str, kind: str, bars: Iterable[Bar], language: str
) -> Chart:
    """A chart of measures; `kind` says what the bars are."""
    return Chart(f"chart-{name}", title, (kind, _("Measures")), tuple(bars), language)


def number(value: int) -> str:
    """A number as readers write it."""
    return number_format(value, force_grouping=True)


def percent(value: float) -> str:
    """A part of the width as an attribute of SVG has it."""
    return f"{value:.2f}%"


def marked(label: Text) -> str:
    """A label for the table, with its language where it is not the page's."""
    if not label.lang:
        return label.text
    return format_html(
        '<span lang="{}" dir="{}">{}</span>', label.lang, label.dir, label.text
    )
