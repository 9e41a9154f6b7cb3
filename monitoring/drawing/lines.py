"""Series over time as lines: the first is what the chart is about."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from herne_bildung.lib.localized import Text
from monitoring.choices import BreakKind, ValueState
from monitoring.drawing import marks
from monitoring.drawing.legend import legend
from monitoring.drawing.lettering import width_of, wrapped
from monitoring.drawing.pen import LINE_HEIGHT, SMALL, Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.scale import scale_of
from monitoring.drawing.subject import Subject, secret_points, values_of, zero_note
from monitoring.drawing.svg import element
from monitoring.drawing.timeline import Timeline, runs
from monitoring.series import Point, Series

EDGE, GAP = 8, 8
TOP, LANE = 30, 18
# Room for the names at the ends of the lines, as a share of the width.
NAMES = 0.3
# Marks of the other series stand this far apart at least.
BETWEEN_MARKS = 60
BADGE_ROW, BADGES_APART = 21, 22
MOST_NAME_LINES = 2


def line_chart(
    name: str, subject: Subject, series: Sequence[Series], *, width: float
) -> Drawing:
    """Up to five series; more are left out."""
    shown = list(series[: marks.MOST_SERIES])
    return LineChart(name, subject, shown, width).drawing()


class LineChart:
    """One chart in the making."""

    def __init__(
        self, name: str, subject: Subject, series: list[Series], width: float
    ) -> None:
        self.name, self.subject, self.series = name, subject, series
        self.pen = Pen(width, subject.language)
        self.is_narrow = width < 500
        self.mark_size = 2.8 if self.is_narrow else 4
        self.plot_height = 230 if self.is_narrow else 300
        self.scale = scale_of(values_of(series), self.plot_height)
        self.tick_words = [subject.tick(tick, self.scale) for tick in self.scale.ticks]
        self.left = EDGE + max(width_of(word, SMALL) for word in self.tick_words) + GAP
        widest = NAMES * width
        self.labels = [self._label(one.label, widest) for one in series]
        named = [
            lines
            for lines, one in zip(self.labels, series, strict=True)
            if values_of([one])
        ]
        used = max((width_of(line, SMALL) for one in named for line in one), default=0)
        self.right = width - EDGE - min(widest, used) - 2 * GAP
        inner = self.right - self.left - 4 * GAP
        self.time = Timeline(series, subject.marks, inner)
        self.top = TOP + (BADGE_ROW * len(self._badge_rows()) if self.time.marks else 0)
        self.bottom = self.top + self.plot_height

    def _label(self, label: Text, room: float) -> list[str]:
        return wrapped(label.text, SMALL, room, MOST_NAME_LINES)

    def x(self, point: Point) -> float:
        return self.left + 2 * GAP + self.time.at(point.starts_on)

    def y(self, value: Decimal) -> float:
        return self.bottom - self.scale.at(value)

    def drawing(self) -> Drawing:
        self._marks_of_time()
        self._axes()
        for kind, one in reversed(list(enumerate(self.series))):
            self._line(kind, one)
        self._names()
        below = self._secret_lanes(self.bottom + 2 * LINE_HEIGHT + 4)
        height = legend(self.pen, below, self._legend())
        return Drawing(
            self.name,
            f"{self.subject.name} – {_('Over time')}",
            self.subject.spoken(self.series),
            self.subject.language,
            self.pen.width,
            height,
            tuple(self.pen.parts),
            tuple(self.pen.definitions),
        )

    def _axes(self) -> None:
        pen = self.pen
        pen.text((EDGE, 16), self.subject.unit(), "quiet", size=SMALL)
        for tick, word in zip(self.scale.ticks, self.tick_words, strict=True):
            y = self.y(tick)
            look = "axis" if tick == 0 or tick == self.scale.ticks[0] else "grid"
            pen.line((self.left, y), (self.right, y), look)
            pen.text(
                (self.left - GAP, y + 4.5), word, "quiet", anchor="end", size=SMALL
            )
        for at, word in self.time.ticks(self._most_ticks()):
            x = self.left + 2 * GAP + at
            pen.line((x, self.bottom), (x, self.bottom + 5), "axis")
            y = self.bottom + 5 + LINE_HEIGHT
            pen.text((x, y), word, "quiet", anchor="middle", size=SMALL)

    def _most_ticks(self) -> int:
        widest = max(
            (width_of(word, SMALL) for _, word in self.time.ticks(999)), default=1
        )
        return max(2, int((self.right - self.left) / (widest + 2 * GAP)))

    def _badge_rows(self) -> list[float]:
        """Where the last number of each row of numbers stands."""
        rows: list[float] = []
        for mark in self.time.marks:
            self._row_of(self._mark_x(mark), rows)
        return rows

    def _mark_x(self, mark) -> float:
        at = self.time.before(mark) if mark.is_break else self.time.at(mark.starts_on)
        return self.left + 2 * GAP + at

    def _row_of(self, x: float, rows: list[float]) -> int:
        for row, last in enumerate(rows):
            if x - last >= BADGES_APART:
                rows[row] = x
                return row
        rows.append(x)
        return len(rows) - 1

    def _marks_of_time(self) -> None:
        """A break is a dashed line, an exceptional period a band; both are numbered."""
        half, rows, numbers = self.time.half_step(), [], []
        for mark in self.time.marks:
            x = self._mark_x(mark)
            y = TOP + 9 + BADGE_ROW * self._row_of(x, rows)
            if mark.is_break:
                self.pen.line((x, y), (x, self.bottom), "break", dash="4 4")
            else:
                start, size = (x - half, y), (2 * half, self.bottom - y)
                self.pen.box(start, size, "exception")
            numbers.append(((x, y), mark.number))
        for place, number in numbers:
            marks.badge(self.pen, place, number)

    def _line(self, kind: int, one: Series) -> None:
        stretches = runs(one.points, self.time)
        routes = [
            [(self.x(point), self.y(point.value)) for point in stretch]
            for stretch in stretches
            if len(stretch) > 1
        ]
        if routes:
            self.pen.add(
                element(
                    "path",
                    look=f"line-{kind}",
                    d=self.pen.route(routes),
                    stroke_width=marks.WIDTHS[kind],
                    stroke_dasharray=marks.DASHES[kind],
                    stroke_linejoin="round",
                )
            )
        last = float("-inf")
        for stretch in stretches:
            for point in stretch:
                x = self.x(point)
                is_end = point in (stretch[0], stretch[-1])
                if kind == 0 or is_end or x - last >= BETWEEN_MARKS:
                    last = x
                    words = f"{one.label}, {point.period}: {self.subject.shown(point)}"
                    marks.point(
                        self.pen, (x, self.y(point.value)), kind, words, self.mark_size
                    )

    def _names(self) -> None:
        """At the end of each line, moved apart where they would overlap."""
        ends = []
        for kind, one in enumerate(self.series):
            known = [point for point in one.points if point.value is not None]
            if known:
                ends.append((self.y(known[-1].value), kind, known[-1]))
        ends.sort(key=lambda entry: entry[:2])
        sizes = [len(self.labels[kind]) * LINE_HEIGHT for _, kind, _ in ends]
        tops = apart(
            [y - size / 2 for (y, _, _), size in zip(ends, sizes, strict=True)],
            sizes,
            self.top - LINE_HEIGHT,
            self.bottom + LINE_HEIGHT,
        )
        for (y, kind, point), top, size in zip(ends, tops, sizes, strict=True):
            start, end = self.x(point) + 6, self.right + GAP
            self.pen.line((start, y), (end, top + size / 2), "leader", dash="1 3")
            look = "strong" if kind == 0 else "text"
            label = self.series[kind].label
            for at, line in enumerate(self.labels[kind]):
                place = (end + 4, top + 13 + at * LINE_HEIGHT)
                words = Text(line, label.lang, label.dir)
                self.pen.text(place, words, look, size=SMALL)

    def _secret_lanes(self, top: float) -> float:
        """Below the axis, a lane for each series that has secret values: their time is
        known, they stand on no scale.
        """
        for kind, one in enumerate(self.series):
            found = secret_points(one)
            if not found:
                continue
            marks.point(self.pen, (self.left - 2 * GAP, top), kind)
            for point in found:
                marks.secret(self.pen, (self.x(point), top))
            top += LANE
        return top

    def _legend(self) -> list[tuple[str, str | Text]]:
        """What the signs mean that stand in this chart."""
        rows: list[tuple[str, str | Text]] = []
        for kind, one in enumerate(self.series):
            if any(line.endswith("…") for line in self.labels[kind]):
                rows.append((f"line-{kind}", one.label))
            elif not values_of([one]) and not secret_points(one):
                state = ValueState.NOT_AVAILABLE.label
                rows.append(
                    (f"line-{kind}", f"{self.subject.named(one.label)}: {state}")
                )
        kinds = {mark.kind for mark in self.time.marks}
        rows += [(kind.value, str(kind.label)) for kind in BreakKind if kind in kinds]
        if any(secret_points(one) for one in self.series):
            rows.append(("secret", str(ValueState.SUPPRESSED.label)))
        if note := zero_note(self.scale):
            rows.append(("", note))
        return rows


def apart(
    tops: list[float], sizes: list[float], highest: float, lowest: float
) -> list[float]:
    """Boxes moved down, then up again, so that none overlaps (from top to bottom)."""
    found, free = [], highest
    for top, size in zip(tops, sizes, strict=True):
        found.append(max(top, free))
        free = found[-1] + size
    free = lowest
    for at in reversed(range(len(found))):
        found[at] = min(found[at], free - sizes[at])
        free = found[at]
    return found
