"""Periods as people write them, made those of `lib.time_periods`."""

import re
from datetime import date, datetime
from typing import Any

from herne_bildung.lib.time_periods import UnknownPeriod, first_day

SCHOOL_YEAR = re.compile(r"(?:schuljahr\s+)?([12]\d{3})\s*/\s*(?:[12]\d)?(\d{2})", re.I)
QUARTER = re.compile(
    r"(?:([1-4])\.?\s*(?:quartal|q)|q(?:uartal)?\s*([1-4]))\s*/?\s*([12]\d{3})"
    r"|([12]\d{3})\s*-?\s*q([1-4])",
    re.I,
)
DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.([12]\d{3})")
MONTH = re.compile(r"(\d{1,2})[./]([12]\d{3})")
YEAR = re.compile(r"([12]\d{3})(?:\.0)?")


def period_of(cell: Any) -> str:
    """ "2022" for 2022 or "2022.0", "2024/25" for "Schuljahr 2024/2025", "2022-Q3" for
    "3. Quartal 2022", "2022-05-15" for a date. Raises UnknownPeriod.
    """
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return cell.isoformat()
    text = " ".join(str(cell).split())
    period = _written(text)
    first_day(period)
    return period


def is_period(name: str) -> bool:
    """Whether the name of a column is a period: then its cells are values."""
    try:
        period_of(name)
    except UnknownPeriod:
        return False
    return True


def following(period: str) -> str:
    """The period after this one; of a day the same: nobody knows the next one."""
    if "/" in period:
        year = int(period[:4]) + 1
        return f"{year}/{(year + 1) % 100:02}"
    if "Q" in period:
        year, quarter = int(period[:4]), int(period[-1])
        return f"{year + 1}-Q1" if quarter == 4 else f"{year}-Q{quarter + 1}"
    if len(period) == 7:
        year, month = int(period[:4]), int(period[5:])
        return f"{year + 1}-01" if month == 12 else f"{year}-{month + 1:02}"
    return str(int(period) + 1) if len(period) == 4 else period


def _written(text: str) -> str:
    if found := YEAR.fullmatch(text):
        return found[1]
    if found := SCHOOL_YEAR.fullmatch(text):
        return f"{found[1]}/{found[2]}"
    if found := QUARTER.fullmatch(text):
        return f"{found[3] or found[4]}-Q{found[1] or found[2] or found[5]}"
    if found := DAY.fullmatch(text):
        return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}"
    if found := MONTH.fullmatch(text):
        return f"{found[2]}-{int(found[1]):02}"
    return text
