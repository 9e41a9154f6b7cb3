"""The page of a route: what is possible next, the picture, the list, dates."""

import re
from datetime import date, datetime, timedelta

import pytest

from counselling.models import Route
from counselling.tests.factories import make_concern, make_office
from counselling.tests.routes import (
    later,
    make_date,
    make_node,
    make_nodes,
    make_result,
    make_route,
    make_step,
    possible,
)
from herne_bildung.city.models import School
from herne_bildung.city.tests.factories import make_school
from herne_bildung.lib import clock
from herne_bildung.tests.hostile import VALUES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


@pytest.fixture
def route() -> Route:
    """From one starting point to a school for everybody and to one with a result."""
    route = make_route("weg")
    start, school, college, goal = make_nodes(route, "start", "alle", "mit", "ziel")
    certificate = make_result(route, "abschluss")
    make_result(route, "anderer")
    make_step(start, school)
    make_step(start, college, certificate)
    make_step(school, goal)
    make_step(college, goal)
    return route


@pytest.mark.parametrize(
    ("query", "now", "then"),
    [
        ("", ["alle", "mit"], []),
        ("?result=abschluss", ["alle", "mit"], []),
        ("?result=anderer", ["alle"], ["mit"]),
        ("?start=mit", ["ziel"], []),
        ("?start=alle&result=anderer", ["ziel"], []),
    ],
)
def test_what_is_possible_next(client, route, query, now, then):
    response = client.get(f"/de/wege/weg/{query}")

    assert (possible(response), later(response)) == (now, then)


def test_unknown_values_are_told_at_the_field(client, route):
    page = client.get("/de/wege/weg/", {"start": "fort", "result": "nichts"})

    errors = page.context["route"].errors
    assert list(errors) == ["result", "start"]
    assert all(len(texts) == 1 and texts[0] in page.text for texts in errors.values())
    assert page.text.count('aria-invalid="true"') == 2
    assert possible(page) == ["alle", "mit"]


def test_whatever_is_sent_is_answered(client, route):
    """Each tenth of what scanners send."""
    answers = {}
    for value in VALUES[::10]:
        page = client.get("/de/wege/weg/", {"start": value, "result": value})
        answers[value] = page.status_code, len(page.context["route"].errors)

    assert answers == {
        value: (200, 2 if value.strip() else 0) for value in VALUES[::10]
    }


def test_a_goal_is_no_starting_point(client, route):
    response = client.get("/de/wege/weg/?start=ziel")

    choices = [choice.value for choice in response.context["route"].starts]
    assert choices == ["start", "alle", "mit"]
    assert list(response.context["route"].errors) == ["start"]


def test_picture_and_list_say_the_same(client, route):
    page = client.get("/de/wege/weg/").text

    picture, _, listed = page.partition("</svg>")
    drawn = re.findall(r'data-from="(.+?)" data-to="(.+?)"', picture)
    stations = re.split(r'<li id="station-', listed)[1:]
    in_words = [
        (station.split('"')[0], end)
        for station in stations
        for end in re.findall(r'href="#station-(.+?)"', station)
    ]
    assert sorted(in_words) == sorted(drawn)
    assert [one.split('"')[0] for one in stations] == re.findall(
        r'data-station="(.+?)"', picture
    )
    assert drawn == [
        ("start", "alle"),
        ("start", "mit"),
        ("alle", "ziel"),
        ("mit", "ziel"),
    ]


def test_hidden_stations_and_routes_are_not_shown(client, route):
    route.nodes.filter(key="mit").update(is_published=False)
    make_route("entwurf", is_published=False)

    shown = client.get("/de/wege/weg/")

    assert possible(shown) == ["alle"]
    assert "station-mit" not in shown.text
    assert client.get("/de/wege/entwurf/").status_code == 404
    assert [one["slug"] for one in client.get("/de/wege/").context["routes"]] == ["weg"]


def test_schools_come_from_the_official_list(client, route):
    route.nodes.filter(key="alle").update(school_forms=["realschule", "gymnasium"])
    make_school("Nordschule", form=School.Form.REAL, slug="nord")
    make_school("Alte Schule", form=School.Form.REAL, vanished_on=date(2025, 7, 31))
    make_school("Gesamtschule", form=School.Form.COMPREHENSIVE)

    page = client.get("/de/wege/weg/")
    schools = page.context["route"].possible[0][1].schools

    assert (schools.number, schools.url) == (
        1,
        "/de/schulen/?form=realschule&form=gymnasium",
    )
    assert [(str(one["text"]), one["url"]) for one in schools.links] == [
        ("Nordschule", "/de/schulen/nord/")
    ]
    assert 'href="/de/schulen/nord/"' in page.text


