"""The directory: filters, words, and what is only history."""

from datetime import date, time

import pytest

from counselling.actions import reindex
from counselling.models import CounsellingOffice
from counselling.tests.factories import make_concern, make_office
from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_district, make_place
from herne_bildung.lib.clock import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
TUESDAY = at(date(2026, 11, 24), time(10))


def shown(response) -> tuple[list[str], list[str]]:
    """Names of the offices that fit and of those that may fit."""
    results = response.context["results"]
    return tuple(
        [card["title"]["text"] for card in cards]
        for cards in (results.sure, results.maybe)
    )


def test_list_shows_offices_by_name_and_no_history(client):
    make_office("Weiterbildung")
    make_office("Ärztliche Schulberatung")
    make_office("Nie eröffnet", state=CounsellingOffice.State.PLANNED)
    make_office("Entwurf", state=CounsellingOffice.State.DRAFT)

    response = client.get("/de/beratung/")

    assert shown(response) == (["Ärztliche Schulberatung", "Weiterbildung"], [])
    assert response.cookies == {}


def test_filters_by_concern_language_and_audience(client):
    work = make_concern("Ich suche neue Arbeit", key="arbeit")
    make_office("Passt", concerns=[work], languages=["de", "tr"], audiences=["adults"])
    make_office("Anderes", languages=["tr"], audiences=["men"])
    make_office("Sprachen unbekannt", concerns=[work])

    address = "/en/beratung/?concern=arbeit&language=tr&target_group=men"
    response = client.get(address)

    assert shown(response) == (["Passt"], ["Sprachen unbekannt"])
    [card] = response.context["results"].maybe
    assert card["may_fit_reasons"] == ["language not known", "for whom is not known"]


def test_district_is_where_an_office_is_responsible_else_where_it_is(client):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    here = make_place("Haus", district=wanne, is_district_chosen=True)
    make_office("Für Eickel", place=here).districts.add(eickel)
    make_office("In Wanne", place=here)
    make_office("Für alle", is_citywide=True)
    make_office("Irgendwo")

    response = client.get("/de/beratung/", {"district": wanne.key})

    assert shown(response) == (["Für alle", "In Wanne"], ["Irgendwo"])


def test_open_now_holds_until_the_next_change(client, clock_at):
    make_office("Offen", hours=[(1, "09:00", "10:02")])
    make_office("Zu", hours=[(1, "14:00", "16:00")])
    make_office("Unbekannt")

    with clock_at(TUESDAY):
        response = client.get("/de/beratung/?open_now=yes")

    assert shown(response) == (["Offen"], ["Unbekannt"])
    seconds = int(response.headers["Cache-Control"].removeprefix("public, max-age="))
    assert 110 < seconds <= 120


def test_words_find_concerns_in_the_words_people_use(client):
    concern = make_concern(
        "Ich will einen Abschluss nachholen", synonyms={"de": ["Zeugnis"]}
    )
    office = make_office("Weiterbildung", concerns=[concern])
    make_office("Anderes")
    reindex()

    found = [
        shown(client.get("/de/beratung/", {"q": words}))[0]
        for words in ("abschluss nachholen", "zeugnis", "weiterbildng", "quatschwort")
    ]

    assert found == [[office.name_de], [office.name_de], [office.name_de], []]


