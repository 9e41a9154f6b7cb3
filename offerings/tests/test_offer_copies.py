"""A copy of an offer is its own; the form asks the same whatever there is."""

import pytest

from herne_bildung.city.rights import ADVISERS
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.lib.translation_state import state_of
from offerings.models import Offering
from offerings.tests.administration import (
    ADD,
    change_page,
    fields_of,
    provider,
    schedules,
    signed_in,
)
from offerings.tests.factories import make_offering, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_groups")]


def test_copy_is_a_draft_of_its_own_once_it_is_saved(client):
    own = provider(client)
    topic = make_topic("Musik")
    source = make_offering(
        "Chor", provider=own, topics=[topic], schedule={}, price="3", title_tr="Koro"
    )
    address = f"{ADD}?copy_of={source.pk}"

    page = client.get(address)
    form = page.context["adminform"].form
    when, prices, *_ = page.context["inline_admin_formsets"]

    assert Offering.objects.count() == 1
    assert (form["state"].value(), form["topics"].value()) == ("draft", [topic.pk])
    assert form["title_de"].value() == "Chor (Kopie)"
    assert when.formset.forms[0]["weekdays"].value() == [1]
    assert str(prices.formset.forms[0]["amount"].value()) == "3.00"

    sent = fields_of(source, title_de="Chor", state="draft")
    client.post(address, sent | schedules({"words": "dienstags 9:30"}))

    copy = Offering.objects.exclude(pk=source.pk).get()
    assert (copy.slug, copy.state, copy.title_tr) == ("chor", "draft", "Koro")
    # Nobody said that the Turkish title fits: it is no more current than it was.
    assert state_of(copy, "title", "tr").state == state_of(source, "title", "tr").state


def test_foreign_offers_are_not_copied(client):
    provider(client)
    foreign = make_offering("Fremdes", provider=make_organisation())

    assert client.get(ADD, {"copy_of": foreign.pk}).status_code == 404


def test_advisers_copy_nothing(client):
    signed_in(client, ADVISERS)
    offering = make_offering("Eines", provider=make_organisation())

    assert client.get(ADD, {"copy_of": offering.pk}).status_code == 403


@pytest.mark.parametrize("count", [3, 300])
def test_form_asks_the_same_for_three_and_300(client, django_assert_num_queries, count):
    own = provider(client)
    place, topic = make_place("Haus"), make_topic("Musik")
    own.places.add(place)
    offering = make_offering(
        "Eines", provider=own, places=[place], topics=[topic], schedule={}
    )
    rows = [
        Offering(slug=f"a-{number}", title_de="A", summary_de="B", provider=own)
        for number in range(count)
    ]
    Offering.objects.bulk_create(rows)
    client.get(change_page(offering))

    with django_assert_num_queries(38):
        client.get(change_page(offering))
    with django_assert_num_queries(19):
        client.get(ADD)


@pytest.mark.parametrize("number", ["x", "9" * 30, "-1", "²"])
def test_numbers_in_the_address_that_are_none_break_nothing(client, number):
    provider(client)

    assert client.get(ADD, {"provider": number}).status_code == 200
    assert client.get(ADD, {"copy_of": number}).status_code == 404
