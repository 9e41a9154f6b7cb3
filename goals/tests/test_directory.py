"""The directory of organisations: filters, words, how to reach them."""

import pytest

from goals.choices import BodyKind
from goals.models import BodyMember
from goals.tests.administration import said
from goals.tests.factories import make_body
from herne_bildung.city.actions import index_organisations
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from offerings import reference
from offerings.actions import reindex
from offerings.catalogue import catalogue
from offerings.tests.factories import make_offering, make_topic

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
PATH = "/de/ziele/netzwerk/verzeichnis/"


@pytest.fixture(autouse=True)
def no_offers_of_others():
    reference.forget()
    catalogue.cache_clear()
    yield
    reference.forget()
    catalogue.cache_clear()


def shown(response) -> tuple[list[str], list[str]]:
    """Names of the organisations that fit and of those that may fit."""
    results = response.context["results"]
    return tuple(
        [card["title"]["text"] for card in cards]
        for cards in (results.sure, results.maybe)
    )


def test_organisations_by_name_and_none_that_is_hidden(client):
    make_organisation("Verein")
    make_organisation("Ärztehaus")
    for status in (
        Organisation.Status.HIDDEN,
        Organisation.Status.PLANNED,
        Organisation.Status.HISTORIC,
    ):
        make_organisation("Versteckt", status=status, internal_note="geheim")

    response = client.get(PATH)

    assert shown(response) == (["Ärztehaus", "Verein"], [])
    assert "geheim" not in response.content.decode()
    assert response.cookies == {}


def test_the_field_is_that_of_the_offers(client):
    family = make_topic("Familie", key="familie")
    groups = make_topic("Krabbelgruppen", key="krabbeln", parent=family)
    centre = make_organisation("Familienzentrum")
    make_offering(provider=centre, topics=[groups])
    school = make_organisation("VHS")
    make_offering(provider=school, topics=[make_topic("Sprachen", key="sprachen")])
    draft = make_organisation("Nur Entwürfe")
    make_offering(provider=draft, topics=[family], state="draft")

    response = client.get(PATH, {"topic": "familie"})

    assert shown(response) == (["Familienzentrum"], ["Nur Entwürfe"])
    [card] = response.context["results"].sure
    assert card["topics"] == "Familie"
    [card] = response.context["results"].maybe
    assert card["reasons"] == said("field not known")


def test_a_changed_offer_changes_the_field_at_once(client):
    one, other = make_topic(key="eins"), make_topic(key="zwei")
    offering = make_offering(provider=make_organisation("Verein"), topics=[one])
    before = shown(client.get(PATH, {"topic": "zwei"}))
    offering.topics.set([other])
    reindex([offering.pk])

    after = shown(client.get(PATH, {"topic": "zwei", "page": "1"}))

    assert (before, after) == (([], []), (["Verein"], []))


def test_district_is_where_it_is_else_where_its_offers_are(client):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    here = make_place("Haus", district=wanne, is_district_chosen=True)
    there = make_place("Hof", district=eickel, is_district_chosen=True)
    make_organisation("In Wanne").places.add(here)
    elsewhere = make_organisation("In Eickel")
    elsewhere.places.add(there)
    make_offering(provider=elsewhere, places=[here])
    make_offering(provider=make_organisation("Bietet in Wanne an"), places=[here])
    make_organisation("Irgendwo")

    response = client.get(PATH, {"district": wanne.key})

    assert shown(response) == (["Bietet in Wanne an", "In Wanne"], ["Irgendwo"])


def test_kind_and_body_narrow(client):
    body = make_body("Kreis", slug="kreis")
    secret = make_body("Geheimer Kreis", slug="geheim", state="internal")
    member = make_organisation("Verein", kind="other")
    school = make_organisation("Schule", kind="school")
    for one in (body, secret):
        BodyMember.objects.create(body=one, organisation=member)
    BodyMember.objects.create(body=secret, organisation=school)

    by_body = client.get(PATH, {"body": "kreis"})
    by_kind = client.get(PATH, {"kind": "school"})
    by_secret = client.get(PATH, {"body": "geheim"})

    assert shown(by_body) == (["Verein"], [])
    assert shown(by_kind) == (["Schule"], [])
    assert list(by_secret.context["results"].errors) == ["body"]
    [card] = by_body.context["results"].sure
    assert [(one["name"].text, one["url"]) for one in card["bodies"]] == [
        ("Kreis", "/de/ziele/netzwerk/kreis/")
    ]
    assert "Geheimer Kreis" not in by_kind.content.decode()


def test_a_body_leads_to_its_own_page(client):
    council = make_organisation("Rat", slug="rat")
    draft = make_organisation("Runde", slug="runde")
    make_body(slug="der-rat", organisation=council, kind=BodyKind.COUNCIL)
    make_body(slug="entwurf", organisation=draft, state="draft")

    cards = client.get(PATH).context["results"].sure

    assert [card["url"] for card in cards] == [
        "/de/ziele/netzwerk/der-rat/",
        "/de/anbieter/runde/",
    ]


def test_a_card_says_how_to_reach_it_or_that_this_is_not_known(client):
    make_organisation("Bekannt", phone="02323 1", email="a@example.org")
    make_organisation("Unbekannt")

    response = client.get("/en/ziele/netzwerk/verzeichnis/")

    known, unknown = response.context["results"].sure
    assert (known["contact"]["phone"], known["contact"]["email"]) == (
        "02323 1",
        "a@example.org",
    )
    assert unknown["contact"] is None
    assert response.content.decode().count("How to reach it is not known.") == 1


def test_words_find_names_and_a_district(client):
    wanne = make_district("Wanne")
    here = make_place("Haus", district=wanne, is_district_chosen=True)
    club = make_organisation("Sportverein", description_de="Turnen und Schwimmen")
    club.places.add(here)
    make_organisation("Musikschule")
    index_organisations()

    found = [
        shown(client.get(PATH, {"q": words}))[0]
        for words in ("schwimmen", "schwimmen wanne", "sportverien", "quatschwort")
    ]

    assert found == [["Sportverein"], ["Sportverein"], ["Sportverein"], []]


def test_wrong_parameters_are_named_and_the_rest_works(client):
    make_organisation("Schule", kind="school")
    make_organisation("Amt", kind="office")

    response = client.get(f"{PATH}?topic=unsinn&district=x&kind=school&y=1&page=99")

    results = response.context["results"]
    assert shown(response) == (["Schule"], [])
    assert sorted(results.errors) == ["district", "topic"]
    assert results.is_page_known is False
    assert len(results.address_errors) == 1


def test_many_organisations_have_pages(client):
    for number in range(21):
        make_organisation(f"Verein {number:02}")

    assert shown(client.get(PATH, {"page": "2"})) == (["Verein 20"], [])


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_directory(client, django_assert_num_queries, number):
    for _ in range(number):
        organisation = make_organisation()
        organisation.places.add(make_place(district=make_district()))
        make_offering(provider=organisation, topics=[make_topic()])
        BodyMember.objects.create(body=make_body(), organisation=organisation)
    client.get(PATH, {"page": "1"})

    with django_assert_num_queries(9):
        client.get(PATH)
