"""Areas beside each other as bars from zero, sorted; where there is no value, the
state stands there in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from herne_bildung.lib import time_periods
from herne_bildung.lib.localized import Text
from monitoring.drawing.lettering import width_of, wrapped
from monitoring.drawing.pen import LINE_HEIGHT, SMALL, Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.subject import Subject
from monitoring.series import Point

EDGE, GAP, BAR, BETWEEN = 8, 8, 20, 10
# Room for the names, as a share of the width, where they stand beside the bars.
NAMES = 0.32
NARROW = 500


@dataclass(frozen=True, slots=True)
class Row:
    """An area and its value; None where the release says nothing of it. `is_main` is
    what the chart is about.
    """

    label: Text
    point: Point | None
    is_main: bool = False

    @property
    def value(self) -> Decimal | None:
        return None if self.point is None else self.point.value


def in_order(rows: Sequence[Row], *, is_ranked: bool = True) -> list[Row]:
    """The largest first; those without a value last, in the order they came. What is
    not to be ranked stands by name, after what the chart is about.
    """
    if not is_ranked:
        return sorted(rows, key=lambda row: (not row.is_main, row.label.text))
    return sorted(rows, key=lambda row: (row.value is None, -(row.value or 0)))


def bar_chart(
    name: str,
    subject: Subject,
    period: str,
    rows: Sequence[Row],
    *,
    width: float,
    is_ranked: bool = True,
) -> Drawing:
    """The values of a period."""
    pen, shown = Pen(width, subject.language), in_order(rows, is_ranked=is_ranked)
    is_narrow = width < NARROW
    words = [str(subject.shown(row.point)) for row in shown]
    labels = [
        wrapped(row.label.text, SMALL, width * (1 if is_narrow else NAMES) - 2 * EDGE)
        for row in shown
    ]
    start = EDGE if is_narrow else width * NAMES
    span = Span(shown, words, start, width - EDGE)
    y = EDGE
    for row, lines, said in zip(shown, labels, words, strict=True):
        height = len(lines) * LINE_HEIGHT + (3 if is_narrow else 0)
        bar_top = y + (height if is_narrow else max(0, (height - BAR) / 2))
        text_top = y if is_narrow else y + max(0, (BAR - height) / 2)
        look = "strong" if row.is_main else "text"
        for at, line in enumerate(lines):
            place = (
                EDGE if is_narrow else start - GAP,
                text_top + 13.5 + at * LINE_HEIGHT,
            )
            anchor = "start" if is_narrow else "end"
            entry = Text(line, row.label.lang, row.label.dir)
            pen.text(place, entry, look, size=SMALL, anchor=anchor)
        _bar(pen, span, row, said, bar_top)
        y = max(bar_top + BAR, text_top + height) + BETWEEN
    title = f"{subject.name} – {_('Areas compared')}, {time_periods.in_words(period)}"
    description = "; ".join(
        f"{subject.named(row.label)}: {said}"
        for row, said in zip(shown, words, strict=True)
    )
    return Drawing(
        name, title, description, subject.language, width, y, tuple(pen.parts)
    )


class Span:
    """Where zero stands, and how far a value reaches; room is left for the words."""

    def __init__(
        self, rows: Sequence[Row], words: Sequence[str], start: float, end: float
    ) -> None:
        values = [row.value for row in rows if row.value is not None]
        least, most = min([0, *values]), max([0, *values])
        widest = max(
            (
                width_of(said, SMALL)
                for row, said in zip(rows, words, strict=True)
                if row.value is not None
            ),
            default=0,
        )
        before = widest + GAP if least < 0 else 0
        self.length = max(1.0, end - start - before - widest - GAP)
        self.range = most - least or Decimal(1)
        self.zero = start + before + float(-least / self.range) * self.length

    def reach(self, value: Decimal) -> float:
        return float(value / self.range) * self.length


def _bar(pen: Pen, span: Span, row: Row, said: str, top: float) -> None:
    y = top + 14.5
    pen.line((span.zero, top - 3), (span.zero, top + BAR + 3), "axis")
    if row.value is None:
        pen.text((span.zero + GAP, y), said, "quiet", size=SMALL)
        return
    reach = span.reach(row.value)
    look = "bar-main" if row.is_main else "bar"
    pen.box((span.zero + min(0, reach), top), (abs(reach), BAR), look)
    anchor, side = ("end", -GAP) if reach < 0 else ("start", GAP)
    weight = "strong" if row.is_main else "text"
    pen.text((span.zero + reach + side, y), said, weight, anchor=anchor, size=SMALL)
