"""What draws: places are given as read from left to right; where one reads from right
to left everything is mirrored, time and lengths included, never the map.
"""

from collections.abc import Sequence

from herne_bildung.lib.languages import BY_CODE, direction
from herne_bildung.lib.localized import Text
from monitoring.drawing.lettering import wrapped
from monitoring.drawing.svg import Element, element

SIZE, SMALL, LINE_HEIGHT = 14, 13, 18
# Marks that keep words in their order, whichever way the drawing runs.
RIGHT_TO_LEFT, LEFT_TO_RIGHT, END = "\u2067", "\u2066", "\u2069"
MIRRORED = {"start": "end", "end": "start", "middle": "middle"}
Place = tuple[float, float]


class Pen:
    """Draws on a canvas of this width, for readers of this language."""

    def __init__(self, width: float, language: str):
        self.width = width
        self.language = language
        self.is_mirrored = direction(language) == "rtl"
        self.parts: list[Element] = []
        self.definitions: list[Element] = []

    def x(self, x: float) -> float:
        return self.width - x if self.is_mirrored else x

    def add(self, *parts: Element) -> None:
        self.parts += parts

    def line(
        self, start: Place, end: Place, look: str, dash: str | None = None
    ) -> None:
        (x1, y1), (x2, y2) = start, end
        self.add(
            element(
                "line",
                look=look,
                x1=self.x(x1),
                y1=y1,
                x2=self.x(x2),
                y2=y2,
                stroke_dasharray=dash,
            )
        )

    def box(
        self, place: Place, size: Place, look: str, fill: str | None = None
    ) -> None:
        (x, y), (width, height) = place, size
        left = self.x(x) - width if self.is_mirrored else x
        self.add(
            element(
                "rect", look=look, x=left, y=y, width=width, height=height, fill=fill
            )
        )

    def circle(self, middle: Place, radius: float, look: str, *inside: Element) -> None:
        x, y = middle
        self.add(element("circle", *inside, look=look, cx=self.x(x), cy=y, r=radius))

    def route(self, runs: Sequence[Sequence[Place]]) -> str:
        """Path data of lines from point to point, each run for itself."""
        return "".join(
            "M" + "L".join(f"{round(self.x(x), 1):g} {round(y, 1):g}" for x, y in run)
            for run in runs
        )

    def text(
        self,
        place: Place,
        words: str | Text,
        look: str = "text",
        *,
        anchor: str = "start",
        size: float = SIZE,
    ) -> None:
        """One line; a `Text` in another language says so."""
        x, y = place
        entry = words if isinstance(words, Text) else Text(words)
        self.add(
            element(
                "text",
                self.in_order(entry),
                look=look,
                x=self.x(x),
                y=y,
                font_size=size,
                text_anchor=None
                if self._side(anchor) == "start"
                else self._side(anchor),
                lang=spoken(entry.lang),
            )
        )

    def paragraph(
        self, place: Place, words: str | Text, room: float, look: str = "text", **how
    ) -> float:
        """Lines that fit; where the next thing may begin (its first line of text)."""
        x, y = place
        entry = words if isinstance(words, Text) else Text(words)
        height = how.pop("height", LINE_HEIGHT)
        for line in wrapped(entry.text, how.get("size", SIZE), room):
            self.text((x, y), Text(line, entry.lang, entry.dir), look, **how)
            y += height
        return y

    def in_order(self, entry: Text) -> str:
        """The words with the marks that keep them in order in a mirrored drawing."""
        if not self.is_mirrored:
            return entry.text
        first = LEFT_TO_RIGHT if entry.dir == "ltr" else RIGHT_TO_LEFT
        return f"{first}{entry.text}{END}"

    def _side(self, anchor: str) -> str:
        return MIRRORED[anchor] if self.is_mirrored else anchor


def spoken(code: str) -> str | None:
    """The value of `lang` for a language of the portal; None for the page's own."""
    return (BY_CODE[code].spoken_code if code in BY_CODE else code) or None
