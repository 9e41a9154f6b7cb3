"""The page of an offer with what changes from week to week, and its clock."""

from datetime import date, time, timedelta

import pytest

from herne_bildung.lib import clock
from offerings.tests.administration import LIST, provider
from offerings.tests.factories import make_offering

UNDO = f"{LIST}rueckgaengig/"
# A Tuesday; the schedule of the factory is every Tuesday at 9:30.
TUESDAY = date(2026, 11, 24)


@pytest.fixture
def sunday():
    """22 November 2026, noon."""
    clock.shift(timedelta())
    present = clock.at(date(2026, 11, 22), time(12))
    clock.shift(present - clock.now())
    yield
    clock.shift(timedelta())


def own_offer(client, *, is_trusted=True, **values):
    own = provider(client, is_trusted=is_trusted)
    values.setdefault("schedule", {})
    return make_offering("Krabbelgruppe", provider=own, **values)


def changes(offering) -> list[tuple]:
    return [
        (
            one.day,
            one.start_time,
            one.state,
            one.reason,
            one.new_day,
            one.new_start_time,
        )
        for one in offering.occurrences.all()
    ]


def undo(client, page):
    """Press the button of the message."""
    [message] = [one for one in page.context["messages"] if "token" in str(one)]
    token = str(message).partition('name="token" value="')[2].partition('"')[0]
    return client.post(UNDO, {"token": token}, follow=True)
