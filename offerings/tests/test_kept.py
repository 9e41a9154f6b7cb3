"""The list of kept offers, which lives in its address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.translation import override

from herne_bildung.tests.document import parse
from offerings.kept.listing import MOST, kept_offers
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


def test_a_list_is_handed_on_by_link_code_and_mail(settings):
    settings.PUBLIC_ADDRESS = "https://lernen.example"
    make_offering("Krabbelgruppe & Café", slug="krabbel")

    with override("en"):
        sharing = kept_offers(["krabbel", "nie-da"], "/en/merkliste/").sharing
        mail = sharing.mail

    link = "https://lernen.example/en/merkliste/?offer=krabbel"
    subject, body = parse_qs(urlsplit(mail).query).values()
    assert sharing.link == link
    assert sharing.code.startswith("<svg ")
    assert subject == ["Kept offers from Lernen! in Herne"]
    assert body[0].split("\r\n") == [
        "Krabbelgruppe & Café",
        "https://lernen.example/en/angebote/krabbel/",
        "",
        "The whole list:",
        "",
        link,
    ]


def test_a_long_list_has_no_code_and_a_mail_that_programs_open():
    for number in range(30):
        make_offering(
            "Ein langer Titel " * 5, slug=f"angebot-mit-langem-namen-{number}"
        )
    slugs = [f"angebot-mit-langem-namen-{number}" for number in range(30)]

    sharing = kept_offers(slugs, "/de/merkliste/").sharing

    assert sharing.code is None
    assert "Titel" not in sharing.mail
    assert sharing.mail.count("offer%3D") == 30


def test_paper_has_each_offer_in_both_languages(client):
    make_offering("Eins", slug="eins", title_tr="Bir", is_free=True)

    page = client.get("/de/merkliste/drucken/?offer=eins&offer=nie-da&with=tr")

    first, second = page.context["paper"].offers[0].sheets
    document = parse(page.content.decode())
    assert [(one.language.code, one.title.text) for one in (first, second)] == [
        ("de", "Eins"),
        ("tr", "Bir"),
    ]
    assert ("Costs", ["free of charge"]) not in [
        (fact["label"], fact["lines"]) for fact in second.facts
    ]
    assert document.repeated_ids == []
    assert 'lang="tr" dir="ltr"' in page.content.decode()


@pytest.mark.parametrize("query", ["", "?offer=nie-da&with=xx", "?offer=%00&with=de"])
def test_paper_without_offers_says_so(client, query):
    page = client.get(f"/en/merkliste/drucken/{query}")

    assert (page.status_code, "Nothing kept yet" in page.content.decode()) == (
        200,
        True,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_paper_asks_a_fixed_number_of_questions(
    client, django_assert_num_queries, number
):
    for position in range(number):
        make_offering(slug=f"da-{position}")
    client.get("/de/angebote/")
    query = "&".join(f"offer=da-{n}" for n in range(number))

    with django_assert_num_queries(7):
        client.get(f"/de/merkliste/drucken/?{query}&with=ar")
