from datetime import date, time, timedelta

import pytest

from herne_bildung.lib import clock


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        (date(2026, 11, 23), 24),
        (date(2027, 3, 28), 23),
        (date(2027, 10, 31), 25),
        (date(2028, 2, 29), 24),
        (date(2026, 12, 31), 24),
    ],
)
def test_a_day_ends_at_midnight_also_when_clocks_change(monkeypatch, day, hours):
    begin = clock.at(day, time())
    last_second = clock.at(day, time(23, 59, 59))
    found = []

    for moment in (begin, last_second):
        monkeypatch.setattr(clock, "now", lambda moment=moment: moment)
        found.append(clock.seconds_to_midnight())

    assert found == [timedelta(hours=hours).total_seconds(), 1]
