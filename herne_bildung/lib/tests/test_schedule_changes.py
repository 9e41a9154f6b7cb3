"""Dates that are not as the rule says: cancelled, moved, paused, unsure; and the rule
as other calendars read it.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr

from herne_bildung.lib.schedule import (
    Change,
    Meeting,
    Rule,
    changed_meetings,
    days,
    meetings,
    next_start,
    regular_days,
    rrule_text,
)

TUESDAYS = Rule("weekly", date(2026, 10, 6), time(9, 30), time(11), weekdays=(1,))
PLAN = date(2026, 10, 13), time(9, 30), time(11)


def ahead(rule: Rule, first: date, count: int) -> list[Meeting]:
    return list(islice(meetings(rule, first), count))


def test_a_cancelled_date_does_not_take_place():
    cancelled = Change(date(2026, 10, 13), reason="illness")
    rule = replace(TUESDAYS, changes=[cancelled])

    assert list(islice(days(rule, date(2026, 10, 6)), 2)) == [
        date(2026, 10, 6),
        date(2026, 10, 20),
    ]
    assert changed_meetings(rule, date(2026, 10, 6)) == [
        Meeting(*PLAN, True, cancelled, Meeting(*PLAN))
    ]


def test_a_moved_date_stands_on_its_new_day_as_long_as_before():
    moved = Change(date(2026, 10, 13), time(9, 30), date(2026, 10, 22), time(16))
    rule = replace(TUESDAYS, changes=[moved])

    assert ahead(rule, date(2026, 10, 7), 3) == [
        Meeting(date(2026, 10, 20), time(9, 30), time(11)),
        Meeting(
            date(2026, 10, 22), time(16), time(17, 30), True, moved, Meeting(*PLAN)
        ),
        Meeting(date(2026, 10, 27), time(9, 30), time(11)),
    ]
    # From a day between the old and the new one it is still to come.
    assert next(days(rule, date(2026, 10, 21))) == date(2026, 10, 22)


def test_a_date_moved_back_comes_first_and_once():
    moved = Change(date(2026, 10, 20), None, date(2026, 10, 8))
    rule = replace(TUESDAYS, changes=[moved])

    assert list(islice(days(rule, date(2026, 10, 7)), 3)) == [
        date(2026, 10, 8),
        date(2026, 10, 13),
        date(2026, 10, 27),
    ]
    assert next(days(rule, date(2026, 10, 9))) == date(2026, 10, 13)
    # The old day is still to come: readers should know that nothing is then.
    assert [one.day for one in changed_meetings(rule, date(2026, 10, 9))] == [
        date(2026, 10, 8)
    ]


def test_a_moved_date_may_lie_after_the_last_day():
    moved = Change(date(2026, 10, 20), None, date(2026, 10, 29))
    rule = replace(TUESDAYS, until=date(2026, 10, 20), changes=[moved])

    assert list(days(rule, date(2026, 10, 7))) == [
        date(2026, 10, 13),
        date(2026, 10, 29),
    ]


@pytest.mark.parametrize(
    "change",
    [
        Change(date(2026, 10, 14)),
        Change(date(2026, 10, 14), None, date(2026, 10, 15)),
        Change(date(2026, 10, 13), time(18)),
    ],
)
def test_a_change_of_a_date_that_is_none_changes_nothing(change):
    rule = replace(TUESDAYS, changes=[change])

    assert ahead(rule, date(2026, 10, 6), 9) == ahead(TUESDAYS, date(2026, 10, 6), 9)
    assert changed_meetings(rule, date(2026, 10, 6)) == []


def test_the_very_time_wins_over_the_whole_day():
    whole_day = Change(date(2026, 10, 13))
    this_one = Change(date(2026, 10, 13), time(9, 30), date(2026, 10, 14))
    rule = replace(TUESDAYS, changes=[this_one, whole_day])

    assert list(islice(days(rule, date(2026, 10, 7)), 1)) == [date(2026, 10, 14)]


def test_nothing_takes_place_in_a_pause():
    moved_into = Change(date(2026, 10, 20), None, date(2026, 10, 16))
    rule = replace(
        TUESDAYS, pause=(date(2026, 10, 13), date(2026, 10, 16)), changes=[moved_into]
    )

    assert list(islice(days(rule, date(2026, 10, 6)), 2)) == [
        date(2026, 10, 6),
        date(2026, 10, 27),
    ]
    for_good = replace(TUESDAYS, pause=(date(2026, 10, 13), date.max))
    assert list(days(for_good, date(2026, 10, 1))) == [date(2026, 10, 6)]


def test_in_holidays_of_which_nobody_said_anything_a_date_is_not_sure():
    holidays = [(date(2026, 10, 17), date(2026, 10, 31))]

    def sure(what: str) -> list[tuple[int, bool]]:
        rule = replace(TUESDAYS, holidays=what, school_holidays=holidays)
        found = ahead(rule, date(2026, 10, 13), 3)
        return [(one.day.day, one.is_sure) for one in found]

    assert sure("") == [(13, True), (20, False), (27, False)]
    assert sure("yes") == [(13, True), (20, True), (27, True)]
    assert sure("no") == [(13, True), (3, True), (10, True)]


def test_the_first_day_of_an_offer_keeps_every_other_week():
    rule = replace(TUESDAYS, interval=2, not_before=date(2026, 10, 13))

    assert list(islice(days(rule, date(2026, 10, 1)), 2)) == [
        date(2026, 10, 20),
        date(2026, 11, 3),
    ]
    once = Rule("once", date(2026, 10, 6), time(9), not_before=date(2026, 10, 7))
    assert list(days(once, date(2026, 10, 1))) == []


NIGHT = Rule("daily", date(2026, 10, 1), time(2, 30), time(4))


@pytest.mark.parametrize(
    ("night", "start", "end"),
    [
        # Twice half past two: the first of them counts.
        (date(2026, 10, 25), (25, 0, 30), (25, 3, 0)),
        (date(2027, 10, 31), (31, 0, 30), (31, 3, 0)),
        # No half past two: by the clock it is half past three.
        (date(2026, 3, 29), (29, 1, 30), (29, 2, 0)),
        (date(2027, 3, 28), (28, 1, 30), (28, 2, 0)),
        (date(2027, 3, 27), (27, 1, 30), (27, 3, 0)),
    ],
)
def test_nights_in_which_clocks_change(night, start, end):
    rule = replace(NIGHT, starts_on=date(2026, 1, 1))
    meeting = next(meetings(rule, night))

    def moment(day: int, hour: int, minute: int) -> datetime:
        return datetime(night.year, night.month, day, hour, minute, tzinfo=UTC)

    assert (meeting.day, meeting.start, meeting.end) == (
        night,
        moment(*start),
        moment(*end),
    )
    before = meeting.start - timedelta(minutes=1)
    assert next_start([rule], before) == meeting.start
    assert next_start([rule], meeting.start) > meeting.start


def test_an_end_before_the_beginning_is_one_of_the_next_day():
    night = Rule("once", date(2026, 10, 24), time(22), time(1))
    meeting = next(meetings(night, date(2026, 10, 1)))

    assert meeting.end - meeting.start == timedelta(hours=3)


FORMS = [
    (TUESDAYS, "FREQ=WEEKLY;BYDAY=TU"),
    (
        replace(TUESDAYS, interval=2, weekdays=(3, 1)),
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH",
    ),
    (replace(TUESDAYS, weekdays=()), "FREQ=WEEKLY"),
    (
        replace(TUESDAYS, until=date(2026, 11, 10)),
        "FREQ=WEEKLY;UNTIL=20261110T083000Z;BYDAY=TU",
    ),
    (replace(NIGHT, interval=3), "FREQ=DAILY;INTERVAL=3"),
    (
        replace(NIGHT, weekdays=(0, 1, 2, 3, 4)),
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
    ),
    (
        replace(TUESDAYS, frequency="monthly", week_of_month=-1),
        "FREQ=MONTHLY;BYDAY=-1TU",
    ),
    (
        replace(TUESDAYS, frequency="monthly", week_of_month=5, interval=2),
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=5TU",
    ),
    (replace(TUESDAYS, frequency="monthly"), "FREQ=MONTHLY;BYDAY=TU"),
    (
        replace(
            TUESDAYS, frequency="monthly", weekdays=(), starts_on=date(2026, 1, 31)
        ),
        "FREQ=MONTHLY;BYMONTHDAY=31",
    ),
]


@pytest.mark.parametrize(("rule", "text"), FORMS)
@pytest.mark.parametrize("later", [0, 40, 300])
def test_a_rule_as_other_programs_read_it(rule, text, later):
    assert rrule_text(rule) == text

    rule = replace(rule, not_before=rule.starts_on + timedelta(days=later))
    own = list(islice(regular_days(rule, date(2025, 1, 1)), 30))
    if not own:
        return
    start = datetime.combine(own[0], rule.start_time)
    read = rrulestr(text.replace("083000Z", "093000"), dtstart=start)

    assert [moment.date() for moment in islice(read, len(own))] == own


def test_what_takes_place_once_has_no_recurrence():
    assert rrule_text(replace(TUESDAYS, frequency="once")) == ""


def test_years_that_no_calendar_knows_end_the_search():
    rule = replace(TUESDAYS, starts_on=date(9999, 12, 1))

    assert len(list(days(rule, date(9999, 12, 1)))) == 3
    assert list(days(TUESDAYS, date.max)) == []
