"""The one clock of the portal. All code asks here, so tests can move the time.

Stored times are UTC; people read Europe/Berlin.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

BERLIN = ZoneInfo("Europe/Berlin")
_shift = timedelta()
_followed: Path | None = None


def now() -> datetime:
    """The present moment, aware, in UTC."""
    if _followed is not None:
        return timezone.now() + timedelta(seconds=float(_followed.read_text()))
    return timezone.now() + _shift


def today() -> date:
    """The present day in Herne."""
    return now().astimezone(BERLIN).date()


def at(day: date, wall: time) -> datetime:
    """The moment a wall clock in Herne shows this day and time."""
    return datetime.combine(day, wall, tzinfo=BERLIN)


@cache
def is_changed_on(day: date) -> bool:
    """Whether the clocks go forward or back on this day."""
    next_day = day + timedelta(days=1)
    return at(day, time()).utcoffset() != at(next_day, time()).utcoffset()


def minute_of(moment: datetime, day: date) -> int:
    """Which minute a wall clock in Herne shows, counted from the midnight with which a
    day begins. The hour that comes twice has no minutes but its last the second time,
    so that minutes never go back.
    """
    local = moment.astimezone(BERLIN)
    minute = 59 if local.fold else local.minute
    return (local.date() - day).days * 24 * 60 + local.hour * 60 + minute


def seconds_to_midnight() -> int:
    """Seconds until "today" changes in Herne, at least 1."""
    present = now()
    tomorrow = present.astimezone(BERLIN).date() + timedelta(days=1)
    # In UTC, as the day on which clocks change has an hour less or more.
    left = at(tomorrow, time()).astimezone(UTC) - present.astimezone(UTC)
    return max(1, int(left.total_seconds()))


def shift(by: timedelta) -> None:
    """Move the clock of this process (tests and simulations only)."""
    global _shift
    _shift = by


def follow(path: Path) -> None:
    """Take the shift from a file, in seconds, so that all processes of a simulation
    live at the same time.
    """
    global _followed
    _followed = path
