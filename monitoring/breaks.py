"""Which values of a series can be compared with each other."""

from collections.abc import Iterable, Sequence
from datetime import date

from herne_bildung.lib.time_periods import UnknownPeriod, first_day
from monitoring.choices import BreakKind
from monitoring.models.indicator import SeriesBreak


def breaks_among(
    breaks: Iterable[SeriesBreak], periods: Sequence[str]
) -> list[SeriesBreak]:
    """Those of an indicator's breaks that keep the values of these periods, oldest
    first, from being compared: a break between them, or an exceptional one of them.
    """
    first, last = first_day(periods[0]), first_day(periods[-1])
    found = []
    for one in breaks:
        if one.kind == BreakKind.EXCEPTIONAL:
            # An exceptional year has exceptional months, too.
            is_among = any(period.startswith(one.period) for period in periods)
        else:
            is_among = _begins_within(one.period, first, last)
        if is_among:
            found.append(one)
    return found


def told_at(period: str, kind: str, periods: Sequence[str]) -> str:
    """Among these periods the one whose row tells of a break or an exceptional period:
    its own; a break that has no value of its own, the first one after it. Empty: none.
    """
    if period in periods or kind != BreakKind.BREAK:
        return period if period in periods else ""
    days = sorted((first_day(one), one) for one in periods)
    try:
        begin = first_day(period)
    except UnknownPeriod:
        return ""
    after = [one for day, one in days if day >= begin]
    return after[0] if after and days[0][0] < begin else ""


def _begins_within(period: str, first: date, last: date) -> bool:
    """A break whose period nobody can read stands between all."""
    try:
        return first < first_day(period) <= last
    except UnknownPeriod:
        return True
