"""The form of an offer: places left, pause, only for, family centres, successor."""

from datetime import date

import pytest

from herne_bildung.city.models import (
    NetworkLink,
    Organisation,
    User,
    WaitingVersion,
)
from herne_bildung.city.rights import ADVISERS, OFFICE, TRANSLATORS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.lib import clock
from offerings.models import Offering
from offerings.tests.administration import (
    ADD,
    change_page,
    errors,
    fields_of,
    provider,
    signed_in,
)
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
LONG_AGO = date(2026, 1, 2)
NEW_FACTS = {
    "only_for": "fathers",
    "places_left": "waiting_list",
    "paused_from": "2090-07-20",
    "paused_until": "2090-09-01",
    "is_holiday_programme": "true",
}


def test_new_facts_are_saved_with_the_day_places_left_were_said(client):
    own = provider(client, is_trusted=True)

    client.post(ADD, fields_of(provider=own.pk, **NEW_FACTS))

    offering = Offering.objects.get()
    assert (
        offering.only_for,
        offering.places_left,
        offering.places_left_on,
        offering.paused_from,
        offering.paused_until,
        offering.is_holiday_programme,
    ) == (
        "fathers",
        "waiting_list",
        clock.today(),
        date(2090, 7, 20),
        date(2090, 9, 1),
        True,
    )


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({"places_left": "full"}, LONG_AGO),
        ({"places_left": "full", "places_still": "on"}, "today"),
        ({"places_left": "free"}, "today"),
        ({"places_left": ""}, None),
    ],
)
def test_places_left_are_of_the_day_they_were_said_or_confirmed(client, sent, expected):
    own = provider(client, is_trusted=True)
    offering = make_offering(provider=own, places_left="full", places_left_on=LONG_AGO)

    client.post(change_page(offering), fields_of(offering, **sent))

    offering.refresh_from_db()
    wanted = clock.today() if expected == "today" else expected
    assert (offering.places_left, offering.places_left_on) == (
        sent["places_left"],
        wanted,
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"paused_until": "2090-07-20"}, "paused_from"),
        (
            {"paused_from": "2090-07-20", "paused_until": "2090-07-19"},
            "paused_until",
        ),
        ({"paused_from": "0026-07-20"}, "paused_from"),
        ({"places_left": "viele"}, "places_left"),
        ({"only_for": "everyone"}, "only_for"),
        ({"only_for": "fathers\0"}, "only_for"),
    ],
)
def test_wrong_new_facts_are_named_at_their_field(client, changed, field):
    own = provider(client)

    response = client.post(ADD, fields_of(provider=own.pk, **changed))

    assert (list(errors(response)), Offering.objects.count()) == ([field], 0)


def test_only_people_of_family_centres_say_areas_of_the_quality_profile(client):
    own = provider(client, is_trusted=True)
    offering = make_offering(provider=own)
    sent = fields_of(offering, quality_areas=["family_education"])

    before = 'name="quality_areas"' in client.get(change_page(offering)).text
    client.post(change_page(offering), sent)
    tampered = Offering.objects.get().quality_areas
    centre = make_organisation("Zentrum", kind=Organisation.Kind.FAMILY_CENTRE)
    NetworkLink.objects.create(centre=centre, member=own)
    client.post(change_page(offering), sent)

    assert (before, tampered) == (False, [])
    assert Offering.objects.get().quality_areas == ["family_education"]
    signed_in(client, OFFICE)
    assert 'name="quality_areas"' in client.get(change_page(offering)).text


def test_areas_of_the_quality_profile_neither_wait_nor_are_they_read_unasked(client):
    own = provider(client)
    offering = make_offering(provider=own)
    sent = fields_of(offering, title_de="Neu", quality_areas=["family_education"])

    form = client.get(change_page(offering)).context["adminform"].form
    client.post(change_page(offering), sent)

    assert not {"quality_areas", "places_still"}.intersection(form.fields)
    wanted = WaitingVersion.objects.get().snapshot
    assert (wanted["title_de"], wanted["quality_areas"]) == ("Neu", [])


def test_areas_are_of_the_provider_that_was_chosen(client):
    centre = provider(client, is_trusted=True, kind=Organisation.Kind.FAMILY_CENTRE)
    other = make_organisation("Anderer Träger", is_trusted=True)
    make_membership(User.objects.get(), other)
    areas = {"quality_areas": ["family_education"]}

    refused = client.post(ADD, fields_of(provider=other.pk, **areas))
    client.post(ADD, fields_of(provider=centre.pk, **areas))
    offering = Offering.objects.get()
    moved = {**fields_of(offering, **areas), "provider": other.pk}
    refused_move = client.post(change_page(offering), moved)

    assert list(errors(refused)) == ["quality_areas"]
    assert list(errors(refused_move)) == ["quality_areas"]
    offering.refresh_from_db()
    assert (offering.provider, offering.quality_areas) == (
        centre,
        ["family_education"],
    )


def test_advisers_read_the_new_facts(client):
    signed_in(client, ADVISERS)
    offering = make_offering(
        only_for="women", places_left="full", quality_areas=["family_education"]
    )

    page = client.get(change_page(offering)).text

    assert "nur für Frauen" in page or "only for women" in page
    assert "places_still" not in page


def test_a_successor_is_an_own_offer_and_does_not_lead_back(client):
    own = provider(client, is_trusted=True)
    first, second, third = (make_offering(provider=own) for _ in range(3))
    foreign = make_offering()
    Offering.objects.filter(pk=second.pk).update(successor=third)

    def answered(offering, successor):
        sent = fields_of(offering, successor=successor.pk)
        response = client.post(change_page(offering), sent)
        return list(errors(response)) if response.status_code == 200 else []

    assert answered(first, foreign) == ["successor"]
    assert answered(first, first) == ["successor"]
    assert answered(third, second) == ["successor"]
    assert answered(first, second) == []
    first.refresh_from_db()
    assert first.successor == second


def test_a_translator_does_not_confirm_places_left(client):
    user = signed_in(client, TRANSLATORS, translates=["tr"])
    offering = make_offering(places_left="full", places_left_on=LONG_AGO)
    sent = fields_of(offering, title_tr="Kurs", places_left="free", places_still="on")

    client.post(change_page(offering), sent)

    offering.refresh_from_db()
    assert user.translates == ["tr"]
    assert (offering.title_tr, offering.places_left, offering.places_left_on) == (
        "Kurs",
        "full",
        LONG_AGO,
    )
