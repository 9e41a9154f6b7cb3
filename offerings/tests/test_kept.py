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
    assert [(one["title"]["text"], one["url"]) for one in kept.removals] == [
        ("Zwei", "/de/merkliste/?offer=eins"),
        ("Eins", "/de/merkliste/?offer=zwei"),
    ]


def test_what_is_no_longer_shown_is_counted():
    make_offering("Weg", slug="weg", state=Offering.State.ARCHIVED)

    kept = kept_offers(["weg", "nie-da"], "/de/merkliste/")

    assert (kept.cards, kept.gone) == ([], 2)


def test_a_list_has_an_end():
    assert kept_offers([f"x-{n}" for n in range(500)], "/de/merkliste/").gone == MOST
