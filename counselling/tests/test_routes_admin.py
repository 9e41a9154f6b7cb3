"""Staff edit routes, see what readers would stumble over, and look before saving."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from counselling.models import RouteNode, RouteStep
from counselling.routes.graph import faults, graph_of
from counselling.tests.routes import (
    make_date,
    make_node,
    make_nodes,
    make_result,
    make_route,
    make_step,
)
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.administration import signed_in
from herne_bildung.lib.languages import LANGUAGES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh")]


def node_fields(node: RouteNode, **changed) -> dict[str, object]:
    """What the form of a station sends."""
    fields = {
        "order": node.order,
        "kind": node.kind,
        "is_goal": "on" if node.is_goal else "",
        "is_published": "on",
        "school_forms": node.school_forms,
        "steps_on-TOTAL_FORMS": 0,
        "steps_on-INITIAL_FORMS": 0,
    }
    for language in LANGUAGES:
        for name in ("title", "text", "needs", "leads_to"):
            column = f"{name}_{language.column}"
            fields[column] = getattr(node, column) or ""
    return fields | changed


def change(node: RouteNode) -> str:
    return reverse("admin:counselling_routenode_change", args=[node.pk])


def test_faults_of_a_route_are_told():
    route, other = make_route("weg"), make_route("anderer")
    start, goal = make_nodes(route, "start", "ziel")
    dead, alone = (
        make_node(route, "sackgasse"),
        make_node(route, "allein", is_goal=True),
    )
    strange = make_result(other, "fremd")
    make_step(start, goal, strange)
    make_step(start, dead)
    make_step(start, make_node(other, "draussen"))

    with override("en"):
        found = faults(graph_of(route))

    assert found == [
        "Dead end: nothing follows “Sackgasse”, and it is no goal.",
        f"No way leads to “{alone}”.",
        "This step leads into another route, and is not shown: Start → Draussen",
        "“Start → Ziel” needs a result that the route does not offer: FREMD",
    ]


def test_a_route_without_starting_point_is_told():
    route = make_route()
    make_node(route, "mitte", is_goal=True)

    with override("en"):
        found = faults(graph_of(route))

    assert found[0] == "The route has no station of the kind “starting point”."


@pytest.mark.parametrize("groups", [(OFFICE,), (LEADS,)])
def test_staff_see_stations_and_faults_of_a_route(client, groups):
    signed_in(client, *groups)
    route = make_route()
    start, goal = make_nodes(route, "start", "ziel")
    make_step(start, goal)
    make_node(route, "versteckt", is_published=False)

    page = client.get(reverse("admin:counselling_route_change", args=[route.pk]))

    assert page.status_code == 200
    assert page.context["faults"] == []
    assert [node.key for node in page.context["stations"]] == [
        "start",
        "versteckt",
        "ziel",
    ]
    assert change(goal) in page.text


def test_providers_have_no_routes(client):
    signed_in(client, PROVIDERS)
    node = make_node(make_route())

    answers = [
        client.get(reverse(f"admin:counselling_{name}_changelist")).status_code
        for name in ("route", "routenode", "routeresult")
    ]

    assert [*answers, client.get(change(node)).status_code] == [403] * 4


def test_a_station_is_saved_with_a_step_within_its_route(client):
    signed_in(client, OFFICE)
    route = make_route()
    start, goal = make_nodes(route, "start", "ziel")
    result = make_result(route, "esa")
    outside = make_node(make_route(), "draussen")
    rows = {"steps_on-TOTAL_FORMS": 1, "steps_on-0-order": 1}

    refused = client.post(
        change(start), node_fields(start, **rows, **{"steps_on-0-end": outside.pk})
    )
    saved = client.post(
        change(start),
        node_fields(
            start,
            title_de="Klasse 9",
            school_forms=["realschule"],
            **rows,
            **{"steps_on-0-end": goal.pk, "steps_on-0-results": [result.pk]},
        ),
    )
    start.refresh_from_db()

    assert (refused.status_code, saved.status_code) == (200, 302)
    assert (start.title_de, start.school_forms) == ("Klasse 9", ["realschule"])
    steps = RouteStep.objects.all()
    assert [(one.start, one.end, [*one.results.all()]) for one in steps] == [
        (start, goal, [result])
    ]


def test_a_preview_shows_the_page_and_saves_nothing(client):
    signed_in(client, OFFICE)
    route = make_route()
    start, goal = make_nodes(route, "start", "ziel")
    make_step(start, goal)

    page = client.post(
        change(start), node_fields(start, title_de="Neuer Titel", _preview="de")
    )
    start.refresh_from_db()

    assert "Neuer Titel" in page.context["page_html"]
    assert start.title_de == "Start"


def test_dates_are_edited_with_their_route(client):
    signed_in(client, OFFICE)
    route = make_route()
    make_date(route, "Anmeldung")

    page = client.get(reverse("admin:counselling_route_change", args=[route.pk]))

    formset = page.context["inline_admin_formsets"][0].formset
    assert [form.instance.title_de for form in formset.forms] == ["Anmeldung"]
