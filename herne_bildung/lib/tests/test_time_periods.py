from datetime import date

import pytest

from herne_bildung.lib.time_periods import UnknownPeriod, first_day, in_words


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2022", date(2022, 1, 1)),
        ("2022-Q3", date(2022, 7, 1)),
        ("2022-05", date(2022, 5, 1)),
        ("2022-05-15", date(2022, 5, 15)),
        ("2024/25", date(2024, 8, 1)),
        ("1999/00", date(1999, 8, 1)),
    ],
)
def test_periods_begin_on_their_first_day(period, day):
    assert first_day(period) == day


@pytest.mark.parametrize(
    "period", ["", "22", "2022-13", "2022-02-30", "2024/26", "2022-Q5", "x", "3022"]
)
def test_what_is_no_period_is_refused(period):
    with pytest.raises(UnknownPeriod):
        first_day(period)


def test_periods_are_said_in_words():
    said = [in_words(period) for period in ("2022", "2024/25", "2022-05-15", "x")]

    assert said == ["2022", "Schuljahr 2024/25", "15.05.2022", "x"]
