"""When an offer takes place, as columns of its table."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.portal.exchange.columns import ChoiceColumn, Column, FieldColumn
from herne_bildung.portal.exchange.kinds.base import Facts
from herne_bildung.portal.exchange.moments import (
    DateColumn,
    DatesColumn,
    TimeColumn,
    WeekdaysColumn,
)
from offerings.models import Schedule


def schedule_columns() -> Iterable[Column]:
    """A column for each part of a recurring time."""
    field = Schedule._meta.get_field
    yield WeekdaysColumn(
        "schedules.weekdays",
        "Wochentage",
        example="Di",
        other_names=("Wochentag",),
        note=gettext_lazy(
            "Mo, Di, Mi, Do, Fr, Sa, So. Where an offer has several times, each "
            "column of the times has as many parts, with a | between them."
        ),
    )
    yield TimeColumn(
        "schedules.start_time", "Beginn", example="9:30", other_names=("Uhrzeit",)
    )
    yield TimeColumn("schedules.end_time", "Ende", example="11:00")
    yield DateColumn("schedules.starts_on", "Termine ab", example="12.01.2027")
    yield DateColumn("schedules.until", "Termine bis")
    yield ChoiceColumn(
        "schedules.frequency",
        "Rhythmus",
        choices=tuple(Schedule.Frequency.choices),
        default=Schedule.Frequency.WEEKLY,
    )
    yield FieldColumn(
        "schedules.interval", "Alle … Wochen oder Monate", field=field("interval")
    )
    yield FieldColumn(
        "schedules.week_of_month",
        "Der wievielte im Monat",
        field=field("week_of_month"),
    )
    yield ChoiceColumn(
        "schedules.in_school_holidays",
        "In den Schulferien",
        choices=tuple(Schedule.InHolidays.choices),
    )
    yield DatesColumn("schedules.exceptions", "Fällt aus am")


def check_schedule(row: Facts) -> Iterable[tuple[str, str]]:
    """What does not fit in one of the times."""
    if not row["starts_on"]:
        yield "schedules.starts_on", _("Times need a first day.")
    if not row["start_time"]:
        yield "schedules.start_time", _("Times need a beginning.")
    if row["interval"] in (None, 0):
        yield "schedules.interval", _("At least 1.")
    if row["until"] and row["starts_on"] and row["until"] < row["starts_on"]:
        yield "schedules.until", _("This day is before the first one.")
    is_weekly = row["frequency"] == Schedule.Frequency.WEEKLY
    if (is_weekly or row["week_of_month"] is not None) and not row["weekdays"]:
        yield "schedules.weekdays", _("Please choose at least one weekday.")
