"""Columns of days, times and weekdays."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from herne_bildung.lib.analyser import fold
from herne_bildung.lib.tables import Cell
from herne_bildung.portal.exchange.columns import FINE, ChoicesColumn, Column, text_of
from herne_bildung.portal.exchange.lookups import Lookups

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class DateColumn(Column):
    def read(self, cell: Cell, lookups: Lookups) -> Any:
        if isinstance(cell, datetime):
            cell = cell.date()
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            # A day without its format is a number of days for a spreadsheet.
            cell = from_excel(cell) if 20_000 < cell < 80_000 else str(cell)
            cell = cell.date() if isinstance(cell, datetime) else cell
        if not isinstance(cell, date):
            cell = _day(text_of(cell))
        if cell is None:
            return None
        if not EARLIEST <= cell <= LATEST:
            raise ValidationError(_("This day cannot be meant."))
        return cell.isoformat()

    def write(self, value: Any, lookups: Lookups) -> Any:
        return date.fromisoformat(value) if value else ""


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d.%m.%y"):
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 (a day)
        except ValueError:
            continue
    raise ValidationError(_("This is no day. Please write it like 31.12.2027."))


@dataclass(frozen=True)
class DatesColumn(Column):
    """Several days, parted by commas."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        one = DateColumn("", "")
        if not isinstance(cell, str):
            return [one.read(cell, lookups)]
        parts = [part.strip() for part in FINE.split(cell)]
        return [one.read(part, lookups) for part in parts if part]

    def write(self, value: Any, lookups: Lookups) -> Any:
        days = (date.fromisoformat(day) for day in value or ())
        return ", ".join(day.strftime("%d.%m.%Y") for day in days)


@dataclass(frozen=True)
class TimeColumn(Column):
    def read(self, cell: Cell, lookups: Lookups) -> Any:
        if isinstance(cell, datetime):
            cell = cell.time()
        if isinstance(cell, float) and 0 <= cell < 1:
            minutes = round(cell * 1440) % 1440
            cell = time(minutes // 60, minutes % 60)
        if isinstance(cell, time):
            return cell.replace(second=0, microsecond=0).isoformat()
        text = text_of(cell).casefold().removesuffix("uhr").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?(?::\d{2})?", text)
        if not found or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise ValidationError(_("This is no time. Please write it like 9:30."))
        return time(int(found[1]), int(found[2] or 0)).isoformat()

    def write(self, value: Any, lookups: Lookups) -> Any:
        return value[:5] if value else ""


@cache
def weekdays(language: str) -> dict[str, int]:
    """Weekdays by their names in the active language, and as German tables say them."""
    known = {fold(str(WEEKDAYS[day])): day for day in range(7)}
    known |= {fold(str(WEEKDAYS_ABBR[day])): day for day in range(7)}
    return known | {day: n for n, day in enumerate("mo di mi do fr sa so".split())}


@dataclass(frozen=True)
class WeekdaysColumn(ChoicesColumn):
    """Weekdays, "Mo, Mi" or "Montag"; 0 is Monday."""

    def read(self, cell: Cell, lookups: Lookups) -> Any:
        known, found = weekdays(get_language() or ""), []
        for part in FINE.split(text_of(cell)):
            if not part.strip():
                continue
            name = fold(part)
            if name not in known:
                raise ValidationError(
                    _(
                        "“%(word)s” is no weekday. Please write Mo, Di, Mi, Do, Fr, Sa "
                        "or So."
                    )
                    % {"word": part.strip()[:30]}
                )
            found.append(known[name])
        return sorted(set(found))

    def write(self, value: Any, lookups: Lookups) -> Any:
        names = "Mo Di Mi Do Fr Sa So".split()
        return ", ".join(names[day] for day in value or ())
