"""Choices, searches and filters show a provider nothing of others."""

import pytest
from django.urls import reverse

from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import (
    ORGANISATION,
    ORGANISATIONS,
    fields_of,
    listed,
    provider,
    signed_in,
)
from herne_bildung.city.tests.factories import (
    make_organisation,
    make_place,
)

pytestmark = pytest.mark.django_db


def test_provider_cannot_choose_a_place_of_others(client):
    own = provider(client)
    own_place, others_place = make_place("Eigenes Haus"), make_place("Fremdes Haus")
    own.places.add(own_place)
    make_organisation().places.add(others_place)

    response = client.post(
        reverse(ORGANISATION, args=[own.pk]),
        fields_of(own, places=[own_place.pk, others_place.pk]),
    )

    assert "places" in response.context["adminform"].form.errors
    assert list(own.places.all()) == [own_place]


def test_saving_keeps_a_place_the_provider_shares(client):
    """A place staff gave to two organisations stays with both."""
    own = provider(client)
    shared = make_place("Gemeinsames Haus")
    own.places.add(shared)
    make_organisation().places.add(shared)

    client.post(reverse(ORGANISATION, args=[own.pk]), fields_of(own))

    assert list(own.places.all()) == [shared]


@pytest.mark.parametrize(
    ("is_staff_of_portal", "found"),
    [(False, ["Eigenes Haus"]), (True, ["Eigenes Haus", "Fremdes Haus"])],
)
def test_autocomplete_offers_what_the_person_reaches(client, is_staff_of_portal, found):
    own = provider(client)
    own.places.add(make_place("Eigenes Haus", street=""))
    make_place("Fremdes Haus", street="")
    if is_staff_of_portal:
        signed_in(client, OFFICE)

    response = client.get(
        reverse("admin:autocomplete"),
        {
            "term": "haus",
            "app_label": "city",
            "model_name": "organisation",
            "field_name": "places",
        },
    )

    assert [entry["text"] for entry in response.json()["results"]] == found


@pytest.mark.parametrize("model", ["organisation", "place"])
def test_search_finds_own_only(client, model):
    own = provider(client)
    own.places.add(make_place("Eigener Ort", street=""))
    make_organisation("Fremder Träger")
    make_place("Fremder Ort", street="")

    response = client.get(reverse(f"admin:city_{model}_changelist"), {"q": "er"})

    assert (
        listed(response)
        == {
            "organisation": ["Eigener Träger"],
            "place": ["Eigener Ort"],
        }[model]
    )


def test_filters_of_a_list_do_not_show_others(client):
    provider(client)
    make_organisation("Fremder Träger")

    response = client.get(reverse(ORGANISATIONS), {"parent__name_de__startswith": "F"})

    assert response.status_code in {302, 400}
    assert client.get(reverse(ORGANISATIONS)).context["cl"].list_filter == ()


def test_hidden_is_no_choice_unless_the_organisation_is(client):
    signed_in(client, OFFICE)
    shown, hidden = make_organisation("Eins"), make_organisation(status="hidden")

    response = client.post(
        reverse(ORGANISATION, args=[shown.pk]), fields_of(shown, status="hidden")
    )
    kept = client.post(
        reverse(ORGANISATION, args=[hidden.pk]), fields_of(hidden, name_de="Neu")
    )

    shown.refresh_from_db()
    hidden.refresh_from_db()
    errors = response.context["adminform"].form.errors
    assert (list(errors), shown.status) == (["status"], "active")
    assert (kept.status_code, hidden.name_de, hidden.status) == (302, "Neu", "hidden")
