"""What the signs of a drawing mean, below it."""

from collections.abc import Sequence

from herne_bildung.lib.localized import Text
from monitoring.choices import BreakKind, ValueState
from monitoring.drawing import marks
from monitoring.drawing.lettering import width_of
from monitoring.drawing.pen import LINE_HEIGHT, SMALL, Pen
from monitoring.drawing.svg import element

DASH = "4 3"
EDGE, SIGN, GAP, ROW = 8, 30, 8, 22
STATES = {
    "state-suppressed": ValueState.SUPPRESSED,
    "state-missing": ValueState.NOT_AVAILABLE,
    "state-none": ValueState.NOT_APPLICABLE,
}
Row = tuple[str, str | Text]


def legend(pen: Pen, top: float, rows: Sequence[Row], name: str = "") -> float:
    """Draws signs with their meaning, beside each other where they fit; the height of
    the whole drawing. `name` is the drawing's, for its patterns.
    """
    x, y = EDGE, top + ROW / 2
    for sign, words in rows:
        start = SIGN + GAP if sign else 0
        room = pen.width - 2 * EDGE - start
        needed = start + min(room, width_of(str(words), SMALL))
        if x > EDGE and x + needed > pen.width - EDGE:
            x, y = EDGE, y + ROW
        if sign:
            _sign(pen, sign, (x, y), name)
        after = pen.paragraph((x + start, y + 4.5), words, room, size=SMALL)
        if after > y + 4.5 + LINE_HEIGHT:
            x, y = EDGE, after + 4
        else:
            x += needed + 3 * GAP
    return (y + ROW / 2 + EDGE) if rows else top + EDGE


def _sign(pen: Pen, sign: str, place: tuple[float, float], name: str) -> None:
    x, y = place
    if sign.startswith("line-"):
        kind = int(sign.removeprefix("line-"))
        pen.add(
            element(
                "path",
                look=sign,
                d=pen.route([[(x, y), (x + SIGN, y)]]),
                stroke_width=marks.WIDTHS[kind],
                stroke_dasharray=marks.DASHES[kind],
            )
        )
        marks.point(pen, (x + SIGN / 2, y), kind)
    elif sign == "reference":
        pen.line((x, y), (x + SIGN, y), sign, dash=DASH)
    elif sign == BreakKind.BREAK:
        pen.line((x + SIGN / 2, y - 9), (x + SIGN / 2, y + 9), "break", dash="4 4")
    elif sign == BreakKind.EXCEPTIONAL:
        pen.box((x + SIGN / 2 - 6, y - 9), (12, 18), "exception")
    elif sign == "secret":
        marks.secret(pen, (x + SIGN / 2, y))
    elif sign == "neighbour":
        pen.box((x, y - 8), (SIGN, 16), sign)
    elif sign in STATES:
        fill = marks.pattern_fill(name, STATES[sign])
        pen.box((x, y - 8), (SIGN, 16), "edge", fill=fill)
    else:
        pen.box((x, y - 8), (SIGN, 16), sign)
        pen.box((x, y - 8), (SIGN, 16), "border")
