"""Periods that figures describe, as they are written in files and addresses.

"2022" a year, "2022-Q3" a quarter, "2022-05" a month, "2022-05-15" a day,
"2024/25" a school year (from 1 August; Schulgesetz NRW, section 7).
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import gettext as _

_FORM = re.compile(
    r"(?P<year>[12][0-9]{3})"
    r"(?:-Q(?P<quarter>[1-4])|/(?P<next>[0-9]{2})"
    r"|-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)


class UnknownPeriod(ValueError):
    """The text is no period; its message says what would be one."""


@lru_cache(maxsize=4096)
def first_day(period: str) -> date:
    """The day a period begins.

    Raises UnknownPeriod.
    """
    found = _FORM.fullmatch(period)
    if found is None:
        raise UnknownPeriod(_explained(period))
    year, month, day = int(found["year"]), 1, 1
    if found["quarter"]:
        month = 3 * int(found["quarter"]) - 2
    elif found["next"]:
        if int(found["next"]) != (year + 1) % 100:
            raise UnknownPeriod(_explained(period))
        month = 8
    elif found["month"]:
        month, day = int(found["month"]), int(found["day"] or 1)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise UnknownPeriod(_explained(period)) from error


def last_day(period: str) -> date:
    """The day a period ends; a school year on 31 July.

    Raises UnknownPeriod.
    """
    begin = first_day(period)
    found = _FORM.fullmatch(period)
    if found is None or found["day"]:
        return begin
    months = 3 if found["quarter"] else 1 if found["month"] else 12
    years, month = divmod(begin.month - 1 + months, 12)
    return date(begin.year + years, month + 1, 1) - timedelta(days=1)


def in_words(period: str) -> str:
    """ "2022", "15.05.2022", "Mai 2022", "3. Quartal 2022", "Schuljahr 2024/25" in the
    active language.
    """
    found = _FORM.fullmatch(period)
    if found is None:
        return period
    if found["quarter"]:
        values = {"quarter": found["quarter"], "year": found["year"]}
        return _("quarter %(quarter)s of %(year)s") % values
    if found["next"]:
        return _("school year %(years)s") % {"years": period}
    if found["day"]:
        return date_format(first_day(period), "SHORT_DATE_FORMAT")
    if found["month"]:
        return date_format(first_day(period), "YEAR_MONTH_FORMAT")
    return period


def _explained(period: str) -> str:
    return _(
        "“%(period)s” is no period. Write a year (2022), a school year (2024/25), a "
        "quarter (2022-Q3), a month (2022-05) or a day (2022-05-15)."
    ) % {"period": period[:40]}
