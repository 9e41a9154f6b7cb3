"""Opening hours against another library, minute by minute through a year."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import opening_hours
import pytest

from herne_bildung.lib.clock import BERLIN, at
from herne_bildung.lib.opening_hours import Exceptional, OpeningTimes, Span, Weekly
from herne_bildung.lib.public_holidays import is_public_holiday

MINUTE = timedelta(minutes=1)
# Autumn, Christmas, Easter and summer of the school year: NRW, by hand.
SCHOOL_HOLIDAYS = [
    (date(2026, 7, 20), date(2026, 9, 1)),
    (date(2026, 10, 17), date(2026, 10, 31)),
    (date(2026, 12, 23), date(2027, 1, 6)),
    (date(2027, 3, 22), date(2027, 4, 3)),
]


def is_school_holiday(day: date) -> bool:
    return any(first <= day <= last for first, last in SCHOOL_HOLIDAYS)


def span(opens: str, closes: str) -> Span:
    return Span(time.fromisoformat(opens), time.fromisoformat(closes))


def weekly(*spans: Weekly, exceptions: tuple = ()) -> OpeningTimes:
    return OpeningTimes(spans, exceptions, is_public_holiday, is_school_holiday)


TIMES = weekly(
    Weekly(1, span("09:30", "12:00")),
    Weekly(3, span("09:00", "12:30")),
    Weekly(3, span("14:00", "18:00"), in_school_holidays=False),
    Weekly(4, span("10:00", "11:00"), in_school_holidays=True),
    Weekly(6, span("01:15", "04:00")),
    Weekly(5, span("20:00", "00:00")),
    exceptions=(
        Exceptional(date(2026, 9, 8), date(2026, 9, 10)),
        Exceptional(date(2027, 5, 6), date(2027, 5, 6), span("13:00", "15:00")),
    ),
)
# The same as OpenStreetMap writes it; the days without work are those of NRW,
# from a calendar and not from our rule.
OFF = (
    "2026 Oct 3, 2026 Nov 1, 2026 Dec 25, 2026 Dec 26, 2027 Jan 1, 2027 Mar 26, "
    "2027 Mar 29, 2027 May 1, 2027 May 6, 2027 May 17, 2027 May 27"
)
SCHOOL = (
    "2026 Jul 20-2026 Sep 1, 2026 Oct 17-2026 Oct 31, 2026 Dec 23-2027 Jan 6, "
    "2027 Mar 22-2027 Apr 3"
)
WRITTEN = (
    "Tu 09:30-12:00; Th 09:00-12:30,14:00-18:00; Su 01:15-04:00; "
    f"Sa 20:00-24:00; {SCHOOL.replace(', ', ' Th 09:00-12:30; ')} Th 09:00-12:30; "
    f"{SCHOOL.replace(', ', ' Fr 10:00-11:00; ')} Fr 10:00-11:00; "
    f"{OFF.replace(', ', ' off; ')} off; "
    "2026 Sep 8-2026 Sep 10 off; 2027 May 6 13:00-15:00"
)


def test_every_minute_of_a_year_is_open_or_not_as_another_library_says():
    other = opening_hours.OpeningHours(WRITTEN)
    moment, end = datetime(2026, 8, 1, tzinfo=UTC), datetime(2027, 8, 1, tzinfo=UTC)
    minutes = [moment + n * MINUTE for n in range((end - moment) // MINUTE)]
    expected = [
        other.is_open(minute.astimezone(BERLIN).replace(tzinfo=None))
        for minute in minutes
    ]

    wrong = [
        minute
        for minute, is_open in zip(minutes, expected, strict=True)
        if TIMES.is_open(minute) != is_open
    ]
    changes = [n for n in range(1, len(minutes)) if expected[n] != expected[n - 1]]

    assert wrong == []
    assert len(changes) > 400
    # What is said of the next change, right after each change and right before.
    for n, following in pairwise(changes):
        for minute in (minutes[n], minutes[following - 1]):
            assert TIMES.next_change(minute) == minutes[following], minute


def test_what_goes_on_past_midnight_is_one():
    times = weekly(Weekly(4, span("18:00", "00:00")), Weekly(5, span("00:00", "02:00")))

    until = times.open_until(at(date(2026, 9, 4), time(19)))

    assert until == at(date(2026, 9, 5), time(2))


def test_spans_that_overlap_or_meet_are_one():
    times = weekly(
        Weekly(0, span("09:00", "11:00")),
        Weekly(0, span("10:00", "12:00")),
        Weekly(0, span("12:00", "13:00")),
    )

    assert times.spans(date(2026, 9, 7)) == (span("09:00", "13:00"),)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 7), ()),
        (date(2026, 9, 14), (span("09:00", "10:00"),)),
        (date(2026, 9, 21), (span("09:00", "10:00"),)),
        (date(2026, 9, 28), ()),
    ],
)
def test_hours_hold_from_their_first_to_their_last_day(day, expected):
    times = weekly(
        Weekly(
            0,
            span("09:00", "10:00"),
            valid_from=date(2026, 9, 8),
            valid_until=date(2026, 9, 21),
        )
    )

    assert times.spans(day) == expected


def test_nothing_opens_that_is_closed_for_long():
    times = weekly(
        Weekly(0, span("09:00", "10:00")),
        exceptions=(Exceptional(date(2026, 9, 1), date(2026, 12, 31)),),
    )

    assert times.next_opening(at(date(2026, 9, 7), time(9, 30))) is None
