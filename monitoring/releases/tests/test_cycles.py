from datetime import date

import pytest

from monitoring.choices import Cycle
from monitoring.releases.cycles import moved_on

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("day", "cycle", "moved"),
    [
        (date(2026, 11, 22), Cycle.YEARLY, date(2027, 11, 22)),
        (date(2024, 2, 29), Cycle.YEARLY, date(2027, 2, 28)),
        (date(2026, 8, 31), Cycle.QUARTERLY, date(2026, 11, 30)),
        (date(2026, 11, 1), Cycle.MONTHLY, date(2026, 12, 1)),
        (date(2025, 1, 1), Cycle.TWO_YEARS, date(2027, 1, 1)),
        # Some weeks early they are those announced; a year early they are others.
        (date(2026, 12, 15), Cycle.YEARLY, date(2027, 12, 15)),
        (date(2027, 8, 1), Cycle.YEARLY, date(2027, 8, 1)),
        # Nobody knows when the next ones come.
        (date(2026, 11, 1), Cycle.LONGER, None),
        (date(2026, 11, 1), Cycle.UNKNOWN, None),
        (date(2027, 1, 1), Cycle.ONCE, date(2027, 1, 1)),
        (None, Cycle.YEARLY, None),
    ],
)
def test_the_day_moves_by_the_cycle(day, cycle, moved):
    assert moved_on(day, cycle, TODAY) == moved
