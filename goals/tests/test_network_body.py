"""The page of a body of the network; what is not public never shows."""

from datetime import date, time, timedelta

import pytest

from goals.choices import Publication
from goals.models import BodyDocument, BodyMember, Consultation
from goals.tests.factories import (
    make_body,
    make_body_date,
    make_conference,
    make_goal,
    make_mandate,
    make_organisation_role,
    make_paper,
    make_period,
    make_whole_body,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.lib.clock import at
from herne_bildung.tests.document import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
TODAY = date(2026, 11, 24)
HIDDEN = "Qqgeheim"


@pytest.fixture(autouse=True)
def today(clock_at):
    with clock_at(at(TODAY, time(10))):
        yield


def test_the_page_of_a_body_says_what_is_not_known(client):
    make_body("Kreis", slug="kreis", task_de="")

    page = client.get("/en/ziele/netzwerk/kreis/").content.decode()

    for sentence in (
        "Its task is not known.",
        "Who takes part is not known.",
        "No dates are entered.",
        "No papers or results are entered.",
        "Not known.",
    ):
        assert sentence in page, sentence


def test_a_body_shows_who_takes_part_and_hides_what_is_hidden(client):
    body = make_body("Kreis", slug="kreis", internal_note=HIDDEN)
    active = make_organisation("Verein", status="active")
    gone = make_organisation(HIDDEN, status=Organisation.Status.HIDDEN)
    BodyMember.objects.create(body=body, organisation=active, role_de="Kasse")
    BodyMember.objects.create(body=body, organisation=gone)
    BodyMember.objects.create(body=body, name_de="Kitas", is_in_charge=True)
    BodyDocument.objects.create(body=body, title_de=HIDDEN, is_public=False)
    BodyDocument.objects.create(body=body, title_de="Ergebnis", dated="2026-10")
    make_body_date(body, TODAY, HIDDEN, is_public=False)

    response = client.get("/de/ziele/netzwerk/kreis/")

    shown = response.context["body"]
    assert [
        (one["name"].text, one["role"].text, one["is_in_charge"], one["url"])
        for one in shown.members
    ] == [
        ("Kitas", "", True, ""),
        ("Verein", "Kasse", False, f"/de/anbieter/{active.slug}/"),
    ]
    assert [(one["title"].text, one["dated"]) for one in shown.documents] == [
        ("Ergebnis", "Oktober 2026")
    ]
    assert (shown.coming, shown.past_count) == ([], 0)
    assert HIDDEN not in response.content.decode()


def test_drafts_and_internal_bodies_have_no_page(client):
    for state in (Publication.DRAFT, Publication.INTERNAL):
        make_body(slug=state, state=state)

    found = [
        client.get(f"/de/ziele/netzwerk/{state}/{rest}").status_code
        for state in ("draft", "internal")
        for rest in ("", "termine.ics")
    ]

    assert found == [404] * 4


def test_a_name_is_shown_while_its_consent_lasts(client, clock_at):
    role = make_organisation_role(
        make_organisation("Amt"),
        "Koordination",
        person_name="Petra Beispiel",
        name_consent_on=TODAY,
        name_shown_until=TODAY,
    )
    make_body(slug="kreis", role=role)

    with_name = client.get("/de/ziele/netzwerk/kreis/").context["body"].role
    with clock_at(at(TODAY + timedelta(1), time(10))):
        without = client.get("/de/ziele/netzwerk/kreis/").context["body"].role

    assert (with_name["name"], without["name"]) == ("Petra Beispiel", "")
    assert without["title"].text == "Koordination"


def test_without_a_role_who_is_in_charge_is_asked_else_the_bildungsbuero(
    client, settings
):
    settings.CARE_MAILBOX = "bildungsbuero@herne.de"
    led, alone = make_body(slug="geleitet"), make_body(slug="allein")
    guest = make_organisation("Gast", phone="02323 1")
    leader = make_organisation("Leitung", phone="02323 2")
    BodyMember.objects.create(body=led, organisation=guest)
    BodyMember.objects.create(body=led, organisation=leader, is_in_charge=True)

    asked = [
        client.get(f"/de/ziele/netzwerk/{body.slug}/").context["body"].to_ask
        for body in (led, alone)
    ]

    assert [(one["name"].text, one.get("phone"), one["email"]) for one in asked] == [
        ("Leitung", "02323 2", ""),
        ("Bildungsbüro", None, "bildungsbuero@herne.de"),
    ]


def test_the_page_of_an_organisation_names_its_bodies(client):
    verein = make_organisation("Verein", slug="verein")
    for state in ("published", "draft"):
        body = make_body(f"Kreis {state}", state=state, slug=state)
        BodyMember.objects.create(body=body, organisation=verein)
    make_body(slug="eigene", organisation=verein)

    shown = client.get("/de/anbieter/verein/").context["provider"]

    assert [(one["name"].text, one["url"]) for one in shown.bodies] == [
        ("Kreis published", "/de/ziele/netzwerk/published/")
    ]
    assert shown.body_url == "/de/ziele/netzwerk/eigene/"


def test_past_dates_have_pages_the_latest_first(client):
    body = make_body(slug="kreis")
    for days in range(1, 23):
        make_body_date(body, TODAY - timedelta(days), f"Vor {days}")

    shown = client.get("/de/ziele/netzwerk/kreis/?page=2").context["body"]

    assert [one["title"].text for one in shown.past] == ["Vor 21", "Vor 22"]
    assert shown.past_count == 22


def test_a_date_says_place_time_and_that_it_is_cancelled(client):
    body = make_body(slug="kreis")
    make_body_date(
        body,
        TODAY,
        starts_at=time(14),
        ends_at=time(16, 30),
        venue="Saal 1",
        place=make_place("Rathaus", street="Weg 2", postal_code="44623"),
        is_cancelled=True,
    )

    response = client.get("/en/ziele/netzwerk/kreis/")

    [shown] = response.context["body"].coming
    assert (shown["when"], shown["where"]) == (
        "Tuesday, November 24, 2026, 14:00–16:30",
        "Saal 1, Rathaus, Weg 2, 44623 Herne",
    )
    assert "cancelled" in response.content.decode()


def test_goals_papers_and_mandates_of_its_organisation(client):
    organisation = make_organisation("Ausschuss")
    make_body(slug="ausschuss", organisation=organisation)
    goal = make_goal("Lesen", organisation=organisation)
    make_goal(HIDDEN, organisation=organisation, state="draft")
    hidden = make_period(2018, state="internal")
    make_goal(HIDDEN, organisation=organisation, period=hidden)
    paper = make_paper("Ziele", year=2022, number="1106")
    secret = make_paper(HIDDEN, state="internal")
    make_mandate("Berichten", paper=paper, organisation=organisation)
    make_mandate(HIDDEN, paper=secret, organisation=organisation)
    for one in (paper, secret):
        Consultation.objects.create(
            paper=one, committee="A", organisation=organisation, day="2022-11-17"
        )

    response = client.get("/en/ziele/netzwerk/ausschuss/")

    linked = response.context["body"].linked
    assert [one["title"].text for one in linked["goals"]] == [goal.title_de]
    assert [(one["title"].text, one["note"]) for one in linked["mandates"]] == [
        ("Berichten", "2022/1106")
    ]
    assert [
        (one["title"].text, one["day"], one["result"].text)
        for one in linked["consultations"]
    ] == [("Ziele", "November 17, 2022", "")]
    assert "not known" in response.content.decode()
    assert HIDDEN not in response.content.decode()


def test_conferences_stand_with_the_body_that_holds_them(client):
    make_conference("8. Bildungskonferenz", day=date(2017, 11, 23))
    make_conference(HIDDEN, state="draft")
    make_body(slug="konferenz", holds_conferences=True)
    make_body(slug="anderer")

    holding, other = (
        client.get(f"/de/ziele/netzwerk/{slug}/").context["body"].linked["conferences"]
        for slug in ("konferenz", "anderer")
    )

    assert [(one["title"].text, one["note"]) for one in holding] == [
        ("8. Bildungskonferenz", "23. November 2017")
    ]
    assert other == []


def test_texts_without_translation_say_their_language(client):
    make_body("Kreis", slug="kreis", task_ar="مهمة")

    page = parse(client.get("/ar/ziele/netzwerk/kreis/").content.decode())

    assert (page.lang, page.dir) == ("ar", "rtl")
    assert page.skipped_levels == []


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_body(client, django_assert_num_queries, number):
    body = make_whole_body(slug="kreis", organisation=make_organisation("Amt"))
    for _ in range(number):
        BodyMember.objects.create(body=body, organisation=make_organisation())
        make_goal(organisation=body.organisation)
        make_mandate(organisation=body.organisation)
        make_body_date(body, TODAY - timedelta(3))
        BodyDocument.objects.create(body=body, title_de="D", council_paper=make_paper())
    client.get("/de/impressum/")

    with django_assert_num_queries(11):
        client.get("/de/ziele/netzwerk/kreis/")
