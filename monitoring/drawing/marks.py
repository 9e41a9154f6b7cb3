"""Signs of a drawing: what tells series and states apart without colour."""

from monitoring.choices import ValueState
from monitoring.drawing.pen import SMALL, Pen, Place
from monitoring.drawing.svg import Element, element

# The first is Herne, or whatever else the chart is about.
DASHES = (None, "9 4", "2 4", "10 4 2 4", "5 3")
WIDTHS = (3, 2, 2, 2, 2)
MOST_SERIES = len(DASHES)
MOST_LETTERS_OF_TOOLTIP = 120
PATTERNS = {
    ValueState.SUPPRESSED: "secret",
    ValueState.NOT_AVAILABLE: "missing",
    ValueState.NOT_APPLICABLE: "none",
}


def point(pen: Pen, place: Place, kind: int, tooltip: str = "", size: float = 4):
    """The mark of a series at a value: disc, square, triangle, diamond, ring."""
    x, y = pen.x(place[0]), place[1]
    inside = [element("title", tooltip[:MOST_LETTERS_OF_TOOLTIP])] if tooltip else []
    look = f"mark-{kind}"
    if kind in (0, 4):
        pen.add(element("circle", *inside, look=look, cx=x, cy=y, r=size))
        return
    corners = {
        1: ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        2: ((0, -1.2), (1.2, 1), (-1.2, 1)),
        3: ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    }[kind]
    path = "L".join(f"{x + dx * size:.1f} {y + dy * size:.1f}" for dx, dy in corners)
    pen.add(element("path", *inside, look=look, d=f"M{path}Z"))


def secret(pen: Pen, place: Place) -> None:
    """The mark of a value that is kept secret: a point in a box, on no scale."""
    x, y = place
    pen.box((x - 4.5, y - 4.5), (9, 9), "secret")
    pen.circle((x, y), 1.6, "secret-dot")


def badge(pen: Pen, place: Place, number: int) -> None:
    """The number of a remark."""
    x, y = place
    pen.circle((x, y), 9, "badge")
    pen.text((x, y + 4.5), str(number), "strong", anchor="middle", size=SMALL)


def pattern_fill(name: str, state: ValueState) -> str:
    """What fills an area whose value is not there."""
    return f"url(#{name}-{PATTERNS[state]})"


def patterns(name: str) -> tuple[Element, ...]:
    """Secret is dotted, not available hatched, what makes no sense crossed."""
    inside = {
        "secret": [element("circle", look="secret-dot", cx=5, cy=5, r=1.4)],
        "missing": [
            element("path", look="hatch", d="M-2 12L12 -2M-2 2L2 -2M8 12L12 8")
        ],
        "none": [element("path", look="hatch", d="M0 0L10 10M10 0L0 10")],
    }
    ground = element("rect", look="pattern-ground", width=10, height=10)
    return tuple(
        element(
            "pattern",
            ground,
            *parts,
            id=f"{name}-{kind}",
            width=10,
            height=10,
            patternUnits="userSpaceOnUse",
        )
        for kind, parts in inside.items()
    )
