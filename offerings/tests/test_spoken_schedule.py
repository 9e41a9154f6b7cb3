"""Schedules in words: what is understood, and what is said where it is not."""

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import islice

import pytest
from django.utils.translation import override

from herne_bildung.lib import clock
from herne_bildung.lib.schedule import Rule, days
from offerings.dates.spoken import NotUnderstood, rule_from_words
from offerings.dates.words import in_words

SUNDAY = date(2026, 11, 22)
TUESDAY = date(2026, 11, 24)


def weekly(*weekdays: int, start: time, **values) -> Rule:
    ahead = [SUNDAY + timedelta(days=number) for number in range(8)]
    first = next(day for day in ahead if day.weekday() in weekdays)
    values = {"starts_on": first, **values}
    return Rule("weekly", start_time=start, weekdays=weekdays, **values)


def monthly(week: int, weekday: int, first: date, start: time, **values) -> Rule:
    return Rule(
        "monthly", first, start, weekdays=(weekday,), week_of_month=week, **values
    )


NINE = {"start": time(9, 30), "end_time": time(11)}
UNDERSTOOD = {
    "jeden Dienstag 9:30–11:00, nicht in den Schulferien": weekly(
        1, **NINE, holidays="no"
    ),
    "every Tuesday 9:30–11:00 except school holidays": weekly(1, **NINE, holidays="no"),
    "dienstags von 9.30 bis 11 Uhr außer in den Ferien": weekly(
        1, **NINE, holidays="no"
    ),
    "Di 9:30-11 Uhr, in den Schulferien nicht": weekly(1, **NINE, holidays="no"),
    "Tuesdays 9:30 to 11:00, also in the school holidays": weekly(
        1, **NINE, holidays="yes"
    ),
    "JEDEN  DIENSTAG\t9:30 Uhr": weekly(1, start=time(9, 30)),
    "Mo und Mi 15-17 Uhr": weekly(0, 2, start=time(15), end_time=time(17)),
    "Montag bis Freitag 8 bis 16 Uhr": weekly(
        0, 1, 2, 3, 4, start=time(8), end_time=time(16)
    ),
    "täglich Mo-Fr 8 Uhr": weekly(0, 1, 2, 3, 4, start=time(8)),
    "Fr–Mo 18 Uhr": weekly(0, 4, 5, 6, start=time(18), starts_on=SUNDAY),
    "am Wochenende 11 Uhr": weekly(5, 6, start=time(11), starts_on=SUNDAY),
    "alle zwei Wochen am Donnerstag 16–18 Uhr": weekly(
        3, start=time(16), end_time=time(18), interval=2
    ),
    "14-tägig mittwochs 19 Uhr": weekly(2, start=time(19), interval=2),
    "alle 14 Tage dienstags 10 Uhr": weekly(1, start=time(10), interval=2),
    "jeden zweiten Dienstag 16 Uhr": weekly(1, start=time(16), interval=2),
    "every other Monday 3-5 pm": weekly(
        0, start=time(15), end_time=time(17), interval=2
    ),
    "jeden zweiten Dienstag im Monat 16 Uhr": monthly(
        2, 1, date(2026, 12, 8), time(16)
    ),
    "am letzten Freitag im Monat 18:30 Uhr": monthly(
        -1, 4, date(2026, 11, 27), time(18, 30)
    ),
    "monatlich am ersten Montag 17 Uhr": monthly(1, 0, date(2026, 12, 7), time(17)),
    "the first Saturday of the month 10am-12:30pm": monthly(
        1, 5, date(2026, 12, 5), time(10), end_time=time(12, 30)
    ),
    "alle 2 Monate am ersten Dienstag 10 Uhr": monthly(
        1, 1, date(2026, 12, 1), time(10), interval=2
    ),
    "jeden Monat 10 Uhr ab 5.1.2027": Rule("monthly", date(2027, 1, 5), time(10)),
    "jeden Tag 10-12 Uhr": Rule("daily", SUNDAY, time(10), time(12)),
    "alle 3 Tage 10 Uhr": Rule("daily", SUNDAY, time(10), interval=3),
    "12.12.2026, 15 bis 17 Uhr": Rule("once", date(2026, 12, 12), time(15), time(17)),
    "am Samstag, 12.12. um 15 Uhr": Rule("once", date(2026, 12, 12), time(15)),
    "4. Januar 10 Uhr": Rule("once", date(2027, 1, 4), time(10)),
    "December 12, 2026, 3:15pm": Rule("once", date(2026, 12, 12), time(15, 15)),
    "2026-12-12 12am": Rule("once", date(2026, 12, 12), time(0)),
    "jeden Dienstag 9:30 vom 12.1.2027 bis 30.6.2027": weekly(
        1, start=time(9, 30), starts_on=date(2027, 1, 12), until=date(2027, 6, 30)
    ),
    "4.1.2027 – 8.1.2027 täglich 9-12 Uhr": Rule(
        "daily", date(2027, 1, 4), time(9), time(12), until=date(2027, 1, 8)
    ),
    "dienstags 9:30, nicht am 24.12. und 31.12.2026": weekly(
        1,
        start=time(9, 30),
        exceptions=frozenset({date(2026, 12, 24), date(2026, 12, 31)}),
    ),
}


