"""Offers that end lead to what follows them; pauses, beginnings and places are said."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from herne_bildung.lib import clock, page_cache
from offerings.badges import COLUMNS, badges
from offerings.cards import cards
from offerings.models import Offering
from offerings.seasons import followers
from offerings.tests.answers import find
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
State = Offering.State
OVER = "2017-12-31"


def in_days(number):
    return clock.today() + timedelta(days=number)


def said(**values):
    """What the badges of an offer with these columns say in English."""
    row = dict.fromkeys(COLUMNS) | {"state": "published", "only_for": ""} | values
    with override("en"):
        return [badge["text"] for badge in badges(row, "en", clock.today())]


def day(number):
    return f"{in_days(number):%b} {in_days(number).day}"


def test_a_chain_leads_to_the_first_that_takes_place():
    newest = make_offering("Drei", slug="drei")
    newer = make_offering("Zwei", ends_on=OVER, successor=newest)
    hidden = make_offering("Verborgen", state=State.ARCHIVED, successor=newer)
    oldest = make_offering("Eins", ends_on=OVER, successor=hidden)

    found = followers([oldest.pk, newer.pk, newest.pk], "de")

    assert {pk: one.url for pk, one in found.items()} == {
        oldest.pk: "/de/angebote/drei/",
        newer.pk: "/de/angebote/drei/",
    }


def test_where_all_have_ended_the_last_one_with_a_page_is_named():
    draft = make_offering("Entwurf", state=State.DRAFT)
    last = make_offering("Zuletzt", slug="zuletzt", ends_on=OVER, successor=draft)
    middle = make_offering("Mitte", ends_on=OVER, successor=last)
    first = make_offering("Zuerst", ends_on=OVER, successor=middle)

    found = followers([first.pk, last.pk], "de")

    assert [(pk, one.title.text) for pk, one in found.items()] == [
        (first.pk, "Zuletzt")
    ]


def test_a_circle_is_refused_and_one_that_is_there_ends():
    first = make_offering("Eins", ends_on=OVER)
    second = make_offering("Zwei", ends_on=OVER, successor=first)
    third = make_offering("Drei", ends_on=OVER, successor=second)

    for successor in (first, third):
        first.successor = successor
        with pytest.raises(ValidationError) as refused:
            first.full_clean()
        assert list(refused.value.message_dict) == ["successor"]
    first.full_clean(exclude=["successor"])
    third.full_clean()

    Offering.objects.filter(pk=first.pk).update(successor=third)
    found = followers([first.pk], "de")
    assert found[first.pk].title.text in {"Zwei", "Drei"}


def test_pages_name_what_follows_and_what_they_follow(client):
    follower = make_offering("Neu", slug="neu")
    make_offering("Alt", slug="alt", ends_on=OVER, successor=follower)
    make_offering("Geheim", state=State.DRAFT, successor=follower)

    old = client.get("/en/angebote/alt/").content.decode()
    new = client.get("/en/angebote/neu/").content.decode()

    assert 'It is followed by: <a href="/en/angebote/neu/" lang="de" dir="ltr">' in old
    assert "It follows: " in new
    assert 'href="/en/angebote/alt/"' in new
    assert "Geheim" not in new


def test_kept_offers_that_ended_lead_on(client):
    follower = make_offering("Neu", slug="neu")
    make_offering("Alt", slug="alt", ends_on=OVER, successor=follower)
    make_offering("Vorbei", slug="vorbei", state=State.ENDED, successor=follower)

    kept = client.get("/en/merkliste/?offer=alt&offer=vorbei").content.decode()

    assert kept.count('It is followed by: <a href="/en/angebote/neu/"') == 2


def test_a_page_of_cards_asks_once_for_all_that_follows(django_assert_num_queries):
    follower = make_offering("Neu")
    old = [
        make_offering(f"Alt {n}", ends_on=OVER, successor=follower) for n in range(3)
    ]
    cards([old[0].pk])

    for ids in ([old[0].pk], [one.pk for one in old]):
        with django_assert_num_queries(2):
            shown = cards(ids)
        assert {card["follower"].title.text for card in shown} == {"Neu"}
    with django_assert_num_queries(1):
        cards([follower.pk])


def test_words_of_an_offer_that_ended_find_what_follows_it():
    follower = make_offering("Sprache für alle")
    make_offering("Klöppeln", ends_on=OVER, successor=follower)
    make_offering("Stricken", state=State.DRAFT, successor=follower)

    assert [card["title"]["text"] for card in find("q=klöppeln").sure] == [
        "Sprache für alle"
    ]
    assert find("q=stricken").total == 0


def test_pauses_say_until_when():
    yesterday, soon, later = in_days(-1), in_days(9), in_days(20)

    assert said(paused_from=yesterday, paused_until=later) == [
        f"pauses until {day(20)}"
    ]
    assert said(paused_from=yesterday) == ["pauses, until when is not known"]
    assert said(paused_from=soon, paused_until=later) == [
        f"pauses from {day(9)} until {day(20)}"
    ]
    assert said(paused_from=soon) == [f"pauses from {day(9)}, until when is not known"]
    assert said(paused_from=in_days(-9), paused_until=yesterday) == []
    assert said(paused_from=in_days(60)) == []


def test_places_are_said_with_their_day_as_long_as_they_are_known():
    assert said(places_left="free", places_left_on=in_days(-3)) == [
        f"places free, as of {day(-3)}"
    ]
    assert said(places_left="waiting_list", places_left_on=in_days(-28)) == [
        f"waiting list, as of {day(-28)}"
    ]
    assert said(places_left="full", places_left_on=in_days(-29)) == []
    assert said(places_left="full") == []


def test_beginning_end_and_for_whom_are_said():
    assert said(
        starts_on=in_days(5), only_for="fathers", is_holiday_programme=True
    ) == [f"starts on {day(5)}", "holiday programme", "only for fathers"]
    assert said(starts_on=in_days(0), is_holiday_programme=False) == []
    assert said(ends_on=in_days(-1), only_for="fathers") == ["has ended"]
    assert said(state="ended") == ["has ended"]


def test_a_paused_offer_comes_back_by_itself(client):
    make_offering("Pause", slug="p", paused_from=in_days(-2), paused_until=in_days(1))
    assert "pauses until" in client.get("/en/angebote/p/").content.decode()
    assert "pauses until" in client.get("/en/angebote/").content.decode()
    before = client.get("/en/angebote/p/").headers["ETag"]

    clock.shift(timedelta(days=2))
    page_cache.outdate()  # kept pages end at midnight of a clock that nobody moves
    try:
        page = client.get("/en/angebote/p/", headers={"If-None-Match": before})
        assert page.status_code == 200
        assert "pauses until" not in page.content.decode()
        assert "pauses until" not in client.get("/en/angebote/").content.decode()
    finally:
        clock.shift(timedelta())
