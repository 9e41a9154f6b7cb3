"""The one clock of the portal. All code asks here, so tests can move the time.

Stored times are UTC; people read Europe/Berlin.
"""

from datetime import UTC, date, datetime, time, timedelta
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
