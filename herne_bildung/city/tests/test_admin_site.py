"""Tampered addresses of the admin are refused, they do not fail."""

import pytest
from django.contrib import admin
from django.urls import reverse

from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.administration import signed_in

pytestmark = pytest.mark.django_db
FIELD = {"app_label": "city", "model_name": "organisation", "field_name": "places"}
NO_FORM_HAS = {
    "app_label": "city",
    "model_name": "place",
    "field_name": "organisations",
}


@pytest.fixture
def staff(client):
    signed_in(client, OFFICE)
    return client


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (FIELD | {"term": ""}, 200),
        (FIELD | {"term": "\0"}, 400),
        (FIELD | {"term": "a", "field_name": "pla\0ces"}, 400),
        (NO_FORM_HAS | {"term": ""}, 400),
        (NO_FORM_HAS | {"term": "", "field_name": "pk"}, 403),
        (NO_FORM_HAS | {"term": "", "model_name": "none"}, 403),
    ],
)
def test_choices_of_a_field(staff, asked, status):
    assert staff.get(reverse("admin:autocomplete"), asked).status_code == status


@pytest.mark.parametrize(
    "view",
    [
        "admin:index",
        "admin:city_place_changelist",
        "admin:city_place_add",
        "admin:freshness_maintainedentry_changelist",
    ],
)
def test_nul_is_refused_in_every_parameter(staff, view):
    address = reverse(view)

    assert staff.get(address, {"district": "1\0"}).status_code == 400
    assert staff.get(f"{address}?q=%00").status_code == 400
    assert staff.get(f"{address}?%00=1").status_code == 400
    assert staff.get(address).status_code == 200


@pytest.mark.parametrize("what", ["change", "delete", "history"])
def test_nul_in_an_address_is_not_found(client, what):
    signed_in(client, is_superuser=True)

    statuses = {
        client.get(
            f"/verwaltung/{model._meta.label_lower.replace('.', '/')}/%00/{what}/"
        ).status_code
        for model in admin.site._registry
    }

    assert statuses == {404}
