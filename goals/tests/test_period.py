"""The page of a period: numbers, charts, its measures filtered."""

from datetime import date

import pytest
from lxml import html

from goals.models import Measure, Progress, WorkArea
from goals.tests.factories import (
    make_goal,
    make_measure,
    make_note,
    make_organisation_role,
    make_period,
)
from herne_bildung.city.tests.factories import make_district, make_organisation
from herne_bildung.lib import clock, page_cache

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]
ADDRESS = "/de/ziele/2023-2027/"


def shown(client, query: str = "", address: str = ADDRESS) -> tuple[list, list]:
    """Titles of the measures that fit, and of those of which it is not known; never
    of a kept page.
    """
    page_cache.outdate()
    results = client.get(f"{address}{query}").context["results"]
    return tuple(
        [row["title"].text for row in rows] for rows in (results.sure, results.maybe)
    )


def make_area(name: str, key: str) -> WorkArea:
    return WorkArea.objects.create(name_de=name, key=key)


def test_measures_stand_in_the_order_of_their_goals(client):
    second, first = make_goal(number=72), make_goal(number=71)
    make_measure("Drittens", goal=second)
    make_measure("Zweitens", goal=first, order=2)
    make_measure("Erstens", goal=first, order=1)
    make_measure("Woanders", goal=make_goal(period=make_period(2013)))

    assert shown(client) == (["Erstens", "Zweitens", "Drittens"], [])


def test_filters_by_what_is_known_and_say_what_is_not(client):
    goal, area = make_goal(), make_area("Beratung", "beratung")
    school_office = make_organisation(slug="schulamt")
    role = make_organisation_role(make_organisation(slug="verein"))
    make_measure("Läuft", goal=goal, status="running", organisation=school_office)
    make_measure("Getan", goal=goal, status="done", work_area=area)
    make_measure("Unbekannt", goal=goal, role=role)

    found = {
        query: shown(client, query)
        for query in (
            "?status=running",
            "?status=unknown",
            "?status=running&status=done",
            "?organisation=schulamt",
            "?organisation=verein",
            "?work_area=beratung",
            "?without_responsible=yes",
            "?status=done&work_area=beratung",
        )
    }

    assert found == {
        "?status=running": (["Läuft"], ["Unbekannt"]),
        "?status=unknown": (["Unbekannt"], []),
        "?status=running&status=done": (["Läuft", "Getan"], ["Unbekannt"]),
        "?organisation=schulamt": (["Läuft"], ["Getan"]),
        "?organisation=verein": (["Unbekannt"], ["Getan"]),
        "?work_area=beratung": (["Getan"], ["Läuft", "Unbekannt"]),
        "?without_responsible=yes": (["Getan"], []),
        "?status=done&work_area=beratung": (["Getan"], ["Unbekannt"]),
    }


def test_filters_by_district(client):
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    goal = make_goal()
    make_measure("In Wanne", goal=goal).districts.add(wanne)
    make_measure("In Eickel", goal=goal).districts.add(eickel)
    make_measure("Irgendwo", goal=goal)

    assert shown(client, f"?district={wanne.key}") == (["In Wanne"], ["Irgendwo"])


def test_without_progress_this_year_is_asked_of_open_periods_only(client):
    year = clock.today().year
    goal = make_goal()
    reported = make_measure("Berichtet", goal=goal, status="running")
    Progress.objects.create(measure=reported, year=year, text_de="Viel")
    silent = make_measure("Still", goal=goal, status="running")
    Progress.objects.create(measure=silent, year=year - 1, text_de="Früher")
    make_measure("Fertig", goal=goal, status="done")
    closed = make_period(2013, is_closed=True)
    make_measure("Geschichte", goal=make_goal(period=closed))

    query = "?without_progress=yes"
    history = client.get(f"/de/ziele/2013-2017/{query}").context["results"]

    assert shown(client, query) == (["Still"], [])
    assert shown(client, query, "/de/ziele/2013-2017/") == (["Geschichte"], [])
    assert history.address_errors == [
        "Diese Auswahl kennen wir nicht: without_progress"
    ]
    assert [group["name"] for group in history.panel] == [
        "status",
        "organisation",
        "work_area",
        "district",
        "without_responsible",
    ]


