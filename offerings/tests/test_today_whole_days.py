"""What is said of a whole day on which several dates take place."""

from datetime import date, time

import pytest
from django.urls import reverse

from offerings.models import Occurrence
from offerings.tests.factories import make_schedule
from offerings.tests.today import TUESDAY, changes, own_offer, sunday, undo

__all__ = ["sunday"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("with_groups", "sunday"),
]
MORNING, AFTERNOON = time(9, 30), time(15)


def of_two_dates(client, **values):
    """An offer of every Tuesday at 9:30 and at 15:00, with one change of this one."""
    offering = own_offer(client)
    make_schedule(offering, start_time=AFTERNOON, end_time=time(16))
    Occurrence.objects.create(offering=offering, day=TUESDAY, **values)
    return offering


def press(client, offering, **sent):
    path = reverse("admin:offerings_offering_today", args=[offering.pk])
    return client.post(path, {"date": "2026-11-24T09:30", **sent}, follow=True)


def test_one_date_of_a_cancelled_day_takes_place_again(client):
    offering = of_two_dates(client, state="cancelled", reason="illness")
    whole_day = changes(offering)

    page = press(client, offering, do="keep")
    kept = changes(offering)
    undo(client, page)

    assert kept == [(TUESDAY, AFTERNOON, "cancelled", "illness", None, None)]
    assert changes(offering) == whole_day


def test_one_date_of_a_moved_day_is_cancelled(client):
    moved = {"new_day": date(2026, 11, 25), "new_start_time": time(18)}
    offering = of_two_dates(client, state="moved", **moved)

    press(client, offering, do="cancel")

    assert changes(offering) == [
        (TUESDAY, MORNING, "cancelled", "", None, None),
        (TUESDAY, AFTERNOON, "moved", "", date(2026, 11, 25), time(18)),
    ]