@pytest.mark.parametrize("words", UNDERSTOOD)
def test_words_are_understood(words):
    assert rule_from_words(words, SUNDAY) == UNDERSTOOD[words]


@pytest.mark.parametrize("words", UNDERSTOOD)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_the_form_says_is_read_back(words, language):
    rule = UNDERSTOOD[words]

    with override(language):
        said = in_words(rule, SUNDAY)

    assert rule_from_words(said, SUNDAY) == rule


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("", "Please say as well: on which day; at what time."),
        (
            "every Tuesday",
            "Understood: every Tuesday. Please say as well: at what time.",
        ),
        ("9:30", "Understood: 9:30. Please say as well: on which day."),
        (
            "dienstags 10 Uhr nach Absprache",
            "Understood: every Tuesday 10:00. Not understood: “nach absprache”.",
        ),
        (
            "nur in den Ferien dienstags 10 Uhr",
            "Understood: every Tuesday 10:00. Not understood: “nur in ferien”.",
        ),
        (
            "monatlich dienstags 10 Uhr",
            "Understood: every month Tuesday 10:00. Please say as well: which one in "
            "the month (the first, the last …).",
        ),
        (
            "dienstags 10 Uhr und donnerstags 15 Uhr",
            "There are several times. Please make a schedule for each of them.",
        ),
        (
            "12.12.2026 und 19.12.2026 10 Uhr",
            "Understood: 10:00. There are several days. Please make a schedule for "
            "each of them.",
        ),
        ("am 1.1.0001 10 Uhr", "There is no day “1.1.0001”."),
        ("am 30.2.2027 10 Uhr", "There is no day “30.2.2027”."),
        ("dienstags 25 Uhr", "There is no time “25 uhr”."),
        ("dienstags 13 pm", "There is no time “13 pm”."),
        (
            "dienstags 11-9 Uhr",
            "Understood: 11:00–9:00. The end lies before the beginning.",
        ),
        (
            "Montag, 12.12.2026 10 Uhr",
            "Understood: on December 12, 2026 10:00. That day is another weekday.",
        ),
        (
            "dienstags 9 Uhr ab 12.1.2027 bis 1.1.2027",
            "Understood: every Tuesday 9:00, from January 12, 2027, until "
            "January 1, 2027. The last day lies before the first one.",
        ),
        ("dienstags " * 40, "Please say it shorter."),
    ],
)
def test_unclear_words_say_what_was_understood(words, refusal):
    with override("en"), pytest.raises(NotUnderstood) as error:
        rule_from_words(words, SUNDAY)

    assert str(error.value) == refusal


@pytest.mark.parametrize(
    "words",
    ["0.0.0 99:99", "';--", "\x00", "-" * 300, "1. " * 99],
)
def test_hostile_words_are_refused_in_words(words):
    with pytest.raises(NotUnderstood):
        rule_from_words(words, SUNDAY)


def test_first_day_is_named_only_where_it_is_not_the_next_one():
    rule = weekly(1, start=time(9, 30))
    later = weekly(1, start=time(9, 30), starts_on=date(2027, 1, 12))

    with override("en"):
        said = [in_words(rule, SUNDAY), in_words(later, SUNDAY)]

    assert said == ["every Tuesday 9:30", "every Tuesday 9:30, from January 12, 2027"]


def test_clock_stays_when_summer_time_begins_and_holidays_are_left_out():
    """Summer time begins on 28 March 2027, in the middle of the Easter holidays."""
    rule = rule_from_words("dienstags 9:30, nicht in den Ferien, ab 9.3.2027", SUNDAY)
    easter = [(date(2027, 3, 22), date(2027, 4, 3))]
    rule = replace(rule, school_holidays=easter)

    found = list(islice(days(rule, SUNDAY), 4))

    moments = [clock.at(day, rule.start_time) for day in found]
    assert [moment.isoformat() for moment in moments] == [
        "2027-03-09T09:30:00+01:00",
        "2027-03-16T09:30:00+01:00",
        "2027-04-06T09:30:00+02:00",
        "2027-04-13T09:30:00+02:00",
    ]
