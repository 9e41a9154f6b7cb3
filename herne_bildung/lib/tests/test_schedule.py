from dataclasses import replace
from datetime import UTC, date, datetime, time

from herne_bildung.lib.schedule import Rule, days, next_start

TUESDAYS = Rule(
    frequency="weekly",
    starts_on=date(2026, 10, 6),
    start_time=time(9, 30),
    weekdays=(1,),
)


def first(rule, day, count):
    found = []
    for entry in days(rule, day):
        found.append(entry)
        if len(found) == count:
            break
    return found


def test_weekly_gives_every_week_from_the_day_asked_for():
    assert first(TUESDAYS, date(2026, 10, 7), 3) == [
        date(2026, 10, 13),
        date(2026, 10, 20),
        date(2026, 10, 27),
    ]


def test_every_second_week_counts_from_the_first_day():
    rule = Rule("weekly", date(2026, 10, 6), time(9), interval=2, weekdays=(1,))

    assert first(rule, date(2026, 10, 14), 2) == [date(2026, 10, 20), date(2026, 11, 3)]


def test_last_friday_of_the_month():
    rule = Rule("monthly", date(2026, 1, 1), time(18), weekdays=(4,), week_of_month=-1)

    assert first(rule, date(2026, 11, 1), 2) == [date(2026, 11, 27), date(2026, 12, 25)]


def test_exceptions_and_the_end_are_left_out():
    rule = Rule(
        "weekly",
        date(2026, 10, 6),
        time(9),
        weekdays=(1,),
        until=date(2026, 10, 27),
        exceptions=frozenset({date(2026, 10, 20)}),
    )

    assert list(days(rule, date(2026, 10, 1))) == [
        date(2026, 10, 6),
        date(2026, 10, 13),
        date(2026, 10, 27),
    ]


def test_school_holidays_pause_only_what_pauses():
    holidays = [(date(2026, 10, 17), date(2026, 10, 31))]
    pausing = Rule(
        "weekly",
        date(2026, 10, 6),
        time(9),
        weekdays=(1,),
        holidays="no",
        school_holidays=holidays,
    )
    unknown = replace(pausing, holidays="")

    assert first(pausing, date(2026, 10, 14), 1) == [date(2026, 11, 3)]
    assert first(unknown, date(2026, 10, 14), 1) == [date(2026, 10, 20)]


def test_next_start_keeps_the_wall_clock_over_the_change_of_time():
    before = next_start([TUESDAYS], datetime(2026, 10, 19, 12, tzinfo=UTC))
    after = next_start([TUESDAYS], datetime(2026, 10, 26, 12, tzinfo=UTC))

    assert before == datetime(2026, 10, 20, 7, 30, tzinfo=UTC)
    assert after == datetime(2026, 10, 27, 8, 30, tzinfo=UTC)


def test_next_start_skips_today_once_it_has_begun():
    assert next_start([TUESDAYS], datetime(2026, 10, 13, 7, 29, tzinfo=UTC)) == (
        datetime(2026, 10, 13, 7, 30, tzinfo=UTC)
    )
    assert next_start([TUESDAYS], datetime(2026, 10, 13, 7, 30, tzinfo=UTC)) == (
        datetime(2026, 10, 20, 7, 30, tzinfo=UTC)
    )


def test_a_rule_without_an_end_is_followed_for_about_two_years():
    rule = Rule(
        "monthly",
        date(2026, 1, 1),
        time(9),
        weekdays=(0,),
        week_of_month=5,
        interval=12,
    )

    assert list(days(rule, date(2026, 2, 1))) == [date(2028, 1, 31)]
