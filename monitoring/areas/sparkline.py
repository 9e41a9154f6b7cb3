"""A series as a line beside its latest value: which way it went, no more."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from herne_bildung.lib import time_periods
from monitoring.choices import ValueState
from monitoring.drawing import marks
from monitoring.drawing.pen import Pen
from monitoring.drawing.picture import Drawing
from monitoring.drawing.scale import scale_of
from monitoring.drawing.subject import Subject, marks_of
from monitoring.drawing.svg import element
from monitoring.drawing.timeline import Timeline, runs
from monitoring.models import Indicator
from monitoring.series import Point, Series

WIDTH, HEIGHT, EDGE = 140, 44, 6


def sparkline(
    indicator: Indicator, points: Sequence[Point], language: str
) -> Drawing | None:
    """None where fewer than two values are known. A break interrupts the line."""
    known = [point for point in points if point.state == ValueState.VALUE]
    if len(known) < 2:
        return None
    subject = Subject(indicator, language, marks_of(indicator.breaks.all(), language))
    pen = Pen(WIDTH, language)
    series = Series(subject.name, tuple(points), None)
    line = Timeline([series], subject.marks, WIDTH - 2 * EDGE)
    scale = scale_of([point.value for point in known], HEIGHT - 2 * EDGE, most=3)

    def place(point: Point) -> tuple[float, float]:
        at = EDGE + line.at(point.starts_on)
        return at, HEIGHT - EDGE - scale.at(point.value)

    for mark in line.marks:
        if mark.is_break:
            at = EDGE + line.before(mark)
            pen.line((at, EDGE), (at, HEIGHT - EDGE), "break", dash="3 3")
    stretches = [[place(point) for point in run] for run in runs(points, line)]
    pen.add(
        element(
            "path",
            look="line-0",
            d=pen.route([run for run in stretches if len(run) > 1]),
            stroke_width=2,
            stroke_linejoin="round",
        )
    )
    for run in stretches:
        if len(run) == 1:
            marks.point(pen, run[0], 0, size=2)
    marks.point(pen, place(known[-1]), 0, size=3)
    name = f"line-{indicator.slug}"
    return Drawing(
        name,
        f"{subject.name} – {_('Over time')}",
        described(subject, known, line),
        language,
        WIDTH,
        HEIGHT,
        tuple(pen.parts),
    )


def described(subject: Subject, known: Sequence[Point], line: Timeline) -> str:
    """First and last, lowest and highest value, and breaks, in words."""
    by_value = sorted(known, key=lambda point: point.value)
    parts = [
        (_("first"), known[0]),
        (_("last"), known[-1]),
        (_("lowest"), by_value[0]),
        (_("highest"), by_value[-1]),
    ]
    said = ", ".join(
        f"{word}: {subject.shown(point)} ({time_periods.in_words(point.period)})"
        for word, point in parts
    )
    return ". ".join([said, *(mark.title for mark in line.marks)])
