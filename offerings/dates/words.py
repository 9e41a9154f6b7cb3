"""Schedules in the words people use, as `dates.spoken` reads them back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.listing import listed
from herne_bildung.lib.schedule import Rule, days


def in_words(rule: Rule, today: date) -> str:
    """ "every Tuesday 9:30–11:00, not in the school holidays"; the first day is named
    where it is not simply the next one that fits.
    """
    from_today = replace(rule, starts_on=min(today, rule.starts_on), interval=1)
    is_next = rule.starts_on <= next(days(from_today, today), today)
    return known_in_words(rule, names_start=not is_next)


def known_in_words(known: Any, *, names_start: bool = True) -> str:
    """The parts of a rule of which some may still be missing, in words."""
    recurring = known.frequency != "once"
    texts = [
        " ".join(filter(None, [_days(known), _times(known)])),
        _("from %(day)s") % {"day": _day(known.starts_on)}
        if known.starts_on and recurring and names_start
        else "",
        _("until %(day)s") % {"day": _day(known.until)} if known.until else "",
        _("not on %(days)s") % {"days": listed(map(_day, sorted(known.exceptions)))}
        if known.exceptions
        else "",
        {
            "no": _("not in the school holidays"),
            "yes": _("also in the school holidays"),
        }.get(known.holidays, ""),
    ]
    return ", ".join(filter(None, texts))


def clock_time(moment: time) -> str:
    """ "9:30"."""
    return f"{moment.hour}:{moment:%M}"


def _times(known: Any) -> str:
    times = [moment for moment in (known.start_time, known.end_time) if moment]
    return "–".join(map(clock_time, times))


def _days(known: Any) -> str:
    names = _listed_days(known.weekdays)
    number = known.interval
    if known.frequency == "once":
        return _("on %(day)s") % {"day": _day(known.starts_on)}
    if known.frequency == "monthly":
        return _monthly(known, names)
    if known.frequency == "daily" and not names:
        return (
            _("every day")
            if number == 1
            else _("every %(number)s days") % {"number": number}
        )
    if not names:
        return _("every week") if known.frequency == "weekly" else ""
    if number == 1:
        return _("every %(days)s") % {"days": names}
    return _("every %(number)s weeks on %(days)s") % {"number": number, "days": names}


def _monthly(known: Any, names: str) -> str:
    which = week_in_words(known.week_of_month)
    month = (
        _("every month")
        if known.interval == 1
        else _("every %(number)s months") % {"number": known.interval}
    )
    if names and which and known.interval == 1:
        return _("every %(which)s %(day)s of the month") % {
            "which": which,
            "day": names,
        }
    if names and which:
        on = _("on the %(which)s %(day)s") % {"which": which, "day": names}
        return f"{month} {on}"
    return " ".join(filter(None, [month, names]))


def week_in_words(number: int | None) -> str:
    """ "second" for the second such day of a month; empty for none."""
    return {
        1: pgettext("of the month", "first"),
        2: pgettext("of the month", "second"),
        3: pgettext("of the month", "third"),
        4: pgettext("of the month", "fourth"),
        5: pgettext("of the month", "fifth"),
        -1: pgettext("of the month", "last"),
    }.get(number, "")


def _listed_days(numbers: Iterable[int]) -> str:
    """ "Monday, Wednesday"; three and more in a row as "Monday–Wednesday"."""
    found = sorted(set(numbers))
    names = [str(WEEKDAYS[number]) for number in found]
    if len(found) > 2 and found[-1] - found[0] == len(found) - 1:
        return f"{names[0]}–{names[-1]}"
    return listed(names)


def _day(day: date) -> str:
    return day_in_words(day, get_language() or DEFAULT_LANGUAGE)
