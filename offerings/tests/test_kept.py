"""The list of kept offers, which lives in its address."""

import pytest
from django.utils.translation import override

from offerings.kept import MOST, kept_offers
from offerings.models import Offering
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def test_kept_offers_come_in_the_order_of_the_address_and_once():
    make_offering("Eins", slug="eins")
    make_offering("Zwei", slug="zwei")

    with override("de"):
        kept = kept_offers(["zwei", "eins", "zwei", ""], "/de/merkliste/")

    assert [card["title"]["text"] for card in kept.cards] == ["Zwei", "Eins"]
    assert [
        (one["slug"], one["title"]["text"], one["url"]) for one in kept.removals
    ] == [
        ("zwei", "Zwei", "/de/merkliste/?offer=eins"),
        ("eins", "Eins", "/de/merkliste/?offer=zwei"),
    ]


def test_what_is_no_longer_shown_is_counted():
    make_offering("Weg", slug="weg", state=Offering.State.ARCHIVED)

    kept = kept_offers(["weg", "nie-da"], "/de/merkliste/")

    assert (kept.cards, kept.gone) == ([], 2)


def test_a_list_has_an_end():
    assert kept_offers([f"x-{n}" for n in range(500)], "/de/merkliste/").gone == MOST


def test_offers_shown_once_are_named_with_the_reason_and_drafts_are_not():
    make_offering("Zu", slug="zu", state=Offering.State.ENDED)
    make_offering("Ruht", slug="ruht", state=Offering.State.UNCONFIRMED)
    make_offering("Entwurf", slug="entwurf", state=Offering.State.DRAFT)

    with override("en"):
        kept = kept_offers(["entwurf", "zu", "ruht", "nie-da"], "/en/merkliste/")

    assert kept.gone == 4
    assert [(one["title"].text, one["url"], one["why"]) for one in kept.explained] == [
        ("Ruht", "/en/angebote/ruht/", "This offer is not shown at the moment."),
        ("Zu", "/en/angebote/zu/", "This offer has ended."),
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_kept_list_asks_a_fixed_number_of_questions(
    client, django_assert_num_queries, number
):
    for position in range(number):
        make_offering(slug=f"da-{position}")
        make_offering(slug=f"weg-{position}", state=Offering.State.UNCONFIRMED)
    client.get("/de/angebote/")
    offers = [f"offer=da-{n}&offer=weg-{n}" for n in range(number)]

    with django_assert_num_queries(3):
        client.get(f"/de/merkliste/?{'&'.join(offers)}")
