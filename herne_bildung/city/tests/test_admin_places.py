"""Places in the administration."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import (
    Place,
)
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import (
    provider,
    signed_in,
)
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
    make_school,
)

pytestmark = pytest.mark.django_db
PLACE = "admin:city_place_change"


def place_fields(**changed) -> dict[str, object]:
    return {
        "name": "Haus",
        "street": "Weg 1",
        "postal_code": "44623",
        "city": "Herne",
        "is_accessible": "unknown",
    } | changed


def test_place_added_by_a_provider_belongs_to_its_organisation(client):
    own = provider(client)
    district = make_district("Wanne")

    client.post(reverse("admin:city_place_add"), place_fields(district=district.pk))

    place = Place.objects.get()
    assert list(place.organisations.all()) == [own]
    assert (place.district, place.is_district_chosen) == (district, True)


@pytest.mark.parametrize("sharing", ["organisation", "offer", "school"])
def test_provider_does_not_change_a_shared_place(client, sharing):
    own = provider(client)
    place = make_place("Altes Haus")
    own.places.add(place)
    if sharing == "organisation":
        make_organisation().places.add(place)
    elif sharing == "offer":
        place.offerings.create(
            title_de="Kurs", slug="kurs", provider=make_organisation()
        )
    else:
        make_school(place=place)
    address = reverse(PLACE, args=[place.pk])

    assert client.get(address).status_code == 200
    assert client.post(address, place_fields(name="Anders")).status_code == 403
    place.refresh_from_db()
    assert place.name == "Altes Haus"


def test_staff_confirm_guessed_districts(client):
    signed_in(client, OFFICE)
    district = make_district("Wanne")
    guessed = make_place(district=district, is_district_guessed=True)
    unknown = make_place()

    client.post(
        reverse("admin:city_place_changelist"),
        {"action": "confirm_district", "_selected_action": [guessed.pk, unknown.pk]},
    )

    guessed.refresh_from_db()
    unknown.refresh_from_db()
    assert (guessed.is_district_guessed, guessed.is_district_chosen) == (False, True)
    assert (unknown.district, unknown.is_district_chosen) == (None, False)


def test_provider_has_no_action_of_staff(client):
    own = provider(client)
    place = make_place(district=make_district(), is_district_guessed=True)
    own.places.add(place)

    response = client.get(reverse("admin:city_place_changelist"))
    client.post(
        reverse("admin:city_place_changelist"),
        {"action": "confirm_district", "_selected_action": [place.pk]},
    )

    assert response.context["action_form"] is None
    place.refresh_from_db()
    assert place.is_district_guessed


def test_a_place_without_name_and_street_is_refused(client):
    signed_in(client, OFFICE)
    empty = place_fields(name="", street="")

    response = client.post(reverse("admin:city_place_add"), empty)

    errors = response.context["adminform"].form.errors
    assert (list(errors), Place.objects.count()) == (["name"], 0)
