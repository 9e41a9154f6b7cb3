"""The slip to take along: what stands on it, in one language or two."""

from datetime import date, time, timedelta

import pytest

from counselling.models import CounsellingOffice, OfficeConcern
from counselling.slip import first_day_with_interpreter
from counselling.tests.factories import make_concern, make_office, make_role
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.lib.clock import at
from herne_bildung.tests.document import parse

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
TUESDAY = at(date(2026, 11, 24), time(10))


@pytest.fixture
def office() -> CounsellingOffice:
    """With a role for a change of school, known hours, and a Turkish name."""
    office = make_office(
        "Schulberatung",
        slug="schulberatung",
        name_tr="Okul danışmanlığı",
        hours=[(1, "09:00", "12:00"), (1, "14:00", "16:00")],
        phone="02323 1",
        what_to_bring_de="Zeugnis\nAusweis",
        what_to_bring_tr="Karne\nKimlik",
        has_interpreting=True,
        interpreting_days=3,
        place=make_place("Haus", street="Weg 1", postal_code="44623"),
    )
    concern = make_concern("Schule wechseln", key="schulwechsel")
    OfficeConcern.objects.create(office=office, concern=concern)
    role = make_role(
        office,
        "Schulwechsel",
        phone="02323 2",
        person_name="A. Muster",
        name_consent_on=date(2026, 1, 1),
        name_shown_until=date(2026, 11, 24),
    )
    role.concerns.add(concern)
    return office


def halves(response) -> list:
    return response.context["slip"].halves


def test_slip_says_what_one_needs(client, clock_at, office):
    with clock_at(TUESDAY):
        response = client.get("/en/beratung/schulberatung/zettel/?concern=schulwechsel")

    [half] = halves(response)
    assert (
        (half.role["title"].text, half.role["name"]),
        half.concern.text,
        half.reached["phone"],
        half.address_lines,
        half.what_to_bring.text,
        half.interpreting,
        half.to_ask,
    ) == (
        ("Schulwechsel", "A. Muster"),
        "Schule wechseln",
        "02323 2",
        ["Haus", "Weg 1", "44623 Herne"],
        "Zeugnis\nAusweis",
        "not before Friday, November 27, 2026, if you ask today",
        None,
    )
    assert half.next_opening == (
        "Tuesday, November 24, 2026: \u206609:00–12:00\u2069, \u206614:00–16:00\u2069"
    )
    assert half.address.endswith("/en/beratung/schulberatung/")
    assert 'lang="de" dir="ltr">Schule wechseln</dd>' in response.text
    assert response.text.count("<svg viewBox=") == 1
    assert response.cookies == {}


def test_hours_that_are_over_are_left_out_and_a_name_ends(client, clock_at, office):
    with clock_at(TUESDAY + timedelta(hours=3)):
        [later] = halves(client.get("/en/beratung/schulberatung/zettel/"))
    with clock_at(TUESDAY + timedelta(days=1)):
        address = "/en/beratung/schulberatung/zettel/?concern=schulwechsel"
        [tomorrow] = halves(client.get(address))

    opens = "Tuesday, November 24, 2026: \u206614:00–16:00\u2069"
    assert later.next_opening == opens
    assert later.role["title"].text == "Auskunft"
    assert tomorrow.role["name"] == ""


def test_two_languages_stand_side_by_side_each_in_its_own(client, clock_at, office):
    with clock_at(TUESDAY):
        response = client.get("/de/beratung/schulberatung/zettel/?with=ar")
        german, turkish = halves(
            client.get("/de/beratung/schulberatung/zettel/?with=tr")
        )

    first, second = response.text.split('<article class="slip__half"')[1:]
    assert first.startswith(' lang="de" dir="ltr"')
    assert second.startswith(' lang="ar" dir="rtl"')
    # What is not translated is German, and says so.
    assert '<h2 id="slip-ar" lang="de" dir="ltr">Schulberatung</h2>' in second
    assert '<h2 id="slip-de">Schulberatung</h2>' in first
    assert "Telefon" in first
    assert "Telefon" not in second.split("</article>")[0]
    assert (german.name.text, turkish.name.text, turkish.name.lang) == (
        "Schulberatung",
        "Okul danışmanlığı",
        "",
    )
    assert turkish.next_opening.startswith("24 Kasım 2026 Salı: ")
    assert [half.address.split("/")[-4] for half in (german, turkish)] == ["de", "tr"]


@pytest.mark.parametrize(
    "query",
    [
        "with=de",
        "with=xx&concern=gibt-es-nicht",
        'with=<b>&concern="><script>',
        "with=",
    ],
)
def test_parameters_that_name_nothing_change_nothing(client, office, query):
    response = client.get(f"/de/beratung/schulberatung/zettel/?{query}")

    page = response.context["slip"]
    assert (len(page.halves), page.concern_key, page.second) == (1, "", "")
    assert 'name="concern"' not in response.text
    assert parse(response.text).repeated_ids == []


def test_who_cannot_be_reached_sends_to_the_general_office(client):
    make_office("Bildungsbüro", is_general=True, email="buero@example.org")
    make_office("Ohne alles", slug="ohne")
    known = make_organisation("Träger", phone="02323 3")
    make_office("Mit Träger", slug="mit", organisation=known)

    response = client.get("/de/beratung/ohne/zettel/")
    [mit] = halves(client.get("/de/beratung/mit/zettel/"))

    assert halves(response)[0].to_ask["email"] == "buero@example.org"
    assert "mailto:buero@example.org" in response.text
    assert (mit.reached["phone"], mit.to_ask) == ("02323 3", None)


def test_samples_say_so_and_history_has_no_slip(client):
    sample = make_office(is_sample=True)
    planned = make_office(state=CounsellingOffice.State.PLANNED)
    draft = make_office(state=CounsellingOffice.State.DRAFT)

    said = client.get(f"/en/beratung/{sample.slug}/zettel/").text

    assert "This office is made up." in said
    assert [
        client.get(f"/de/beratung/{one.slug}/zettel/").status_code
        for one in (planned, draft)
    ] == [404, 404]
    assert "zettel" not in client.get(f"/de/beratung/{planned.slug}/").text


def test_kept_until_it_reads_otherwise(client, clock_at, office):
    with clock_at(TUESDAY + timedelta(hours=1, minutes=58)):
        response = client.get("/de/beratung/schulberatung/zettel/?with=tr")

    seconds = int(response.headers["Cache-Control"].removeprefix("public, max-age="))
    assert 110 < seconds <= 120


def test_the_way_there_keeps_the_concern(client, office):
    page = client.get("/de/beratung/schulberatung/")

    assert 'href="/de/beratung/schulberatung/zettel/"' in page.text


@pytest.mark.parametrize(("query", "number"), [("", 9), ("?with=tr", 10)])
@pytest.mark.parametrize("roles", [1, 3])
def test_queries(client, django_assert_num_queries, office, query, number, roles):
    for _ in range(roles - 1):
        make_role(office)
    client.get("/de/impressum/")

    with django_assert_num_queries(number):
        client.get(f"/de/beratung/schulberatung/zettel/{query}")


@pytest.mark.parametrize(
    ("today", "days", "first"),
    [
        (date(2026, 11, 24), 3, date(2026, 11, 27)),
        (date(2026, 11, 24), 5, date(2026, 11, 30)),  # a Sunday
        (date(2026, 12, 22), 3, date(2026, 12, 28)),  # two holidays; a Sunday
        (date(2026, 12, 22), 4, date(2026, 12, 28)),
    ],
)
def test_no_interpreter_on_sundays_and_holidays(today, days, first):
    assert first_day_with_interpreter(today, days) == first