def test_offices_of_the_concern_advise_else_the_general_one(client, route):
    change, start = make_concern(key="schulwechsel"), make_concern(key="start")
    make_office("Allgemein", is_general=True)
    make_office("Zweite", also=[change])
    make_office("Erste", concerns=[change])
    make_office("Beispiel", concerns=[change], is_sample=True)
    make_office("Geplant", concerns=[change], state="planned")
    route.nodes.get(key="alle").concerns.add(change)
    route.nodes.get(key="mit").concerns.add(start)

    stations = client.get("/de/wege/weg/").context["route"].possible
    advisers = [station.advisers for _, station in stations]

    assert [
        ([str(one["text"]) for one in found.links], found.is_general, found.url)
        for found in advisers
    ] == [
        (["Erste", "Zweite"], False, "/de/beratung/?concern=schulwechsel"),
        (["Allgemein"], True, "/de/beratung/?concern=start"),
    ]


def test_dates_vanish_when_they_are_past(client, route, clock_at):
    node = route.nodes.get(key="alle")
    make_date(route, "Anmeldung", node=node, first_day=date(2027, 2, 1))
    make_date(
        route, "Schulen sehen", first_day=date(2027, 1, 9), last_day=date(2027, 1, 20)
    )
    seen = []

    for day in (date(2027, 1, 20), date(2027, 1, 21), date(2027, 2, 2)):
        with clock_at(datetime(day.year, day.month, day.day, 12, tzinfo=clock.BERLIN)):
            page = client.get("/de/wege/weg/")
        shown = page.context["route"]
        seen.append(
            (
                [one["title"].text for one in shown.dates],
                [one["title"].text for one in shown.possible[0][1].dates],
                shown.has_dates,
            )
        )

    assert seen == [
        (["Schulen sehen"], ["Anmeldung"], True),
        ([], ["Anmeldung"], True),
        ([], [], False),
    ]


def test_a_kept_page_ends_at_midnight(client, route, clock_at):
    make_date(route)

    with clock_at(datetime(2026, 11, 22, 23, 59, tzinfo=clock.BERLIN)):
        age = client.get("/de/wege/weg/").headers["Cache-Control"]

    assert 55 <= int(age.removeprefix("public, max-age=")) <= 60


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow_with_the_stations(
    client, django_assert_num_queries, number
):
    route = make_route("weg")
    concern = make_concern()
    start = make_node(route, "start", kind="start")
    certificate = make_result(route, "abschluss")
    for _ in range(number):
        node = make_node(route, is_goal=True, school_forms=["realschule"])
        node.concerns.add(concern)
        make_step(start, node, certificate)
        make_office(concerns=[concern])
        make_school(form=School.Form.REAL)
        make_date(route, node=node)

    with django_assert_num_queries(10):
        page = client.get("/de/wege/weg/")

    assert len(possible(page)) == number


def test_texts_in_the_language_of_the_reader_else_in_german(client, route):
    node = route.nodes.get(key="alle")
    node.title_tr, node.title_de_simple = "Herkes için", "Für alle"
    node.save()

    shown = {
        language: client.get(f"/{language}/wege/weg/").context["route"].possible
        for language in ("tr", "de-simple", "ar")
    }
    titles = {
        language: (ways[0][1].title.text, ways[0][1].title.lang)
        for language, ways in shown.items()
    }

    assert titles == {
        "tr": ("Herkes için", ""),
        "de-simple": ("Für alle", ""),
        "ar": ("Alle", "de"),
    }


def test_a_route_without_steps_has_no_form(client):
    make_node(make_route("leer"), "allein")

    page = client.get("/de/wege/leer/")

    assert (page.status_code, page.context["route"].here) == (200, None)
    assert 'name="start"' not in page.text


def test_dates_of_today_are_still_shown(client, route):
    make_date(route, last_day=clock.today())
    make_date(
        route,
        "Vorbei",
        first_day=clock.today() - timedelta(days=3),
        last_day=clock.today() - timedelta(days=1),
    )

    dates = client.get("/de/wege/weg/").context["route"].dates

    assert [one["title"].text for one in dates] == ["Anmeldung"]
