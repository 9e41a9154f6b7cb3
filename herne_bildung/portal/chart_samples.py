"""Made-up charts of the monitoring for the component page, one of each kind."""

from decimal import Decimal

from herne_bildung.lib.localized import Text
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import BreakKind, Unit, ValueState
from monitoring.drawing.bars import Row, bar_chart
from monitoring.drawing.lines import line_chart
from monitoring.drawing.maps import Place, district_map, placeholder_note
from monitoring.drawing.multiples import small_multiples
from monitoring.drawing.page_charts import Chart
from monitoring.drawing.subject import Subject, marks_of
from monitoring.models import Indicator, SeriesBreak
from monitoring.series import Point, Series

SECRET, MISSING = ValueState.SUPPRESSED, ValueState.NOT_AVAILABLE
NO_SENSE = ValueState.NOT_APPLICABLE
VALUES = {
    "Beispielstadt": (12, 13, 14, 13, 16, SECRET, 17, 18),
    "Zweite Stadt": (9, 9, 8, 10, 11, 11, 12, 12),
    "Dritte Stadt": (15, 16, MISSING, 17, 19, 20, 20, 22),
    "Vierte Stadt": (5, 6, 6, 5, 7, 7, 8, NO_SENSE),
}
PERIOD = "2022"
URLS = dict.fromkeys(("svg", "png", "embed", "release"), "#sample-charts")


def _point(year: int, value: int | ValueState) -> Point:
    has_value = not isinstance(value, ValueState)
    return Point(
        str(year),
        first_day(str(year)),
        ValueState.VALUE if has_value else value,
        Decimal(value) if has_value else None,
    )


def _square(column: int, row: int) -> dict[str, object]:
    west, south = 7 + column / 10, 51 + row / 16
    east, north = west + 0.1, south + 1 / 16
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def charts() -> list[Chart]:
    """Lines, bars, a map, small multiples: with breaks and all four states."""
    indicator = Indicator(name_de="Erfundene Kennzahl", unit=Unit.PERCENT, decimals=0)
    marks = [
        SeriesBreak(kind=BreakKind.BREAK, period="2018", reason_de="Neu gezählt."),
        SeriesBreak(
            kind=BreakKind.EXCEPTIONAL, period="2020", reason_de="Doppelter Jahrgang."
        ),
    ]
    subject = Subject(indicator, "de", marks_of(marks, "de"))
    series = [
        Series(
            Text(name),
            tuple(_point(year, value) for year, value in enumerate(values, 2015)),
            None,
        )
        for name, values in VALUES.items()
    ]
    last = [one.points[-1] for one in series]
    last[1] = _point(2022, SECRET)
    rows = [
        Row(one.label, point, is_main=at == 0)
        for at, (one, point) in enumerate(zip(series, last, strict=True))
    ]
    places = [
        Place(row.label, _square(at % 2, at // 2), row.point, is_placeholder=True)
        for at, row in enumerate(rows)
    ]
    head = ["Ort", PERIOD]
    table = [[row.label, str(subject.shown(row.point))] for row in rows]
    drawn = {
        "linien": lambda name, width: line_chart(name, subject, series, width=width),
        "balken": lambda name, width: bar_chart(
            name, subject, PERIOD, rows, width=width
        ),
        "flaechen": lambda name, width: district_map(
            name, subject, PERIOD, places, width=width, source="Erfunden"
        ),
        "kleine": lambda name, width: small_multiples(
            name, subject, series[1:], series[0], width=width
        ),
    }
    notices = {"flaechen": placeholder_note()}
    return [
        Chart(
            key,
            key.title(),
            draw,
            head,
            table,
            marks=subject.marks if key in ("linien", "kleine") else (),
            notice=notices.get(key, ""),
            urls=URLS,
        )
        for key, draw in drawn.items()
    ]
