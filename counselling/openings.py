"""Opening hours of offices in words: open now, until when, and when next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from babel.dates import format_date
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from counselling.choices import Hours
from counselling.models import CounsellingOffice, OpeningException, OpeningHours
from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated
from herne_bildung.lib.opening_hours import Exceptional, OpeningTimes, Span, Weekly
from herne_bildung.lib.public_holidays import is_public_holiday

Season = OpeningHours.Season
IN_HOLIDAYS = {Season.ALWAYS: None, Season.TERM: False, Season.HOLIDAYS: True}
# Exceptions so far ahead are told on the page.
EXCEPTIONS_AHEAD = timedelta(days=60)
IsHoliday = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Opening:
    """What is said of an office at a moment. `text` is a sentence of its own;
    `is_open` None where nobody knows; `changes` the next moment it reads otherwise.
    """

    is_open: bool | None
    text: str
    next: datetime | None = None
    changes: datetime | None = None


def calendar() -> IsHoliday:
    """Whether a day is a school holiday in NRW; one query."""
    spans = list(SchoolHoliday.objects.values_list("starts_on", "ends_on"))
    return lambda day: any(first <= day <= last for first, last in spans)


def times_of(office: CounsellingOffice, is_school_holiday: IsHoliday) -> OpeningTimes:
    """When people can come without having arranged it; the rows are prefetched."""
    weekly = [
        Weekly(
            row.weekday,
            Span(row.opens, row.closes),
            IN_HOLIDAYS[row.season],
            row.valid_from,
            row.valid_until,
        )
        for row in office.opening_hours.all()
        if not row.is_by_appointment
    ]
    exceptions = [
        Exceptional(
            row.first_day,
            row.last_day,
            Span(row.opens, row.closes) if row.opens else None,
        )
        for row in office.opening_exceptions.all()
    ]
    return OpeningTimes(weekly, exceptions, is_public_holiday, is_school_holiday)


def opening_of(
    office: CounsellingOffice, is_school_holiday: IsHoliday, language: str
) -> Opening:
    """What an office's page says now, in a language."""
    known = hours_known_of(office)
    if known == Hours.APPOINTMENT:
        return Opening(None, _("Only by appointment"))
    if known == Hours.UNKNOWN:
        if office.phone:
            return Opening(None, _("Opening hours not known: please call"))
        return Opening(None, _("Opening hours not known: please ask"))
    now, times = clock.now(), times_of(office, is_school_holiday)
    if until := times.open_until(now):
        return Opening(True, _open(until, now), now, until)
    opens = times.next_opening(now)
    if opens is None:
        return Opening(False, _("Closed at the moment"))
    return Opening(False, _opens(opens, now, language), opens, opens)


def hours_known_of(office: CounsellingOffice) -> str:
    """What is known of its hours today. "As given below" with no hours below, or with
    such as have ended, tells nothing; with hours for appointments alone, that.
    """
    if office.hours != Hours.KNOWN:
        return office.hours
    today = clock.today()
    if any(
        row.opens and row.last_day >= today for row in office.opening_exceptions.all()
    ):
        return Hours.KNOWN
    weekly = hours_to_come(office)
    if not weekly:
        return Hours.UNKNOWN
    is_arranged = all(row.is_by_appointment for row in weekly)
    return Hours.APPOINTMENT if is_arranged else Hours.KNOWN


def hours_to_come(office: CounsellingOffice) -> list[OpeningHours]:
    """The weekly hours that have not ended; the rows are prefetched."""
    today = clock.today()
    return [
        row
        for row in office.opening_hours.all()
        if row.valid_until is None or row.valid_until >= today
    ]


def _open(until: datetime, now: datetime) -> str:
    local = until.astimezone(clock.BERLIN)
    if local.date() != now.astimezone(clock.BERLIN).date():
        return _("Open now")
    return _("Open today until %(time)s") % {"time": f"{local:%H:%M}"}


def _opens(opens: datetime, now: datetime, language: str) -> str:
    local = opens.astimezone(clock.BERLIN)
    days = (local.date() - now.astimezone(clock.BERLIN).date()).days
    said = {"time": f"{local:%H:%M}"}
    if days == 0:
        return _("Closed, opens today at %(time)s") % said
    if days == 1:
        return _("Closed, opens tomorrow at %(time)s") % said
    if days < 7:
        said["day"] = weekday_in_words(local.date(), language)
        return _("Closed, opens on %(day)s at %(time)s") % said
    said["day"] = day_in_words(local.date(), language)
    return _("Closed, opens on %(day)s at %(time)s") % said


def weekday_in_words(day: date, language: str) -> str:
    """ "Montag", as a sentence in that language has it."""
    return format_date(day, "EEEE", locale=BY_CODE[language].spoken_code)


def week_in_words(office: CounsellingOffice, language: str) -> list[dict[str, Any]]:
    """The weekly hours as a table: each weekday with its spans."""
    rows = hours_to_come(office)
    return [
        {
            "day": str(WEEKDAYS[weekday]),
            "spans": [
                span_in_words(row, language) for row in rows if row.weekday == weekday
            ],
        }
        for weekday in range(7)
        if any(row.weekday == weekday for row in rows)
    ]


def span_in_words(row: OpeningHours, language: str) -> str:
    """ "9:00–12:00 (not in school holidays)"."""
    notes = []
    if row.is_by_appointment:
        notes.append(_("only by appointment"))
    if row.season != Season.ALWAYS:
        notes.append(str(row.get_season_display()))
    if row.valid_from and row.valid_from > clock.today():
        notes.append(
            _("from %(day)s") % {"day": day_in_words(row.valid_from, language)}
        )
    if row.valid_until:
        notes.append(
            _("until %(day)s") % {"day": day_in_words(row.valid_until, language)}
        )
    text = times_in_words(row)
    return f"{text} ({listed(notes)})" if notes else text


def weekday_hours_in_words(row: OpeningHours, language: str) -> str:
    """ "Montag 9:00–12:00"."""
    return f"{WEEKDAYS[row.weekday]} {span_in_words(row, language)}"


def times_in_words(row: OpeningHours | OpeningException) -> str:
    """ "9:00–12:00"; the end of the day is 24:00. Read from left to right."""
    closes = "24:00" if f"{row.closes:%H:%M}" == "00:00" else f"{row.closes:%H:%M}"
    return f"\u2066{row.opens:%H:%M}–{closes}\u2069"


def exceptions_in_words(office: CounsellingOffice, language: str) -> list[str]:
    """The exceptions of the next weeks, each as a line."""
    today = clock.today()
    return [
        exception_in_words(row, language)
        for row in office.opening_exceptions.all()
        if today <= row.last_day and row.first_day <= today + EXCEPTIONS_AHEAD
    ]


def exception_in_words(row: OpeningException, language: str) -> str:
    days = day_in_words(row.first_day, language)
    if row.last_day != row.first_day:
        days = _("%(first)s to %(last)s") % {
            "first": days,
            "last": day_in_words(row.last_day, language),
        }
    said = times_in_words(row) if row.opens else pgettext("opening hours", "closed")
    reason = f" ({isolated(row.reason, language)})" if row.reason else ""
    return f"{days}: {said}{reason}"