def test_wrong_values_are_named_at_their_field_and_the_rest_works(client):
    make_measure("Da", goal=make_goal(), status="running")
    make_measure("Nicht da", goal=make_goal(), status="done")

    query = (
        "?status=running&status=&organisation=unsinn&work_area=%00&district=<b>"
        "&without_responsible=vielleicht&page=neun&x=1"
    )
    response = client.get(f"{ADDRESS}{query}")

    results = response.context["results"]
    assert shown(client, query) == (["Da"], [])
    assert results.errors == {
        "organisation": ["Diese Auswahl kennen wir nicht: unsinn"],
        "work_area": ["Diese Auswahl kennen wir nicht: \0"],
        "district": ["Diese Auswahl kennen wir nicht: <b>"],
        "without_responsible": ["Diese Auswahl kennen wir nicht: vielleicht"],
    }
    assert results.address_errors == ["Diese Auswahl kennen wir nicht: x"]
    page = html.fromstring(response.content.decode())
    [message] = page.xpath(
        "//details[@id='facet-district'][@open]//p[@id='district_error']"
    )
    assert " ".join(message.text_content().split()).endswith(": <b>")


def test_years_in_digits_of_another_script_are_no_second_address(client):
    make_goal()

    years = (ADDRESS, "/de/ziele/20\u0662\u0663-2027/")
    assert [client.get(one).status_code for one in years] == [200, 404]


def test_measures_have_pages(client):
    goal = make_goal()
    for number in range(21):
        make_measure(f"Maßnahme {number:02}", goal=goal, order=number)

    assert shown(client, "?page=2") == (["Maßnahme 20"], [])


def test_numbers_are_x_of_y_and_charts_stand_beside_tables(client):
    goal, area = make_goal(), make_area("Beratung", "beratung")
    for status in ("done", "done", "running", ""):
        make_measure(goal=goal, status=status)
    make_measure(goal=goal, work_area=area, status="planned")
    make_measure(goal=goal, state="draft", status="done")

    page = html.fromstring(client.get("/en/ziele/2023-2027/").content.decode())

    numbers = page.xpath("//section[@aria-labelledby='known']//li")
    assert [" ".join(one.text_content().split()) for one in numbers] == [
        "1 goal",
        "1 of 5 measures: planned",
        "1 of 5 measures: running",
        "2 of 5 measures: done",
        "1 of 5 measures: not known",
    ]
    drawn = {
        chart.xpath("string(.//title)"): [
            " ".join(text.split()) for text in chart.xpath(".//svg//text/text()")
        ]
        for chart in page.xpath("//div[@class='chart']")
    }
    tables = {
        chart.xpath("string(.//caption)"): chart.xpath(".//tbody//th/text()")
        for chart in page.xpath("//div[@class='chart']")
    }
    assert drawn == {
        "Measures by status": [
            *("planned", "1", "running", "1", "done", "2", "not known", "1")
        ],
        "Measures by work area": ["Beratung", "1", "not known", "4"],
    }
    assert tables == {
        "Measures by status": ["planned", "running", "done", "not known"],
        "Measures by work area": ["not known"],
    }
    assert "%" not in page.xpath("string(//main)")


def test_where_no_work_area_is_known_the_page_says_so_and_draws_nothing(client):
    make_measure(goal=make_goal())

    page = html.fromstring(client.get("/en/ziele/2023-2027/").content.decode())

    text = " ".join(page.xpath("string(//main)").split())
    assert page.xpath("//div[@class='chart']") == []
    assert "The work area of these measures is not in our documents" in text
    assert "1 measure: how far they are is not known" in text


def test_hidden_measures_count_nowhere(client):
    goal = make_goal()
    make_measure("Sichtbar", goal=goal)
    make_measure("Entwurf", goal=goal, state="draft")
    make_measure("Intern", goal=goal, state="internal")
    make_note(goal=goal, moderation="waiting")

    response = client.get(ADDRESS)

    assert shown(client) == (["Sichtbar"], [])
    assert Measure.objects.count() == 3
    period = response.context["period"]
    assert (period.measure_count, period.open_notes) == (1, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_a_period(client, django_assert_num_queries, number):
    for _ in range(number):
        goal = make_goal()
        role = make_organisation_role(make_organisation())
        measure = make_measure(
            goal=goal,
            role=role,
            organisation=make_organisation(),
            planned_end=date(2027, 1, 1),
        )
        measure.districts.add(make_district())
        Progress.objects.create(measure=measure, year=2026, text_de="Viel")
        make_note(goal=goal)
    client.get("/de/impressum/")

    with django_assert_num_queries(13):
        client.get(f"{ADDRESS}?status=unknown&organisation=unknown")
