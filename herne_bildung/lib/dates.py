"""Days, times and amounts as readers of each language write them (Unicode CLDR)."""

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal

from herne_bildung.lib.clock import BERLIN
from herne_bildung.lib.languages import BY_CODE

SEPARATORS = {"ar": "، "}


def _locale(language: str) -> str:
    return BY_CODE[language].spoken_code


@lru_cache(maxsize=1000)
def day_in_words(day: date, language: str) -> str:
    """ "27. November 2026"."""
    return format_date(day, "long", locale=_locale(language))


def known_day_in_words(known: str, language: str) -> str:
    """As much of a day as is known, in words: "2013", "2013-10" → "Oktober 2013",
    "2013-10-24". What is no such date stays as it is.
    """
    try:
        if len(known) == len("2013-10"):
            month = date.fromisoformat(f"{known}-01")
            return format_skeleton("yMMMM", month, locale=_locale(language))
        if len(known) == len("2013-10-24"):
            return day_in_words(date.fromisoformat(known), language)
    except ValueError:
        pass
    return known


@lru_cache(maxsize=1000)
def near_day_in_words(day: date, language: str, today: date) -> str:
    """ "27. Nov."; with its year where it is far away."""
    skeleton = "MMMd" if abs((day - today).days) < 300 else "yMMMd"
    return format_skeleton(skeleton, day, locale=_locale(language))


def days_in_words(first: date, last: date, language: str) -> str:
    """ "27. November 2026 – 2. Dezember 2026"; one day is said once."""
    days = (day_in_words(day, language) for day in (first, last))
    return " – ".join(dict.fromkeys(days))


@lru_cache(maxsize=1000)
def full_day_in_words(day: date, language: str) -> str:
    """ "Freitag, 27. November 2026"."""
    return format_date(day, "full", locale=_locale(language))


@lru_cache(maxsize=4096)
def moment_in_words(moment: datetime, language: str) -> str:
    """Weekday, day and time on the clocks of Herne: "Fr., 27. Nov., 14:30"."""
    local = moment.astimezone(BERLIN)
    day = format_skeleton("MMMEd", local, locale=_locale(language))
    return f"{day}{SEPARATORS.get(language, ', ')}{local:%H:%M}"


@lru_cache(maxsize=1000)
def euros(amount: Decimal, language: str) -> str:
    """ "3,50 €"; whole euros without cents."""
    locale = _locale(language)
    if amount % 1:
        return format_currency(amount, "EUR", locale=locale)
    pattern = "¤#,##0" if locale == "en" else "#,##0 ¤"
    return format_currency(amount, "EUR", pattern, locale=locale, currency_digits=False)


def size_in_words(size: int, language: str) -> str:
    """ "1,2 MB" of a number of bytes; at least 0.1."""
    megabytes = max(0.1, size / 1_000_000)
    return f"{format_decimal(megabytes, '0.0', locale=_locale(language))} MB"
