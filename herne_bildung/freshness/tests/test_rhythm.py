"""When who is asked: pure rules on days."""

from datetime import date
from types import SimpleNamespace

import pytest

from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.pauses import Calendar
from herne_bildung.freshness.rhythm import (
    State,
    add_months,
    ask_day,
    due_on,
    next_step_on,
    state_of,
)

Step = MaintainedEntry.Step
ALWAYS_OPEN = Calendar([])
SUMMER = (date(2026, 7, 20), date(2026, 9, 1))
LONG_AGO = date(2025, 9, 1)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 1, 31), 12, date(2027, 1, 31)),
        (date(2026, 3, 29), 6, date(2026, 9, 29)),
    ],
)
def test_months_end_with_the_month(day, months, expected):
    assert add_months(day, months) == expected


def test_pauses_that_touch_are_one():
    calendar = Calendar(
        [
            (date(2026, 7, 13), date(2026, 7, 19)),
            SUMMER,
            (date(2026, 8, 1), date(2026, 8, 9)),
        ]
    )

    assert calendar.periods == [(date(2026, 7, 13), date(2026, 9, 1))]
    assert calendar.first_open(date(2026, 8, 1)) == date(2026, 9, 2)
    assert calendar.last_open(date(2026, 8, 1)) == date(2026, 7, 12)


def test_days_of_a_pause_do_not_count():
    calendar = Calendar([SUMMER])

    assert calendar.after(date(2026, 7, 17), 2) == date(2026, 7, 19)
    assert calendar.after(date(2026, 7, 17), 3) == date(2026, 9, 2)
    assert calendar.after(date(2026, 8, 1), 1) == date(2026, 9, 3)


@pytest.mark.parametrize(
    ("due", "expected", "why"),
    [
        (date(2026, 6, 22), date(2026, 6, 1), "three weeks before"),
        (date(2026, 8, 20), date(2026, 6, 22), "four weeks before the pause"),
        (date(2026, 7, 25), date(2026, 6, 22), "nobody is asked in its first days"),
        (date(2026, 9, 10), date(2026, 7, 7), "eight open days after it, 13 before"),
        (date(2026, 9, 30), date(2026, 9, 9), "long after the pause"),
    ],
)
def test_first_question_comes_before_the_pause(due, expected, why):
    assert ask_day(due, Calendar([SUMMER]), LONG_AGO) == expected, why


def test_question_before_a_pause_is_not_asked_in_another_one():
    calendar = Calendar([(date(2026, 7, 10), date(2026, 7, 15)), SUMMER])

    assert ask_day(date(2026, 8, 20), calendar, LONG_AGO) == date(2026, 6, 16)


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        (date(2026, 5, 20), date(2026, 7, 5)),
        (date(2026, 3, 1), date(2026, 6, 22)),
        (date(2026, 7, 15), date(2026, 7, 19)),
        # Never confirmed: new, and not asked as early as the others.
        (None, date(2026, 7, 19)),
    ],
)
def test_nobody_is_asked_again_soon_after_an_answer(confirmed, expected):
    assert ask_day(date(2026, 8, 20), Calendar([SUMMER]), confirmed) == expected


def test_steps_follow_each_other_a_week_apart_until_it_is_due():
    due = date(2026, 11, 2)
    days = [
        next_step_on(
            Step.NONE, due, date(2026, 10, 1), ALWAYS_OPEN, is_never_hidden=False
        )
    ]
    for step in (
        Step.ASKED,
        Step.REMINDED,
        Step.SECOND_CONTACT,
        Step.PARENT,
        Step.CALL,
    ):
        days.append(
            next_step_on(step, due, days[-1], ALWAYS_OPEN, is_never_hidden=False)
        )

    assert days == [
        date(2026, 10, 12),
        date(2026, 10, 19),
        date(2026, 10, 26),
        due,
        date(2026, 11, 9),
        date(2026, 12, 7),
    ]


def test_call_list_has_its_full_time_after_the_day_it_is_due():
    found = next_step_on(
        Step.CALL,
        date(2026, 11, 2),
        date(2026, 10, 5),
        ALWAYS_OPEN,
        is_never_hidden=False,
    )

    assert found == date(2026, 11, 30)


def test_reminder_comes_a_week_after_a_late_first_mail():
    asked = date(2026, 11, 20)

    found = next_step_on(
        Step.ASKED, date(2026, 11, 2), asked, ALWAYS_OPEN, is_never_hidden=False
    )

    assert found == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("step", "is_document"), [(Step.HIDDEN, False), (Step.CALL, True)]
)
def test_nothing_follows_the_last_step(step, is_document):
    found = next_step_on(
        step,
        date(2026, 1, 1),
        date(2026, 3, 1),
        ALWAYS_OPEN,
        is_never_hidden=is_document,
    )

    assert found is None


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 10, 11), State.CURRENT),
        (date(2026, 10, 12), State.DUE_SOON),
        (date(2026, 11, 1), State.DUE_SOON),
        (date(2026, 11, 2), State.DUE),
        (date(2026, 11, 15), State.DUE),
        (date(2026, 11, 16), State.OVERDUE),
    ],
)
def test_state_follows_the_day_it_is_due(today, expected):
    entry = SimpleNamespace(
        ended_at=None, hidden_at=None, is_document=False, due_on=date(2026, 11, 2)
    )

    assert state_of(entry, today) == expected


def test_ended_hidden_and_documents_are_states_of_their_own():
    today = date(2026, 11, 2)
    entry = SimpleNamespace(
        ended_at=today, hidden_at=today, is_document=True, due_on=today
    )
    found = [state_of(entry, today)]
    entry.ended_at = None
    found.append(state_of(entry, today))
    entry.hidden_at = None
    found.append(state_of(entry, today))

    assert found == [State.ENDED, State.UNCONFIRMED, State.DOCUMENT]


def test_an_entry_is_due_with_its_first_group():
    groups = {
        "times": {"confirmed": None, "due": "2026-12-01"},
        "contact": {"confirmed": "2026-05-01", "due": "2026-11-01"},
    }

    assert due_on(groups) == date(2026, 11, 1)
    assert due_on({}) is None
