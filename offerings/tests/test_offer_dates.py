"""Dates of an offer while one writes: the next ones, and what is no schedule."""

import pytest

from herne_bildung.city.rights import ADVISERS, PROVIDERS
from offerings.tests.administration import (
    DATES,
    WORDS,
    provider,
    schedules,
    signed_in,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


def test_dates_are_told_while_one_writes(client):
    provider(client)
    once = {"frequency": "once", "starts_on": "2090-03-01", "start_time": "18:00"}

    answer = client.post(DATES, schedules({"words": WORDS}, once, {"words": "bald"}))

    found = answer.json()
    assert len(found["dates"]) == 8
    assert [text.split(", ", 1)[1] for text in found["dates"][:2]] == [
        "1. März, 18:00",
        "7. März, 09:30",
    ]
    assert [one["refused"] != "" for one in found["schedules"]] == [False, False, True]
    assert found["schedules"][0]["values"] == {
        "frequency": ["weekly"],
        "interval": ["1"],
        "week_of_month": [],
        "starts_on": ["2090-03-07"],
        "until": [],
        "start_time": ["09:30"],
        "end_time": ["11:00"],
        "exceptions": [],
        "in_school_holidays": ["no"],
        "weekdays": ["1"],
    }


def test_dates_stay_within_the_course(client):
    provider(client)
    course = {"starts_on": "2090-03-10", "ends_on": "2090-03-22"}

    found = client.post(DATES, schedules({"words": WORDS}) | course).json()

    assert [text.split(", ", 1)[1] for text in found["dates"]] == [
        "14. März, 09:30",
        "21. März, 09:30",
    ]


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"schedules-TOTAL_FORMS": "x"},
        {"schedules-TOTAL_FORMS": "99999999999999999999"},
        {"schedules-TOTAL_FORMS": "1", "schedules-INITIAL_FORMS": "7"},
        {"schedules-TOTAL_FORMS": "1", "schedules-0-id": "1", "starts_on": "\x00"},
        schedules({"words": "\x00" * 50, "exceptions": "x" * 9999}),
        schedules({"weekdays": ["9"], "starts_on": "9999-12-31", "start_time": "1:1"}),
    ],
)
def test_hostile_schedules_have_no_dates(client, sent):
    provider(client)

    assert client.post(DATES, sent).json()["dates"] == []


def test_dates_are_for_who_writes_offers(client):
    assert client.post(DATES, {}).status_code == 302
    signed_in(client, ADVISERS)
    assert client.post(DATES, {}).status_code == 403
    signed_in(client, PROVIDERS)
    assert client.get(DATES).status_code == 404
