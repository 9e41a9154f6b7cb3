"""Actions on the list of offers: full, places free, the next date is cancelled."""

from datetime import time

import pytest

from herne_bildung.city.tests.factories import make_organisation
from offerings.models import Offering
from offerings.tests.administration import LIST
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import fields_in
from offerings.tests.today import TUESDAY, changes, own_offer, sunday, undo

__all__ = ["sunday"]
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("with_groups", "sunday"),
]


def test_offers_are_marked_in_the_list_and_back(client):
    offering = own_offer(client)
    foreign = make_offering(provider=make_organisation("Fremd"))
    sent = {"_selected_action": [offering.pk, foreign.pk], "action": "mark_full"}

    page = client.post(LIST, sent, follow=True)
    marked = sorted(Offering.objects.values_list("places_left", flat=True))
    undo(client, page)

    assert marked == ["", "full"]
    assert set(Offering.objects.values_list("places_left", flat=True)) == {""}


def test_the_next_dates_are_cancelled_after_they_were_shown(client):
    offering = own_offer(client)
    without = make_offering("Ohne", provider=offering.provider)
    sent = {"_selected_action": [offering.pk, without.pk], "action": "cancel_next"}

    page = client.post(LIST, sent)
    nothing_yet = changes(offering)
    done = client.post(
        LIST,
        {
            "_selected_action": offering.pk,
            "action": "cancel_next",
            "cancel_confirmed": "1",
            f"date-{offering.pk}": "2026-11-24T09:30",
        },
        follow=True,
    )
    cancelled = changes(offering)
    undo(client, done)

    assert [row["date"] and row["date"].key for row in page.context["rows"]] == [
        "2026-11-24T09:30",
        None,
    ]
    assert nothing_yet == []
    assert cancelled == [(TUESDAY, time(9, 30), "cancelled", "", None, None)]
    assert changes(offering) == []
    assert fields_in(page.text) == {}
