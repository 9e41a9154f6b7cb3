"""Public holidays of a year, as the calendars of the Land print them."""

from datetime import date, timedelta

from herne_bildung.lib.public_holidays import is_public_holiday


def test_all_public_holidays_of_2027():
    days = [date(2027, 1, 1) + timedelta(days=number) for number in range(365)]

    assert [f"{day:%m-%d}" for day in days if is_public_holiday(day)] == [
        "01-01",
        "03-26",
        "03-29",
        "05-01",
        "05-06",
        "05-17",
        "05-27",
        "10-03",
        "11-01",
        "12-25",
        "12-26",
    ]
