"""What machines are told of an offer; that it is valid is tested for all pages."""

from datetime import time, timedelta

import pytest

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


def test_an_event_that_pauses_in_holidays_says_its_next_date_only():
    offering = make_offering(schedule={"in_school_holidays": "no"})

    found = event(offering)

    assert (found["@type"], "eventSchedule" in found) == ("Event", False)
