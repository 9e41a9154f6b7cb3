"""Colours of a drawing in a file of its own, and in print: the day of `tokens.css`.
Attributes only, since no page of ours may hold styles. Pages use `drawing.css`.
"""

PAPER, INK, MUTED, RULE = "#ffffff", "#1b2628", "#4c595c", "#d3d9d8"
ACCENT, ACCENT_SOFT = "#0a5a5f", "#e2f0ed"
BRICK, BLUE, BROWN, PURPLE = "#b1452d", "#0b5f86", "#7d4e00", "#5f3a86"
SERIES = (ACCENT, BRICK, BLUE, BROWN, PURPLE)
# How strongly the classes of a map are coloured, from low to high.
STRENGTHS = ("0.05", "0.17", "0.3", "0.44", "0.6")
FONT = "Fira Sans, Noto Sans Arabic, Arial, sans-serif"

Attributes = list[tuple[str, str]]

LOOKS: dict[str, Attributes] = {
    "paper": [("fill", PAPER)],
    "text": [("fill", INK)],
    "quiet": [("fill", MUTED)],
    "strong": [("fill", INK), ("font-weight", "600")],
    "halo": [("stroke", PAPER), ("stroke-width", "4"), ("paint-order", "stroke")],
    "grid": [("stroke", RULE), ("stroke-width", "1")],
    "axis": [("stroke", MUTED), ("stroke-width", "1")],
    "break": [("stroke", INK), ("stroke-width", "1.5")],
    "exception": [("fill", RULE), ("fill-opacity", "0.55")],
    "badge": [("fill", PAPER), ("stroke", INK), ("stroke-width", "1.5")],
    "leader": [("stroke", MUTED), ("stroke-width", "1")],
    "secret": [("fill", PAPER), ("stroke", INK), ("stroke-width", "1.3")],
    "secret-dot": [("fill", INK)],
    "hatch": [("stroke", MUTED), ("stroke-width", "1.2"), ("fill", "none")],
    "pattern-ground": [("fill", PAPER)],
    "reference": [("stroke", MUTED), ("fill", "none")],
    "bar": [("fill", RULE), ("stroke", MUTED), ("stroke-width", "1")],
    "bar-main": [("fill", ACCENT), ("stroke", ACCENT), ("stroke-width", "1")],
    "border": [("fill", "none"), ("stroke", INK), ("stroke-width", "1.2")],
    "edge": [("stroke", INK), ("stroke-width", "1.2")],
    "neighbour": [("fill", "none"), ("stroke", MUTED), ("stroke-width", "1")],
} | {
    f"area-{number}": [("fill", ACCENT), ("fill-opacity", strength)]
    for number, strength in enumerate(STRENGTHS, 1)
}
for _number, _colour in enumerate(SERIES):
    LOOKS[f"line-{_number}"] = [("stroke", _colour), ("fill", "none")]
    LOOKS[f"mark-{_number}"] = [("fill", _colour), ("stroke", _colour)]
LOOKS["mark-4"] = [("fill", PAPER), ("stroke", PURPLE), ("stroke-width", "2")]


def on_paper(look: str) -> Attributes:
    """The attributes of one look, or of several (later ones win)."""
    found: dict[str, str] = {}
    for name in look.split():
        found.update(LOOKS[name])
    return list(found.items())
