"""Family centres in public: the list, one of them, what is off the site."""

from datetime import date, time, timedelta

import pytest
from django.utils.translation import override

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.lib import clock
from offerings.centres.hours import today_in_words, week_in_words
from offerings.centres.listing import centre_list
from offerings.centres.offers import offers_of
from offerings.centres.page import centre_page
from offerings.centres.words import certificate_in_words
from offerings.choices import QualityArea
from offerings.models import FamilyCentre
from offerings.tests.centres import make_centre
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)
MONDAY = date(2026, 11, 23)
PAGE = "/de/familienzentren/eins/"


def test_without_data_the_list_says_how_many_there_were_and_when(client):
    make_offering("Bildung", seed_key="familienbildung-in-familienzentren")
    make_organisation("Netzwerk", slug="netzwerk-der-familienzentren")

    response = client.get("/de/familienzentren/")
    with override("en"):
        found = centre_list("en")
        said = found.title, found.text

    assert response.status_code == 200
    assert "Abgestimmtes Angebotsprofil aller 23 Familienzentren" in response.text
    assert said == (
        "No family centre is entered here yet.",
        "In 2017 there were 23 family centres in Herne. We do not know how many there "
        "are today. Please ask the Bildungsbüro.",
    )
    assert [card["title"]["text"] for card in found.offers] == ["Bildung"]
    assert found.network_url == "/en/anbieter/netzwerk-der-familienzentren/"


def test_centres_stand_in_the_boroughs_of_their_places_or_kitas():
    wanne = make_district("Wanne", level="stadtbezirk", order=1)
    quarter = make_district("Röhlinghausen", level="ortsteil", parent=wanne)
    kita = make_organisation("Kita Nord")
    kita.places.add(make_place(name="Kita Nord", district=quarter))
    make_centre("Eins", kitas=[kita])
    make_centre("Zwei")
    make_centre("Versteckt", organisation={"status": Organisation.Status.HIDDEN})

    with override("en"):
        found = centre_list("en")

    assert [
        (group["name"], [card["title"].text for card in group["cards"]])
        for group in found.boroughs
    ] == [("Wanne", ["Eins"]), ("Place not known", ["Zwei"])]
    assert found.real_count == 2


def test_card_names_each_site_on_a_line_of_its_own():
    quarter = make_district("Eickel", level="ortsteil")
    make_centre(
        "Eins",
        places=[
            make_place(name="Eins", street="Am Markt 1", district=quarter),
            make_place(name="Haus Süd", street="Am Bach 2"),
        ],
    )
    kitas = [make_organisation("Kita Nord"), make_organisation("Kita Ost")]
    for kita in kitas:
        kita.places.add(make_place(district=quarter))
    make_centre("Zwei", kitas=kitas)

    cards = [card for group in centre_list("de").boroughs for card in group["cards"]]

    assert {card["title"].text: card["sites"] for card in cards} == {
        "Eins": ["Am Markt 1, 44623 Herne, Eickel", "Haus Süd, Am Bach 2, 44623 Herne"],
        "Zwei": ["Eickel"],
    }


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_much_for_many(client, django_assert_num_queries, number):
    for one in range(number):
        kita = make_organisation(f"Kita {one}")
        make_centre(f"Zentrum {one}", kitas=[kita], places=[make_place()])
    client.get("/de/familienzentren/")

    with django_assert_num_queries(8):
        centre_list("de")


@pytest.mark.parametrize("number", [1, 3])
def test_page_asks_as_much_for_many(client, django_assert_num_queries, number):
    kitas = [make_organisation(f"Kita {one}") for one in range(number)]
    centre = make_centre("Eins", kitas=kitas, hours=[(0, "09:00", "11:00")])
    for kita in kitas:
        kita.places.add(make_place())
        make_offering(provider=kita, quality_areas=[QualityArea.NEIGHBOURHOOD])
    client.get(PAGE)

    with django_assert_num_queries(10):
        response = client.get(f"{PAGE}?page=1&x={number}")
    assert response.status_code == 200
    assert str(centre) == "Eins"


def test_offers_are_those_of_the_centre_and_its_kitas_that_are_public():
    kita, other = make_organisation("Kita"), make_organisation("Andere")
    centre = make_centre("Eins", kitas=[kita])
    own = make_offering(provider=centre.organisation)
    of_kita = make_offering(provider=kita)
    make_offering(provider=other)
    make_offering(provider=kita, state="draft")
    make_offering(provider=kita, ends_on=clock.today() - ONE_DAY)

    assert set(offers_of(centre)) == {own, of_kita}


