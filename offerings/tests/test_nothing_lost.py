"""The form of an offer when the session ends, when it is sent twice, and when two
people change one offer.
"""

from datetime import timedelta

import pytest
from django.test import Client

from herne_bildung.city import typed_forms
from herne_bildung.city.models import SentForm, TypedForm
from herne_bildung.city.rights import LEADS
from herne_bildung.lib import clock
from offerings.models import CostOption, Offering
from offerings.tests.administration import ADD, LIST, change_page, provider, signed_in
from offerings.tests.factories import make_offering
from offerings.tests.forms_in_pages import fields_in, opened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
KEEP = "/verwaltung/getippt/"
DISCARD = "/verwaltung/getippt/verwerfen/"


@pytest.fixture
def offer() -> Offering:
    return make_offering("Kurs", summary_de="Kurz.", phone="1")


def priced(offer: Offering, *amounts: int) -> list[CostOption]:
    return [
        CostOption.objects.create(offering=offer, amount=amount) for amount in amounts
    ]


def amounts(offer: Offering) -> list[int]:
    return [int(one.amount) for one in offer.cost_options.order_by("amount")]


# --- the session has ended ---------------------------------------------------


def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(client, offer):
    person = signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {"title_de": "Neuer Titel"}
    client.logout()

    answer = client.post(page, fields)
    client.force_login(person)
    back = opened(client, page)

    assert answer.status_code == 302
    assert back["title_de"] == ["Neuer Titel"]
    assert Offering.objects.get().title_de == "Kurs"
    assert client.post(page, back).status_code == 302
    assert Offering.objects.get().title_de == "Neuer Titel"
    assert TypedForm.objects.count() == 0


def test_a_new_entry_survives_the_end_of_the_session(client):
    person = signed_in(client, LEADS)
    fields = opened(client, ADD)
    fields |= {"title_de": "Ganz neu", "summary_de": "Kurz.", "title_tr": "Yeni"}
    client.logout()
    client.post(ADD, fields)
    client.force_login(person)

    back = opened(client, ADD)

    assert (back["title_de"], back["title_tr"]) == (["Ganz neu"], ["Yeni"])
    assert Offering.objects.count() == 0


def test_nobody_else_sees_what_was_typed(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {"title_de": "Geheim"}
    client.logout()
    client.post(page, fields)

    signed_in(client, LEADS)
    kept = TypedForm.objects.get()
    shown = client.get(f"{page}?typed={kept.form}").content.decode()
    client.post(DISCARD, {"form": kept.form})

    assert "Geheim" not in shown
    assert TypedForm.objects.count() == 1


@pytest.mark.parametrize("state", ["", "nonsense", "a:b:c", "x" * 300_000])
def test_only_forms_of_ours_are_kept(client, offer, state):
    client.post(change_page(offer), {"title_de": "Neu", "form_state": state})
    signed_in(client, LEADS)
    answer = client.post(KEEP, {"title_de": "Neu", "form_state": state})

    assert (TypedForm.objects.count(), answer.status_code) == (0, 400)


def test_a_form_of_somebody_else_is_not_kept_for_them(client, offer):
    signed_in(client, LEADS)
    fields = opened(client, change_page(offer))
    signed_in(client, LEADS)

    answer = client.post(KEEP, fields)

    assert (answer.status_code, TypedForm.objects.count()) == (400, 0)


def test_a_form_of_a_former_sign_in_is_opened_again(offer):
    client = Client(enforce_csrf_checks=True)
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {"title_de": "Neu", "csrfmiddlewaretoken": "x" * 64}

    answer = client.post(page, fields)

    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    assert opened(client, page)["title_de"] == ["Neu"]
    foreign = client.post(page, fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert foreign.status_code == 403


# --- kept while typing -------------------------------------------------------


def test_what_is_typed_is_kept_and_offered_until_it_is_saved(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {"title_de": "Halb fertig"}

    answer = client.post(KEEP, fields)
    shown = client.get(page)
    restored = opened(client, f"{page}?typed={TypedForm.objects.get().form}")

    assert answer.json()["kept"] != ""
    assert "typed=" in shown.content.decode()
    assert opened(client, page)["title_de"] == ["Kurs"]
    assert restored["title_de"] == ["Halb fertig"]
    client.post(page, restored)
    assert (TypedForm.objects.count(), Offering.objects.get().title_de) == (
        0,
        "Halb fertig",
    )


def test_it_can_be_thrown_away_and_goes_after_30_days(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    client.post(KEEP, opened(client, page) | {"title_de": "Halb fertig"})

    back = client.post(DISCARD, {"form": TypedForm.objects.get().form, "back": page})

    assert (back.headers["Location"], TypedForm.objects.count()) == (page, 0)
    client.post(KEEP, opened(client, page) | {"title_de": "Halb fertig"})
    clock.shift(timedelta(days=29))
    assert typed_forms.forget() == 0
    clock.shift(timedelta(days=31))
    assert typed_forms.forget() == 1


@pytest.fixture(autouse=True)
def _clock_goes_on():
    yield
    clock.shift(timedelta())


def test_passwords_and_files_are_never_kept(client, offer):
    signed_in(client, LEADS)
    fields = opened(client, change_page(offer)) | {"new_password": "geheim"}

    client.post(KEEP, fields)

    kept = TypedForm.objects.get().data
    assert ("geheim" in kept, "csrfmiddlewaretoken" in kept) == (False, False)


# --- sent twice --------------------------------------------------------------


def test_a_new_entry_sent_twice_is_made_once(client):
    signed_in(client, LEADS)
    fields = opened(client, ADD) | {"title_de": "Neu", "summary_de": "Kurz."}

    first, second = client.post(ADD, fields), client.post(ADD, fields)

    made = Offering.objects.get()
    assert first.headers["Location"] == LIST
    assert second.headers["Location"] == change_page(made)


def test_a_faulty_form_may_be_sent_again(client):
    signed_in(client, LEADS)
    fields = opened(client, ADD) | {"title_de": "", "summary_de": "Kurz."}

    faulty = client.post(ADD, fields)
    client.post(ADD, fields | {"title_de": "Neu"})

    assert (faulty.status_code, Offering.objects.count()) == (200, 1)
    assert SentForm.objects.count() == 1


def test_a_saved_form_sent_with_other_words_asks_first(client):
    signed_in(client, LEADS)
    fields = opened(client, ADD) | {"title_de": "Eins", "summary_de": "Kurz."}
    client.post(ADD, fields)

    asked = client.post(ADD, fields | {"title_de": "Zwei"})

    again = fields_in(asked.content.decode())
    assert (again["title_de"], Offering.objects.count()) == (["Zwei"], 1)
    client.post(ADD, again)
    assert Offering.objects.count() == 2


def test_new_prices_sent_twice_are_made_once(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {
        "cost_options-TOTAL_FORMS": "1",
        "cost_options-0-kind": "regular",
        "cost_options-0-amount": "5",
        "cost_options-0-per": "once",
    }

    client.post(page, fields)
    client.post(page, fields)

    assert amounts(offer) == [5]


# --- two people --------------------------------------------------------------


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
