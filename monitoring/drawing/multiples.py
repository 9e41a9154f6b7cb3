"""Many areas over time: one small chart for each, all with the same axes."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from herne_bildung.lib.localized import Text
from monitoring.choices import BreakKind, ValueState
from monitoring.drawing import marks
from monitoring.drawing.legend import DASH, legend
from monitoring.drawing.lettering import shortened, width_of
from monitoring.drawing.pen import SMALL, Pen, Place
from monitoring.drawing.picture import Drawing
from monitoring.drawing.scale import scale_of
from monitoring.drawing.subject import Subject, secret_points, values_of, zero_note
from monitoring.drawing.svg import element
from monitoring.drawing.timeline import Timeline, runs
from monitoring.series import Series

EDGE, GAP, BETWEEN = 8, 6, 18
PLOT, HEAD, FOOT = 90, 28, 40
NARROWEST, TINY = 135, 12
# More would be no picture any more; the table has all.
MOST_PANELS = 40
LINE, REFERENCE = "line-0", "reference"


def small_multiples(
    name: str,
    subject: Subject,
    series: Sequence[Series],
    reference: Series | None = None,
    *,
    width: float,
) -> Drawing:
    """A chart for each series; `reference` (the city) runs through all, dashed."""
    return Multiples(
        name, subject, list(series[:MOST_PANELS]), reference, width
    ).drawn()


class Multiples:
    """All the small charts in the making."""

    def __init__(
        self,
        name: str,
        subject: Subject,
        series: list[Series],
        reference: Series | None,
        width: float,
    ) -> None:
        self.name, self.subject, self.series = name, subject, series
        self.reference = reference
        self.pen = Pen(width, subject.language)
        everything = [*series, reference] if reference else series
        self.everything = everything
        self.scale = scale_of(values_of(everything), PLOT, most=4)
        self.words = [subject.tick(tick, self.scale) for tick in self.scale.ticks]
        self.columns = max(1, int((width - 2 * EDGE + BETWEEN) / (NARROWEST + BETWEEN)))
        self.panel = (width - 2 * EDGE + BETWEEN) / self.columns - BETWEEN
        self.axis = max(width_of(word, TINY) for word in self.words) + GAP
        self.time = Timeline(
            everything, subject.marks, self.panel - self.axis - 2 * GAP
        )

    def drawn(self) -> Drawing:
        row_height = HEAD + PLOT + FOOT
        for at, one in enumerate(self.series):
            row, column = divmod(at, self.columns)
            x = EDGE + column * (self.panel + BETWEEN)
            self._panel((x, EDGE + 20 + row * row_height), one)
        self.pen.text((EDGE, 16), self.subject.unit(), "quiet", size=TINY)
        rows = -(-len(self.series) // self.columns)
        below = EDGE + 20 + rows * row_height
        height = legend(self.pen, below, self._legend())
        return Drawing(
            self.name,
            f"{self.subject.name} – {_('District by district')}",
            self.subject.spoken(self.everything),
            self.subject.language,
            self.pen.width,
            height,
            tuple(self.pen.parts),
        )

    def _panel(self, corner: Place, one: Series) -> None:
        pen, (x, y) = self.pen, corner
        name = shortened(one.label.text, SMALL, self.panel)
        entry = Text(name, one.label.lang, one.label.dir)
        pen.text((x, y + 14), entry, "strong", size=SMALL)
        left, bottom = x + self.axis, y + HEAD + PLOT
        for tick, word in zip(self.scale.ticks, self.words, strict=True):
            at = bottom - self.scale.at(tick)
            look = "axis" if tick == self.scale.ticks[0] else "grid"
            pen.line((left, at), (x + self.panel, at), look)
            if tick in (self.scale.ticks[0], self.scale.ticks[-1]):
                place = (left - GAP, at + 4)
                pen.text(place, word, "quiet", anchor="end", size=TINY)
        self._years(left, bottom)
        for mark in self.time.marks:
            if mark.is_break:
                at = left + GAP + self.time.before(mark)
                pen.line((at, y + HEAD), (at, bottom), "break", dash="3 3")
            else:
                half = self.time.half_step()
                at = left + GAP + self.time.at(mark.starts_on) - half
                pen.box((at, y + HEAD), (2 * half, PLOT), "exception")
        if self.reference:
            self._line(left + GAP, bottom, self.reference, REFERENCE)
        self._line(left + GAP, bottom, one, LINE)
        for point in secret_points(one):
            marks.secret(pen, (left + GAP + self.time.at(point.starts_on), bottom + 26))
        if not values_of([one]) and not secret_points(one):
            state = ValueState.NOT_AVAILABLE.label
            middle = (left + x + self.panel) / 2
            pen.text(
                (middle, bottom - PLOT / 2), str(state), "quiet halo",
                anchor="middle", size=TINY,
            )  # fmt: skip

    def _years(self, left: float, bottom: float) -> None:
        """The first and the last period of all."""
        ticks = self.time.ticks(999)
        if not ticks:
            return
        ends = [ticks[0]] if len(ticks) == 1 else [ticks[0], ticks[-1]]
        anchors = ["middle"] if len(ticks) == 1 else ["start", "end"]
        for (at, word), anchor in zip(ends, anchors, strict=True):
            shift = {"start": -GAP, "end": GAP, "middle": 0}[anchor]
            place = (left + GAP + at + shift, bottom + 15)
            self.pen.text(place, word, "quiet", anchor=anchor, size=TINY)

    def _line(self, left: float, bottom: float, one: Series, look: str) -> None:
        stretches = [
            [
                (
                    left + self.time.at(point.starts_on),
                    bottom - self.scale.at(point.value),
                )
                for point in stretch
            ]
            for stretch in runs(one.points, self.time)
        ]
        routes = [stretch for stretch in stretches if len(stretch) > 1]
        if routes:
            self.pen.add(
                element(
                    "path",
                    look=look,
                    d=self.pen.route(routes),
                    stroke_width=2.5 if look == LINE else 1.5,
                    stroke_dasharray=None if look == LINE else DASH,
                    stroke_linejoin="round",
                )
            )
        for stretch in stretches:
            if len(stretch) == 1 and look == LINE:
                marks.point(self.pen, stretch[0], 0, size=3)

    def _legend(self) -> list[tuple[str, str | Text]]:
        rows: list[tuple[str, str | Text]] = []
        if self.reference:
            rows.append((REFERENCE, self.reference.label))
        kinds = {mark.kind for mark in self.time.marks}
        rows += [(kind.value, str(kind.label)) for kind in BreakKind if kind in kinds]
        if any(secret_points(one) for one in self.series):
            rows.append(("secret", str(ValueState.SUPPRESSED.label)))
        if note := zero_note(self.scale):
            rows.append(("", note))
        return rows
