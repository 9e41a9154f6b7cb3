"""What the lists and the start of the administration say is to be looked after."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from goals.actions import set_status
from goals.models import Progress
from goals.tests.administration import signed_in
from goals.tests.factories import (
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_organisation_role,
    make_paper,
    make_period,
)
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.lib import clock
from herne_bildung.portal.start_page import start_page

pytestmark = pytest.mark.django_db
MEASURES = "/verwaltung/goals/measure/"
GOALS = "/verwaltung/goals/goal/"
MANDATES = "/verwaltung/goals/mandate/"


@pytest.fixture
def office(client):
    return signed_in(client, OFFICE)


@pytest.fixture
def yesterday() -> date:
    return clock.today() - timedelta(days=1)


def listed(client, address: str) -> list[str]:
    return sorted(map(str, client.get(address).context["cl"].result_list))


def finished(measure):
    set_status(measure=measure, status="done", reason="Ja.", on=clock.today(), by=None)
    return measure


def closed_goal():
    return make_goal(
        period=make_period(2013, is_closed=True), short_de="", success_criterion_de=""
    )


def test_measures_to_look_after(client, office, yesterday):
    goal, role = make_goal(), make_organisation_role(make_organisation())
    year = clock.today().year
    history = make_measure("Geschichte", goal=closed_goal(), planned_end=yesterday)
    make_milestone(history, due_on=yesterday)
    for title, values in (
        ("Spät", {"planned_end": yesterday, "role": role}),
        ("Heute", {"planned_end": clock.today(), "role": role}),
        ("Niemand", {}),
    ):
        measure = make_measure(title, goal=goal, **values)
        Progress.objects.create(measure=measure, year=year, text_de="Etwas.")
    late = make_measure("Meilenstein", goal=goal, role=role)
    make_milestone(late, due_on=yesterday)
    finished(make_measure("Fertig", goal=goal, planned_end=yesterday))

    found = {
        value: listed(client, f"{MEASURES}?care={value}")
        for value in ("overdue", "milestones", "no-progress", "nobody", "quatsch")
    }

    assert found == {
        "overdue": ["Spät"],
        "milestones": ["Meilenstein"],
        "no-progress": ["Meilenstein"],
        "nobody": ["Niemand"],
        "quatsch": sorted(
            ["Fertig", "Geschichte", "Heute", "Meilenstein", "Niemand", "Spät"]
        ),
    }


def test_goals_to_look_after(client, office):
    closed_goal()
    make_goal("Ohne", number=1, short_de="")
    make_goal(
        "Mit",
        number=2,
        success_criterion_de="Ja.",
        organisation=make_organisation(),
    )

    for value in ("no-criterion", "no-short", "nobody"):
        assert listed(client, f"{GOALS}?care={value}") == ["1. Ohne (2023–2027)"]


def test_mandates_to_look_after(client, office, yesterday):
    old = make_paper()
    make_period(2013, is_closed=True, paper=old)
    make_mandate("Spät", due_on=yesterday)
    make_mandate("Fertig", due_on=yesterday, status="done")
    make_mandate("Geschichte", due_on=yesterday, paper=old)
    make_mandate("Gelöscht", due_on=yesterday, paper=make_paper(oparl_deleted=True))

    assert listed(client, f"{MANDATES}?care=overdue") == ["Spät"]


def test_the_start_counts_what_its_tiles_lead_to(client, office, yesterday):
    measure = make_measure(planned_end=yesterday)
    make_milestone(measure, due_on=yesterday)
    make_mandate(due_on=yesterday)

    with override("en"):
        tiles = {tile.name: tile for tile in start_page(office).tiles}

    ours = [
        "Overdue measures",
        "Overdue milestones",
        "Overdue mandates of the council",
        "Goals without success criterion",
    ]
    assert [tiles[name].number for name in ours] == ["1", "1", "1", "1"]
    assert [len(listed(client, tiles[name].address)) for name in ours] == [1, 1, 1, 1]
