"""Forms and lists that were sent with what no browser sends."""

import pytest

from herne_bildung.city.rights import LEADS
from offerings.models import Offering
from offerings.tests.administration import (
    ADD,
    LIST,
    change_page,
    errors,
    fields_of,
    signed_in,
)
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
LISTS = [
    LIST,
    "/verwaltung/city/place/",
    "/verwaltung/city/user/",
    "/verwaltung/city/membership/",
]


@pytest.mark.parametrize("number", ["x", "-1", "²", "9" * 19, "9" * 40, "1\0"])
def test_choices_that_are_no_rows_are_refused(client, number):
    signed_in(client, LEADS)

    response = client.post(ADD, fields_of(provider=number, places=[number]))

    assert response.status_code == 200
    assert sorted(errors(response)) == ["places", "provider"]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("number", ["x", "9" * 40])
def test_lists_leave_out_ticked_rows_that_are_none(client, address, number):
    signed_in(client, LEADS)

    response = client.post(
        address,
        {"action": "delete_selected", "reason": "r", "_selected_action": number},
    )

    assert response.status_code in {200, 302}


def test_ticked_rows_that_are_some_are_changed(client):
    signed_in(client, LEADS)
    offer = make_offering("Kurs", state="published")

    client.post(
        LIST,
        {"action": "archive", "reason": "r", "_selected_action": ["x", offer.pk]},
    )

    assert Offering.objects.get().state == Offering.State.ARCHIVED


def test_a_long_text_has_an_end(client):
    signed_in(client, LEADS)

    response = client.post(ADD, fields_of(description_de="a" * 10_001))

    field = response.context["adminform"].form.fields["description_de"]
    assert list(errors(response)) == ["description_de"]
    assert field.widget.attrs["maxlength"] == "10000"


def test_a_telephone_number_has_no_letters(client):
    signed_in(client, LEADS)

    response = client.post(ADD, fields_of(phone="javascript:alert(1)"))
    right = client.post(ADD, fields_of(phone="+49 (0) 2323 / 16-0"))

    assert list(errors(response)) == ["phone"]
    assert (right.status_code, Offering.objects.get().phone) == (
        302,
        "+49 (0) 2323 / 16-0",
    )


def test_what_stands_there_as_telephone_number_may_stay(client):
    signed_in(client, LEADS)
    offer = make_offering("Kurs", phone="16-0 (Zentrale)")

    response = client.post(change_page(offer), fields_of(offer, phone=offer.phone))

    assert response.status_code == 302


def test_a_request_that_is_too_long_is_told_so(client, settings):
    signed_in(client, LEADS)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post(
        ADD,
        f"title_de={'a' * 2000}",
        content_type="application/x-www-form-urlencoded",
    )

    assert response.status_code == 400
    assert "Bitte fassen Sie es kürzer." in response.text
