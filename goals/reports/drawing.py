"""A chart as a file of its own, for paper: it needs no style sheet."""

from html import escape
from textwrap import wrap

from goals.charts import LETTERS_A_LINE, Chart, number

WIDTH, LONGEST = 640, 560
LINE, BAR, GAP, BASELINE = 20, 18, 14, 15
FONT, SIZE = "Fira Sans, Noto Sans Arabic", 15
INK, BAR_INK = "#1b2628", "#0a5a5f"


def svg(chart: Chart) -> str:
    """Bars as long as their share of the largest, labels above, numbers behind them."""
    largest = max((bar.value for bar in chart.bars), default=0) or 1
    parts, top = [], 0
    for bar in chart.bars:
        lines = wrap(bar.label.text, LETTERS_A_LINE) or [""]
        for line in lines:
            parts.append(f'<text x="0" y="{top + BASELINE}">{escape(line)}</text>')
            top += LINE
        length = round(bar.value / largest * LONGEST)
        parts.append(
            f'<rect x="0" y="{top}" width="{length}" height="{BAR}" fill="{BAR_INK}"/>'
            f'<text x="{length + 8}" y="{top + BASELINE - 1}" font-weight="600">'
            f"{number(bar.value)}</text>"
        )
        top += BAR + GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{top}" '
        f'viewBox="0 0 {WIDTH} {top}"><g font-family="{FONT}" font-size="{SIZE}" '
        f'fill="{INK}">{"".join(parts)}</g></svg>'
    )
