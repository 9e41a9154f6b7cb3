"""What machines are told of an offer; that it is valid is tested for all pages."""

from datetime import time, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.lib import clock, schema_org
from offerings.actions import reindex
from offerings.detail import detail, whole
from offerings.joining import PLACES_KNOWN
from offerings.models import Occurrence, Offering
from offerings.structured_data import of_offer
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def prices(offering: Offering) -> list[dict]:
    found = whole(Offering.objects.filter(pk=offering.pk))
    return of_offer(detail(found, "de"), "de")["offers"]


def test_places_left_are_told_as_long_as_they_count_as_known():
    lately, long_ago = (
        make_offering(
            is_free=True,
            places_left="full",
            places_left_on=clock.today() - PLACES_KNOWN - timedelta(days=days),
        )
        for days in (0, 1)
    )

    assert [one["availability"] for one in prices(lately)] == [
        "https://schema.org/SoldOut"
    ]
    assert [one["availability"] for one in prices(long_ago)] == [""]


def test_a_free_offer_costs_nothing_whatever_prices_it_has():
    offering = make_offering(is_free=True, price="3.50")

    assert [one["price"] for one in prices(offering)] == ["0"]


def event(offering) -> dict:
    """What machines read of its page."""
    reindex([offering.pk])
    found = whole(Offering.objects.filter(pk=offering.pk))
    return schema_org.known(of_offer(detail(found, "de"), "de"))


def test_an_event_says_when_its_next_date_ends_and_which_days_are_left_out():
    today = clock.today()
    weekly = {"starts_on": today + timedelta(days=1), "weekdays": []}
    offering = make_offering(schedule={**weekly, "start_time": time(9, 30)})
    schedule = offering.schedules.get()
    schedule.frequency, schedule.end_time = "daily", time(11)
    schedule.in_school_holidays = "yes"
    schedule.exceptions = [today + timedelta(days=1)]
    schedule.save()
    gone = today + timedelta(days=4)
    Occurrence.objects.create(offering=offering, day=gone, state="cancelled")

    found = event(offering)

    day = today + timedelta(days=2)
    assert (found["@type"], found["startDate"], found["endDate"]) == (
        "Event",
        clock.at(day, time(9, 30)).astimezone(clock.BERLIN),
        clock.at(day, time(11)).astimezone(clock.BERLIN),
    )
    assert found["eventSchedule"][0]["exceptDate"] == [today + timedelta(days=1), gone]


def test_an_event_past_midnight_ends_the_next_day():
    tomorrow = clock.today() + timedelta(days=1)
    offering = make_offering(
        schedule={"starts_on": tomorrow, "start_time": time(22), "end_time": time(1)}
    )

    found = event(offering)

    assert (found["startDate"], found["endDate"]) == (
        clock.at(tomorrow, time(22)),
        clock.at(tomorrow + timedelta(days=1), time(1)),
    )


def schedules(offering) -> list[tuple]:
    """First and last day and days left out of each."""
    return [
        (one["startDate"], one.get("endDate"), one.get("exceptDate", []))
        for one in event(offering)["eventSchedule"]
    ]


def test_what_pauses_in_holidays_leaves_their_days_out_and_ends_with_them():
    today = clock.today()
    for weeks in (2, 8):
        first = today + timedelta(weeks=weeks)
        SchoolHoliday.objects.create(
            name="Ferien", starts_on=first, ends_on=first + timedelta(days=13)
        )
    weekly = {"weekdays": [today.weekday()], "starts_on": today - timedelta(weeks=9)}
    offering = make_offering(schedule={**weekly, "in_school_holidays": "no"})

    assert schedules(offering) == [
        (
            today,
            today + timedelta(weeks=10, days=-1),
            [today + timedelta(weeks=weeks) for weeks in (2, 3, 8, 9)],
        )
    ]


def test_a_pause_parts_a_schedule():
    today = clock.today()
    starts_on = today - timedelta(weeks=3)
    pause = today + timedelta(weeks=1), today + timedelta(weeks=4)
    weekly = {"weekdays": [today.weekday()], "starts_on": starts_on, "interval": 2}
    offering = make_offering(
        schedule=weekly, paused_from=pause[0], paused_until=pause[1]
    )
    before = starts_on, pause[0] - timedelta(days=1), []

    assert schedules(offering) == [before, (today + timedelta(weeks=5), None, [])]


def test_the_last_friday_of_a_month_is_said_as_calendars_do():
    offering = make_offering(
        schedule={"frequency": "monthly", "weekdays": [4], "week_of_month": -1}
    )

    [found] = event(offering)["eventSchedule"]

    assert (found["byDay"], found["repeatFrequency"]) == (["-1FR"], "P1M")
