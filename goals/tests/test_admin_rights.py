"""Who reads and who writes action goals in the administration."""

import pytest
from django.urls import reverse

from goals.models import Goal, Measure
from goals.tests.administration import form_of, sent, signed_in
from goals.tests.factories import make_goal, make_measure, make_period
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_membership, make_organisation
from herne_bildung.city.versions import note

pytestmark = pytest.mark.django_db
GOALS = "/verwaltung/goals/goal/"
STATES = ("draft", "internal", "published")
NOTE = "Nur unter uns."


def listed(client, address: str = GOALS) -> list[str]:
    return sorted(one.title_de for one in client.get(address).context["cl"].result_list)


@pytest.fixture
def organisation():
    return make_organisation("Eigene")


@pytest.fixture
def goals(organisation):
    """One of each state for an organisation, one for nobody."""
    make_goal("niemandes", internal_note=NOTE)
    return {
        state: make_goal(
            state, state=state, organisation=organisation, internal_note=NOTE
        )
        for state in STATES
    }


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (LEADS, ["draft", "internal", "niemandes", "published"]),
        (OFFICE, ["draft", "internal", "niemandes", "published"]),
        (ADVISERS, ["internal", "niemandes", "published"]),
        (TRANSLATORS, ["internal", "niemandes", "published"]),
        (PROVIDERS, ["published"]),
    ],
)
def test_everyone_gets_the_goals_that_are_for_them(
    client, goals, organisation, group, expected
):
    user = signed_in(client, group, translates=["tr"])
    if group == PROVIDERS:
        make_membership(user, organisation)

    assert listed(client) == expected
    answers = {
        state: client.get(form_of(goal)).status_code for state, goal in goals.items()
    }
    assert answers == {state: 200 if state in expected else 302 for state in STATES}


@pytest.mark.parametrize(
    ("group", "shows_note"),
    [(OFFICE, True), (ADVISERS, True), (TRANSLATORS, False), (PROVIDERS, False)],
)
def test_notes_of_staff_are_for_those_who_read_notes(
    client, goals, organisation, group, shows_note
):
    user = signed_in(client, group, translates=["tr"])
    if group == PROVIDERS:
        make_membership(user, organisation)

    page = client.get(form_of(goals["published"])).text

    assert (NOTE in page) is shows_note


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS])
def test_readers_change_nothing(client, goals, organisation, group):
    user = signed_in(client, group)
    if group == PROVIDERS:
        make_membership(user, organisation)
    goal = goals["published"]

    answers = [
        client.post(form_of(goal), {"title_de": "Anders"}).status_code,
        client.get(f"{GOALS}add/").status_code,
        client.get(reverse("admin:goals_goal_delete", args=[goal.pk])).status_code,
    ]

    goal.refresh_from_db()
    assert (answers, goal.title_de) == ([403, 403, 403], "published")


def test_a_translator_of_the_organisation_writes_translations_only(
    client, goals, organisation
):
    user = signed_in(client, TRANSLATORS, translates=["tr"])
    make_membership(user, organisation)
    goal = goals["published"]
    page = client.get(form_of(goal))

    assert sorted(page.context["adminform"].form.fields) == [
        "short_tr",
        "success_criterion_tr",
        "title_tr",
    ]
    client.post(form_of(goal), sent(page, title_tr="Hedef", title_de="Anders"))

    goal.refresh_from_db()
    assert (goal.title_tr, goal.title_de) == ("Hedef", "published")


def test_editors_propose_what_leads_publish(client):
    goal = make_goal("Neu", state="internal")
    signed_in(client, OFFICE)
    client.post(form_of(goal), sent(client.get(form_of(goal)), state="published"))

    goal.refresh_from_db()
    waiting = WaitingVersion.objects.get()
    assert (goal.state, waiting.object_id) == ("internal", goal.pk)

    signed_in(client, LEADS)
    client.post(form_of(goal), sent(client.get(form_of(goal)), state="published"))

    goal.refresh_from_db()
    assert goal.state == "published"


def test_editors_correct_what_is_public_at_once(client):
    goal = make_goal("Alt")
    signed_in(client, OFFICE)

    client.post(form_of(goal), sent(client.get(form_of(goal)), title_de="Neu"))

    goal.refresh_from_db()
    assert (goal.title_de, WaitingVersion.objects.count()) == ("Neu", 0)


def test_people_of_an_organisation_read_only_public_versions(
    client, goals, organisation
):
    goal = goals["published"]
    make_membership(signed_in(client, PROVIDERS), organisation)
    for state, title in (("draft", "Geheim"), ("published", "Offen")):
        Goal.objects.filter(pk=goal.pk).update(state=state, title_de=title)
        note(goal, by=None, how=EntryVersion.How.LOGIN)
    address = reverse("admin:goals_goal_history", args=[goal.pk])

    lines = client.get(address).context["lines"]

    assert [line.version.number for line in lines] == [2]


def test_a_measure_of_a_hidden_goal_is_hidden_from_its_organisation(
    client, organisation
):
    period = make_period()
    shown = make_measure("Da", organisation=organisation)
    make_measure(
        "Weg",
        organisation=organisation,
        goal=make_goal(state="internal", period=period),
    )
    make_membership(signed_in(client, PROVIDERS), organisation)

    found = client.get("/verwaltung/goals/measure/").context["cl"].result_list

    assert list(found) == [shown]
    assert Measure.objects.count() == 2
