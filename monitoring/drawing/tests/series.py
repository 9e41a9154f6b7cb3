"""Short series for tests of drawings, made without a database."""

from decimal import Decimal
from typing import Any

from herne_bildung.lib.localized import Text
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import BreakKind, Unit, ValueState
from monitoring.drawing.subject import Subject, marks_of
from monitoring.models import Indicator, SeriesBreak
from monitoring.series import Point, Series

WITHOUT_VALUE = {
    "·": ValueState.SUPPRESSED,
    "…": ValueState.NOT_AVAILABLE,
    "x": ValueState.NOT_APPLICABLE,
}


def point(period: str, value: Any) -> Point:
    """A number, or the mark of a state."""
    state = WITHOUT_VALUE.get(value, ValueState.VALUE)
    number = None if value in WITHOUT_VALUE else Decimal(str(value))
    return Point(period, first_day(period), state, number)


def series(name: str, first: int, *values: Any, lang: str = "") -> Series:
    """One value a year; None is no row at all."""
    label = Text(name, lang, "ltr" if lang else "")
    points = (
        point(str(year), value)
        for year, value in enumerate(values, first)
        if value is not None
    )
    return Series(label, tuple(points), None)


def subject(language: str = "de", *breaks: tuple[str, str], **values: Any) -> Subject:
    """An indicator in percent; `breaks` are kind and period."""
    values = {"name_de": "Anteil", "unit": Unit.PERCENT, "decimals": 1} | values
    entries = [
        SeriesBreak(kind=BreakKind(kind), period=period, reason_de=f"Grund {period}")
        for kind, period in breaks
    ]
    return Subject(Indicator(**values), language, marks_of(entries, language))
