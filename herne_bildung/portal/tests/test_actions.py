from datetime import date, timedelta

import pytest
from axes.models import AccessAttempt

from herne_bildung.lib import clock, counts, searches_without_result
from herne_bildung.portal import actions, tasks
from herne_bildung.portal.models import SearchWithoutResult

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_counted():
    counts.take(searches_without_result.NAME)


def kept() -> list[tuple[date, str, int]]:
    rows = SearchWithoutResult.objects.order_by("month", "words")
    return list(rows.values_list("month", "words", "count"))


def test_counts_move_to_the_month_and_add_up():
    month = clock.today().replace(day=1)
    for text in ("yoga", "Yoga", "schach"):
        searches_without_result.note(text)
    first = tasks.keep_search_counts()
    searches_without_result.note("yoga")
    second = actions.keep_search_counts()

    assert (first, second, actions.keep_search_counts()) == (2, 1, 0)
    assert kept() == [(month, "schach", 1), (month, "yoga", 3)]


def test_next_month_begins_anew():
    month = clock.today().replace(day=1)
    searches_without_result.note("yoga")
    actions.keep_search_counts()

    clock.shift(timedelta(days=31))
    searches_without_result.note("yoga")
    actions.keep_search_counts()

    assert kept() == [
        (month, "yoga", 1),
        (clock.today().replace(day=1), "yoga", 1),
    ]


def test_failed_sign_ins_are_forgotten_after_thirty_days():
    AccessAttempt.objects.create(
        username="alt", ip_address="192.0.2.1", failures_since_start=1
    )
    clock.shift(timedelta(days=29))
    assert tasks.forget_failed_sign_ins() == 0

    clock.shift(timedelta(days=31))

    assert tasks.forget_failed_sign_ins() == 1
    assert AccessAttempt.objects.count() == 0
