"""The form of an offer when the session ends, and when it is sent twice."""

from datetime import timedelta

import pytest
from django.test import Client

from herne_bildung.city import typed_forms
from herne_bildung.city.models import SentForm, TypedForm
from herne_bildung.city.rights import LEADS
from herne_bildung.lib import clock
from offerings.models import CostOption, Offering
from offerings.tests.administration import ADD, LIST, change_page, signed_in
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


def test_the_page_to_sign_in_says_that_what_was_typed_is_kept(client, offer):
    signed_in(client, LEADS)
    page = change_page(offer)
    fields = opened(client, page) | {"title_de": "Neuer Titel"}
    client.logout()

    kept = client.post(page, fields, follow=True)
    no_form = Client().post(page, {"title_de": "x"}, follow=True)

    assert [str(one) for one in kept.context["messages"]] == [
        "Sie sind abgemeldet. Ihre Eingaben bleiben erhalten; melden Sie sich wieder "
        "an, um sie zu speichern."
    ]
    assert 'class="messagelist"' in kept.text
    assert list(no_form.context["messages"]) == []


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
    fields = opened(client, page) | {"title_de": "Ungesagtes"}
    client.logout()
    client.post(page, fields)

    signed_in(client, LEADS)
    kept = TypedForm.objects.get()
    shown = client.get(f"{page}?typed={kept.form}").content.decode()
    client.post(DISCARD, {"form": kept.form})

    assert "Ungesagtes" not in shown
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
