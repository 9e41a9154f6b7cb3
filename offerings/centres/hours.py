"""Consultation hours in words: of the week, of today, and the next ones."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.dates import full_day_in_words
from herne_bildung.lib.listing import listed
from herne_bildung.lib.public_holidays import is_public_holiday
from offerings.models import ConsultationHours, FamilyCentre

# The next hours are looked for in so many days: a week with a holiday, and one more.
DAYS_AHEAD = 14


def times_in_words(row: ConsultationHours) -> str:
    """ "9:00–12:00 (only by appointment)"; times are read from left to right."""
    text = f"\u2066{row.opens:%H:%M}–{row.closes:%H:%M}\u2069"
    return f"{text} ({_('only by appointment')})" if row.is_by_appointment else text


def row_in_words(row: ConsultationHours) -> str:
    """ "Monday 9:00–12:00"."""
    return f"{WEEKDAYS[row.weekday]} {times_in_words(row)}"


def week_in_words(centre: FamilyCentre) -> list[dict[str, Any]]:
    """Each weekday that has any with its hours; the rows are prefetched."""
    rows = centre.consultation_hours.all()
    return [
        {
            "day": str(WEEKDAYS[weekday]),
            "spans": [times_in_words(row) for row in rows if row.weekday == weekday],
        }
        for weekday in sorted({row.weekday for row in rows})
    ]


def today_in_words(centre: FamilyCentre, language: str) -> str:
    """Whether there are any today, or when next; empty where none are known."""
    if not centre.consultation_hours.all():
        return ""
    today = clock.today()
    if rows := _on(centre, today):
        return _("Today: %(times)s") % {"times": _times(rows)}
    for offset in range(1, DAYS_AHEAD + 1):
        day = today + timedelta(days=offset)
        if rows := _on(centre, day):
            said = {"day": full_day_in_words(day, language), "times": _times(rows)}
            return _("Not today. Next: %(day)s, %(times)s") % said
    return ""


def _on(centre: FamilyCentre, day: date) -> list[ConsultationHours]:
    """Nobody is there on a public holiday; of school holidays nothing is known."""
    if is_public_holiday(day):
        return []
    rows = centre.consultation_hours.all()
    return [row for row in rows if row.weekday == day.weekday()]


def _times(rows: Sequence[ConsultationHours]) -> str:
    return listed(times_in_words(row) for row in rows)
