"""Two people change one offer: joined, or asked for field by field."""

import pytest
from django.test import Client

from herne_bildung.city.models import TypedForm
from herne_bildung.city.rights import LEADS
from offerings.models import CostOption, Offering
from offerings.tests.administration import change_page, provider, signed_in
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


@pytest.fixture
def offer() -> Offering:
    return make_offering("Kurs", summary_de="Kurz.", phone="1")


def priced(offer: Offering, *amounts: int) -> list[CostOption]:
    return [
        CostOption.objects.create(offering=offer, amount=amount) for amount in amounts
    ]


def amounts(offer: Offering) -> list[int]:
    return [int(one.amount) for one in offer.cost_options.order_by("amount")]


def both_open(client, offer) -> tuple[Client, dict, dict]:
    """Two people have the form open: the second client, and what both would send."""
    other = Client()
    signed_in(client, LEADS)
    signed_in(other, LEADS)
    page = change_page(offer)
    return other, opened(client, page), opened(other, page)


def test_changes_of_different_fields_are_joined(client, offer):
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(page, theirs | {"phone": "2", "title_tr": "Kurs TR"})

    client.post(page, mine | {"title_de": "Meiner"})

    offer.refresh_from_db()
    assert (offer.title_de, offer.phone, offer.title_tr) == ("Meiner", "2", "Kurs TR")


def test_a_field_that_both_changed_is_asked_for(client, offer):
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(page, theirs | {"title_de": "Ihrer", "phone": "2"})

    asked = client.post(page, mine | {"title_de": "Meiner", "email": "a@example.org"})

    shown = asked.context["conflicts"]
    assert [
        (one["name"], one["mine"], one["theirs"], one["before"]) for one in shown
    ] == [("choice:title_de", "Meiner", "Ihrer", "Kurs")]
    assert Offering.objects.get().title_de == "Ihrer"


@pytest.mark.parametrize(
    ("choice", "title"), [("mine", "Meiner"), ("theirs", "Ihrer"), ("before", "Kurs")]
)
def test_what_was_chosen_is_saved_with_all_the_rest(client, offer, choice, title):
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(page, theirs | {"title_de": "Ihrer", "phone": "2"})
    asked = client.post(page, mine | {"title_de": "Meiner", "email": "a@example.org"})

    answer = client.post(page, kept_on(asked) | {"choice:title_de": choice})

    offer.refresh_from_db()
    assert answer.status_code == 302
    assert (offer.title_de, offer.phone, offer.email) == (title, "2", "a@example.org")


def kept_on(page) -> dict:
    """What the page of choices would send."""
    fields: dict = {}
    for name, value in page.context["kept"]:
        fields.setdefault(name, []).append(value)
    return fields | {page.context["seen_name"]: page.context["seen"]}


def test_a_choice_must_be_made_and_is_asked_again_after_a_third_change(client, offer):
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(page, theirs | {"title_de": "Ihrer"})
    asked = client.post(page, mine | {"title_de": "Meiner"})

    nothing = client.post(page, kept_on(asked))
    third = opened(other, page)
    other.post(page, third | {"title_de": "Noch anders"})
    late = client.post(page, kept_on(asked) | {"choice:title_de": "mine"})

    assert nothing.context["is_incomplete"] is True
    assert late.context["conflicts"][0]["theirs"] == "Noch anders"
    assert Offering.objects.get().title_de == "Noch anders"


def test_rows_are_joined_as_whole_rows(client, offer):
    priced(offer, 3, 8)
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(
        page,
        theirs
        | {
            "cost_options-0-amount": "4",
            "cost_options-TOTAL_FORMS": "3",
            "cost_options-2-kind": "regular",
            "cost_options-2-amount": "20",
            "cost_options-2-per": "once",
        },
    )

    client.post(page, mine | {"cost_options-1-amount": "9"})

    assert amounts(offer) == [4, 9, 20]


@pytest.mark.parametrize(
    ("choice", "left"), [("mine", [5]), ("theirs", []), ("before", [3])]
)
def test_a_row_that_others_removed_is_asked_for(client, offer, choice, left):
    priced(offer, 3)
    other, mine, theirs = both_open(client, offer)
    page = change_page(offer)
    other.post(page, theirs | {"cost_options-0-DELETE": "on"})

    asked = client.post(page, mine | {"cost_options-0-amount": "5"})
    name = asked.context["conflicts"][0]["name"]
    client.post(page, kept_on(asked) | {name: choice})

    assert amounts(offer) == left


def test_what_waits_can_be_changed_again_without_a_conflict(client):
    own = provider(client)
    offer = make_offering("Kurs", summary_de="Kurz.", provider=own)
    page = change_page(offer)
    first = opened(client, page) | {
        "cost_options-TOTAL_FORMS": "1",
        "cost_options-0-kind": "regular",
        "cost_options-0-amount": "5",
        "cost_options-0-per": "once",
    }
    client.post(page, first)

    second = opened(client, page)
    answer = client.post(page, second | {"cost_options-0-amount": "6"})

    assert (answer.status_code, amounts(offer)) == (302, [])
    assert opened(client, page)["cost_options-0-amount"] == ["6.00"]
    assert TypedForm.objects.count() == 0


def test_hostile_states_and_rows_are_no_error(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page)
    other = Client()
    signed_in(other, LEADS)
    other.post(page, opened(other, page) | {"phone": "77"})

    for hostile in (
        {"cost_options-TOTAL_FORMS": "99999999"},
        {"cost_options-TOTAL_FORMS": "-1", "schedules-TOTAL_FORMS": "x"},
        {"cost_options-TOTAL_FORMS": "1", "cost_options-0-id": "abc"},
        {"cost_options-TOTAL_FORMS": "1", "cost_options-0-id": "9" * 30},
        {"choice:title_de": "x", "conflict_seen": "y", "title_de": "a\0b"},
        {"topics": ["x", "-1", "9" * 40], "provider": "9" * 40},
    ):
        assert client.post(page, fields | hostile).status_code in {200, 302}