def test_wrong_parameters_are_named_and_the_rest_works(client):
    make_office("Da", languages=["tr"])

    response = client.get("/de/beratung/?concern=unsinn&language=tr&x=1")

    assert shown(response) == (["Da"], [])
    assert response.context["results"].errors["concern"] == [
        "Diese Auswahl kennen wir nicht: unsinn"
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_list(client, django_assert_num_queries, number):
    for _ in range(number):
        make_office(concerns=[make_concern()], hours=[(1, "09:00", "12:00")])
    client.get("/de/beratung/?page=1")

    with django_assert_num_queries(8):
        client.get("/de/beratung/?q=")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_page(client, django_assert_num_queries, number):
    concerns = [make_concern() for _ in range(number)]
    office = make_office(concerns=concerns, hours=[(1, "09:00", "12:00")] * number)
    client.get("/de/impressum/")

    with django_assert_num_queries(9):
        client.get(f"/de/beratung/{office.slug}/")


def test_page_tells_hours_roles_and_what_is_not_known(client, clock_at):
    SchoolHoliday.objects.create(
        name="Herbst", starts_on=date(2026, 10, 17), ends_on=date(2026, 10, 31)
    )
    office = make_office(
        "Schulberatung",
        hours=[(1, "09:30", "12:00")],
        is_free=True,
        has_interpreting=True,
        interpreting_days=3,
    )
    office.opening_hours.update(season="term")

    with clock_at(TUESDAY):
        page = client.get(f"/en/beratung/{office.slug}/").context["office"]
    with clock_at(at(date(2026, 10, 20), time(10))):
        in_holidays = client.get(f"/en/beratung/{office.slug}/").context["office"]

    assert page.opening.text == "Open today until 12:00"
    opens = "Closed, opens on November 3, 2026 at 09:30"
    assert in_holidays.opening.text == opens
    assert [fact["lines"] for fact in page.facts] == [
        ["can be arranged, please ask 3 days ahead"],
        ["free of charge"],
    ]
    assert [role["title"].text for role in page.roles] == ["Auskunft"]
    assert "Languages" in page.unknown


def test_page_of_what_was_only_planned_says_so(client):
    office = make_office("Nie eröffnet", state=CounsellingOffice.State.PLANNED)

    page = client.get(f"/en/beratung/{office.slug}/").text

    assert "This office was only planned." in page
    assert 'content="noindex"' in page


def test_drafts_have_no_page(client):
    office = make_office(state=CounsellingOffice.State.DRAFT)

    assert client.get(f"/de/beratung/{office.slug}/").status_code == 404


def test_who_cannot_be_reached_names_the_general_office(client):
    make_office("Bildungsbüro", is_general=True, email="buero@example.org")
    office = make_office("Ohne alles")

    page = client.get(f"/en/beratung/{office.slug}/")

    assert page.context["office"].to_ask["email"] == "buero@example.org"
    assert page.context["office"].opening.text == "Opening hours not known: please ask"
    assert "mailto:buero@example.org" in page.text


@pytest.mark.parametrize(
    ("changed", "said", "fits"),
    [
        ({}, "Open today until 12:00", (1, 0)),
        (
            {"valid_until": date(2026, 11, 23)},
            "Opening hours not known: please ask",
            (0, 1),
        ),
        ({"is_by_appointment": True}, "Only by appointment", (0, 1)),
    ],
)
def test_hours_that_tell_nothing_are_not_closed(client, clock_at, changed, said, fits):
    office = make_office(hours=[(1, "09:00", "12:00")])
    office.opening_hours.update(**changed)

    with clock_at(TUESDAY):
        page = client.get(f"/en/beratung/{office.slug}/").context["office"]
        found = client.get("/en/beratung/?open_now=yes").context["results"]

    assert page.opening.text == said
    assert (len(found.sure), len(found.maybe)) == fits


@pytest.mark.parametrize(
    ("state", "status", "said"),
    [
        ("unconfirmed", 404, "This office is not shown at the moment."),
        ("ended", 410, "This office no longer exists."),
    ],
)
def test_a_hidden_office_explains_itself_and_names_others(client, state, status, said):
    concern = make_concern()
    office = make_office("Weg", concerns=[concern], state=state)
    make_office("Hilft auch", concerns=[concern])
    make_office("Anderes")

    response = client.get(f"/en/beratung/{office.slug}/")

    assert response.status_code == status
    gone = response.context["gone"]
    assert gone.notice == said
    assert [card["title"]["text"] for card in gone.others] == ["Hilft auch"]


def test_a_district_among_the_words_finds_who_is_there_for_it(client):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    concern = make_concern("Ich will Arbeit finden")
    make_office("Arbeit in Wanne", concerns=[concern]).districts.add(wanne)
    make_office("Arbeit in Eickel", concerns=[concern]).districts.add(eickel)
    make_office("Arbeit für alle", concerns=[concern], is_citywide=True)
    make_office("Sport für alle", is_citywide=True)
    reindex()

    response = client.get("/en/beratung/?q=arbeit wanne")

    assert shown(response) == (["Arbeit in Wanne", "Arbeit für alle"], [])
    assert "Offices for Wanne are shown too." in response.text
