"""The form of an entry of which a change waits."""

import pytest
from django.urls import reverse

from herne_bildung.city.models import (
    WaitingVersion,
)
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import (
    make_place,
    make_user,
)
from herne_bildung.city.versions import waiting
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.tests.approvals import (
    decide,
    look,
    make_author,
    page_of,
    price,
    propose,
    said,
    sent_form,
)
from offerings.models import Offering
from offerings.tests.administration import change_page, errors
from offerings.tests.factories import make_offering

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]
NOTE = "Eine Änderung wurde gemeldet"


def test_form_shows_what_waits_and_saves_it_again(client, own, author):
    place = make_place("Haus")
    own.places.add(place)
    offering = make_offering("Chor", provider=own, price="3", schedule={})
    propose(client, author, offering, title_de="Yoga", places=[place.pk], **price())

    page = client.get(change_page(offering))
    sent = {**sent_form(page), "summary_de": "Neu gesagt."}
    response = client.post(change_page(offering), sent)

    found = WaitingVersion.objects.get()
    change = waiting.proposed(found)
    assert page.context["adminform"].form["title_de"].value() == "Yoga"
    assert response.status_code == 302
    assert sorted(change) == [
        "cost_options",
        "places",
        "summary_de",
        "title_de",
    ]
    assert [row["amount"] for row in change["cost_options"]] == ["3.00", "12.50"]
    assert change["places"] == [place.pk]
    assert Offering.objects.get().title_de == "Chor"


def test_a_draft_that_waits_is_called_as_it_is_now(client, own, author):
    offering = make_offering("Chor", provider=own, state=Offering.State.DRAFT)
    propose(client, author, offering, state="published")

    propose(client, author, offering, title_de="Singkreis", state="draft")

    found = WaitingVersion.objects.get()
    assert (found.title, found.state) == ("Singkreis", WaitingVersion.State.WAITING)


def test_unchanged_form_of_what_waits_keeps_it(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, **price())
    before = waiting.proposed(WaitingVersion.objects.get())

    client.post(change_page(offering), sent_form(client.get(change_page(offering))))

    assert waiting.proposed(WaitingVersion.objects.get()) == before


def test_second_person_edits_what_waits(client, own, author, lead):
    other = make_author(own, "ben")
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")

    client.force_login(other)
    sent = {**sent_form(client.get(change_page(offering))), "summary_de": "Von Ben."}
    client.post(change_page(offering), sent)

    found = WaitingVersion.objects.get()
    decide(client, lead, found)
    offering.refresh_from_db()
    mails = OutgoingMail.objects.values_list("recipient", flat=True)
    assert (offering.title_de, offering.summary_de) == ("Yoga", "Von Ben.")
    assert sorted(mails) == ["anna@example.org", "ben@example.org"]


def test_author_takes_back_to_the_former_facts(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")

    propose(client, author, offering)

    assert WaitingVersion.objects.get().state == "withdrawn"


def test_author_withdraws(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga")

    address = reverse("admin:offerings_offering_withdraw", args=[offering.pk])
    client.get(address)
    still = WaitingVersion.objects.get().state
    client.post(address)

    assert (still, WaitingVersion.objects.get().state) == ("waiting", "withdrawn")
    assert NOTE not in page_of(client, offering)


def test_staff_change_what_waits_before_they_accept(client, own, author, lead):
    lead.first_name, lead.last_name = "Lea", "Leitung"
    lead.save()
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yogga")
    found = WaitingVersion.objects.get()
    edit = look(client, lead, found).context["edit_path"]

    plain = client.get(change_page(offering))
    sent = {**sent_form(client.get(edit)), "title_de": "Yoga"}
    saved = client.post(edit, sent)

    now = Offering.objects.get().title_de
    told = said(look(client, lead, found))
    decide(client, lead, found)
    history = client.get(f"{change_page(offering).removesuffix('change/')}history/")
    assert told == []
    assert "angenommen von Lea Leitung" in history.content.decode()
    assert plain.context["adminform"].form["title_de"].value() == "Chor"
    assert (saved.url, now) == (reverse("approval", args=[found.pk]), "Chor")
    assert Offering.objects.get().title_de == "Yoga"
    assert OutgoingMail.objects.get().recipient == "anna@example.org"


def test_history_names_who_changed_it_and_who_accepted_it(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yogga")
    found = WaitingVersion.objects.get()
    colleague = make_user("Kollegin", OFFICE)
    edit = look(client, colleague, found).context["edit_path"]
    client.post(edit, {**sent_form(client.get(edit)), "title_de": "Yoga"})

    editors = look(client, lead, found).context["editors"]
    decide(client, lead, found)

    history = f"{change_page(offering).removesuffix('change/')}history/"
    line = client.get(history).context["lines"][0]
    client.force_login(author)
    for_provider = client.get(history).context["lines"][0]
    assert editors == ["Kollegin"]
    assert (line.who, line.edited_by, line.accepted_by) == (
        author.username,
        "Kollegin",
        lead.username,
    )
    assert (for_provider.edited_by, for_provider.accepted_by) == ("", "Bildungsbüro")


def test_form_of_an_outdated_change_does_not_undo_what_staff_changed(
    client, own, author
):
    offering = make_offering("Chor", provider=own, phone="02323 1")
    propose(client, author, offering, title_de="Yoga", phone="02323 1")
    Offering.objects.update(phone="02323 2")

    client.post(change_page(offering), sent_form(client.get(change_page(offering))))

    assert waiting.proposed(WaitingVersion.objects.get()) == {"title_de": "Yoga"}


def test_errors_in_the_form_of_what_waits_are_shown(client, own, author):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, title_de="Yoga", **price())
    sent = {**sent_form(client.get(change_page(offering))), "title_de": ""}

    response = client.post(change_page(offering), sent)

    assert (response.status_code, list(errors(response))) == (200, ["title_de"])
    assert offering.cost_options.count() == 0


def test_ages_are_said_as_the_form_does(client, own, author, lead):
    offering = make_offering("Chor", provider=own)
    propose(client, author, offering, age_min_months="10", age_max_months="14")

    shown = look(client, lead, WaitingVersion.objects.get()).context["differences"]

    assert [(one.label, one.new) for one in shown] == [
        ("Ab Alter", ["10 Jahre"]),
        ("Bis Alter", ["14 Jahre"]),
    ]