def test_areas_without_offers_are_not_shown_as_gaps():
    centre = make_centre("Eins")
    make_offering(
        "Café", provider=centre.organisation, quality_areas=[QualityArea.NEIGHBOURHOOD]
    )
    make_offering("Ohne", provider=centre.organisation)

    with override("en"):
        page = centre_page(centre, None, "en")

    assert [
        (area["name"], [offer["title"].text for offer in area["offers"]])
        for area in page.areas
    ] == [("In the neighbourhood", ["Café"])]
    assert page.total == 2


def test_certificate_is_said_only_while_it_is_valid():
    today = clock.today()

    def said(since, until):
        centre = FamilyCentre(certificate_from=since, certificate_until=until)
        return bool(certificate_in_words(centre, "de"))

    assert [
        said(None, today),
        said(today, today),
        said(None, today - ONE_DAY),
        said(today + ONE_DAY, today + ONE_DAY),
        said(today, None),
    ] == [True, True, False, False, False]


def test_consultation_hours_of_the_week_and_of_today():
    centre = make_centre("Eins", hours=[(0, "09:00", "11:00"), (2, "14:00", "16:00")])
    centre.consultation_hours.filter(weekday=2).update(is_by_appointment=True)
    go_to(MONDAY, time(8))

    with override("en"):
        week = week_in_words(centre)
        on_monday = today_in_words(centre, "en")
        go_to(MONDAY + ONE_DAY)
        on_tuesday = today_in_words(centre, "en")
        go_to(date(2026, 12, 24))
        before_a_holiday = today_in_words(centre, "en")

    assert week == [
        {"day": "Monday", "spans": ["\u206609:00–11:00\u2069"]},
        {
            "day": "Wednesday",
            "spans": ["\u206614:00–16:00\u2069 (only by appointment)"],
        },
    ]
    assert on_monday == "Today: \u206609:00–11:00\u2069"
    assert on_tuesday == (
        "Not today. Next: Wednesday, November 25, 2026, "
        "\u206614:00–16:00\u2069 (only by appointment)"
    )
    # 24 December is a Thursday; Monday 28 is the next day with hours.
    assert before_a_holiday.startswith("Not today. Next: Monday, December 28")


def test_hours_do_not_hold_on_public_holidays():
    centre = make_centre("Eins", hours=[(4, "09:00", "11:00")])
    go_to(date(2026, 12, 25))

    with override("en"):
        said = today_in_words(centre, "en")

    # New Year's Day is the next Friday: two weeks later is one without a holiday.
    assert said.startswith("Not today. Next: Friday, January 8, 2027")


@pytest.mark.parametrize(
    ("status", "answer"), [("hidden", 404), ("historic", 410), ("active", 200)]
)
def test_page_and_frame_answer_as_providers_do(client, status, answer):
    make_centre("Eins", organisation={"status": status})

    answers = [
        client.get(address).status_code
        for address in (PAGE, "/de/einbetten/familienzentren/eins/")
    ]

    assert answers == [answer, answer]


def test_page_of_a_provider_that_is_no_centre_stays_where_it_is(client):
    make_organisation("Verein", slug="verein")
    make_centre("Eins")

    assert client.get("/de/familienzentren/verein/").status_code == 404
    assert client.get("/de/anbieter/verein/").status_code == 200
    response = client.get("/de/anbieter/eins/")
    assert (response.status_code, response["Location"]) == (302, PAGE)


def test_frame_is_for_every_site_without_cookies_forms_and_scripts(client):
    centre = make_centre("Eins")
    make_offering("Café", slug="cafe", provider=centre.organisation)

    response = client.get("/ar/einbetten/familienzentren/eins/")

    assert response.status_code == 200
    assert '<html lang="ar" dir="rtl">' in response.text
    assert '<base target="_top">' in response.text
    assert 'href="/ar/angebote/cafe/"' in response.text
    assert not response.cookies
    assert [tag for tag in ("<form", "<script", "<input") if tag in response.text] == []
    assert "X-Frame-Options" not in response
    policy = response["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    page = client.get("/ar/familienzentren/eins/")
    assert "frame-ancestors *" not in page["Content-Security-Policy"]
    assert "/ar/einbetten/familienzentren/eins/&quot;" in page.text
