"""Bars as SVG, drawn for paper: black words, one colour."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

LABELS, BARS, FIGURES, ROW = 240, 360, 60, 34


def bars(rows: Sequence[tuple[str, int]]) -> str:
    """One bar a row, its number at its end. Long words are cut; the table has them."""
    most = max((count for _, count in rows), default=1) or 1
    drawn = [
        _bar(name, count, round(BARS * count / most), place * ROW)
        for place, (name, count) in enumerate(rows)
    ]
    width, height = LABELS + BARS + FIGURES, ROW * len(rows)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}">{"".join(drawn)}</svg>'
    )


def _bar(name: str, count: int, length: int, top: int) -> str:
    short = name if len(name) <= 32 else f"{name[:31]}…"
    font = 'font-family="Fira Sans" font-size="15" fill="currentColor"'
    return (
        f'<text x="{LABELS - 12}" y="{top + 22}" text-anchor="end" {font}>'
        f"{escape(short)}</text>"
        f'<rect class="chart-bar" x="{LABELS}" y="{top + 6}" width="{length}" '
        f'height="{ROW - 12}" fill="#0a5a5f"/>'
        f'<text x="{LABELS + length + 8}" y="{top + 22}" {font}>{count}</text>'
    )
