"""The administration along the tree: ways up and down, order, what is missing."""

from datetime import date, timedelta

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override

from goals.actions import set_status
from goals.models import Goal, Measure
from goals.plain_words import remarks
from goals.tests.administration import form_of, said, sent, signed_in
from goals.tests.factories import (
    make_challenge,
    make_goal,
    make_measure,
    make_milestone,
    make_organisation_role,
    make_period,
)
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import Responsibility
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


MISSED = (
    "It is not said how one sees that the goal is reached.",
    "The goal in plain words is missing.",
    "Nobody is named who is responsible.",
)


@pytest.fixture
def office(client):
    return signed_in(client, OFFICE)


def rows_of(page, key: str) -> list[list[str]]:
    [branch] = [one for one in page.context["branches"] if one.key == key]
    return [[row.name, *row.cells] for row in branch.rows]


def test_the_way_up_is_on_every_page(client, office):
    measure = make_measure("Kurse", goal=make_goal("Lesen", number=3))
    goal, period = measure.goal, measure.goal.period

    trails = [
        [step.name for step in client.get(address).context["trail"]]
        for address in (
            form_of(period),
            form_of(goal),
            form_of(measure),
            f"/verwaltung/goals/measure/add/?goal={goal.pk}",
        )
    ]

    up = [said("periods").capitalize(), "2023–2027", "3. Lesen (2023–2027)"]
    assert trails == [up[:1], up[:2], up, up]


def test_a_period_shows_its_goals_and_what_they_miss(client, office):
    period = make_period()
    goal = make_goal("Lesen", number=1, period=period, success_criterion_de="Ja.")
    goal.organisation = make_organisation("Amt")
    goal.save()
    make_goal("Rechnen", number=2, period=period, state="draft", short_de="")
    set_status(
        measure=make_measure(goal=goal),
        status="done",
        reason="Fertig.",
        on=date(2026, 1, 1),
        by=None,
    )
    make_measure(goal=goal)
    make_challenge(goal=goal)

    page = client.get(form_of(period))

    measures, finished = said("measures"), said("finished")
    assert rows_of(page, "goals") == [
        ["1. Lesen", said("published"), f"2 {measures}, {finished}: 1", "Amt", ""],
        [
            "2. Rechnen",
            said("draft"),
            f"0 {measures}",
            said("not known"),
            " ".join(map(said, MISSED)),
        ],
    ]


def test_a_goal_shows_measures_with_their_next_date(client, office):
    goal, today = make_goal(), clock.today()
    late = make_measure("Spät", goal=goal, order=1, planned_end=date(2090, 1, 2))
    make_milestone(late, due_on=today - timedelta(days=1))
    make_milestone(late, due_on=date(2020, 1, 1), done_on=date(2020, 1, 1))
    make_measure("Bald", goal=goal, order=2, planned_end=date(2090, 3, 4))
    make_challenge("Kein Geld", goal=goal, status="open")

    page = client.get(form_of(goal))
    [measures, challenges] = page.context["branches"]

    assert [(row.name, row.cells[2], row.is_overdue) for row in measures.rows] == [
        (
            "Spät",
            said("%(day)s, overdue", day=f"{today - timedelta(days=1):%d.%m.%Y}"),
            True,
        ),
        ("Bald", "04.03.2090", False),
    ]
    assert [row.name for row in challenges.rows] == ["Kein Geld"]
    assert measures.add_path == f"/verwaltung/goals/measure/add/?goal={goal.pk}"


def test_what_is_closed_is_history(client, office):
    period = make_period(2013, is_closed=True)
    goal = make_goal(period=period, short_de="")
    make_measure(goal=goal, planned_end=date(2015, 1, 1))

    assert rows_of(client.get(form_of(period)), "goals")[0][-1] == ""
    assert rows_of(client.get(form_of(goal)), "measures")[0][3] == "–"
    assert client.get(form_of(goal)).context["missing"] == []


@pytest.mark.parametrize(
    ("number", "to", "expected"),
    [
        (1, "up", ["B", "A", "C"]),
        (1, "down", ["A", "C", "B"]),
        (0, "up", ["A", "B", "C"]),
        (2, "down", ["A", "B", "C"]),
        (1, "quer", ["A", "B", "C"]),
    ],
)
def test_measures_are_moved(client, office, number, to, expected):
    goal = make_goal()
    rows = [make_measure(title, goal=goal) for title in "ABC"]
    make_measure("Andere")
    address = reverse("admin:goals_measure_move", args=[rows[number].pk])

    answer = client.post(address, {"to": to})

    assert answer["Location"] == f"{form_of(goal)}#measures"
    assert [one.title_de for one in Measure.objects.filter(goal=goal)] == expected


def test_moving_is_for_the_office_and_never_by_a_link(client, office):
    measure = make_measure()
    address = reverse("admin:goals_measure_move", args=[measure.pk])

    assert client.get(address).status_code == 405
    signed_in(client, ADVISERS)
    assert client.post(address, {"to": "up"}).status_code == 403


def test_publishing_says_what_is_missing_and_does_not_hinder(client):
    goal = make_goal(state="draft", short_de="", success_criterion_de="")
    signed_in(client, LEADS)

    answer = client.post(
        form_of(goal), sent(client.get(form_of(goal)), state="published")
    )

    goal.refresh_from_db()
    found = [str(one) for one in get_messages(answer.wsgi_request)]
    assert goal.state == "published"
    assert found[:3] == list(map(said, MISSED))


def test_a_new_goal_gets_number_and_address(client, office):
    goal = make_goal("Vorher", number=4)
    page = client.get(f"/verwaltung/goals/goal/add/?period={goal.period_id}")
    values = sent(page, title_de="Lesen für alle")

    answer = client.post("/verwaltung/goals/goal/add/", values)

    found = Goal.objects.get(title_de="Lesen für alle")
    assert (found.number, found.slug) == (5, "lesen-fuer-alle")
    assert (found.state, found.period) == ("draft", goal.period)
    assert answer["Location"] == f"{form_of(goal.period)}#goals"


def test_no_goal_takes_the_address_of_the_evaluation(client, office):
    period = make_period()
    address = f"{reverse('admin:goals_goal_add')}?period={period.pk}"
    page = client.get(address)
    values = {"title_de": "Auswertung", "number": "1", "period": period.pk}

    refused = client.post(address, sent(page, **values, slug="auswertung"))
    client.post(address, sent(page, **values))

    assert len(refused.context["adminform"].form.errors) == 1
    assert [goal.slug for goal in Goal.objects.all()] == ["auswertung-2"]


def test_a_period_is_saved(client, office):
    period = make_period()

    client.post(form_of(period), sent(client.get(form_of(period)), about_de="Neu."))

    period.refresh_from_db()
    assert period.about_de == "Neu."


def test_a_new_status_is_given_in_the_form_of_the_measure(client, office):
    measure = make_measure()
    page = client.get(form_of(measure))
    values = sent(
        page, summary_de="Kurz.", new_status="running", status_reason="Begonnen."
    )

    client.post(form_of(measure), values)

    measure.refresh_from_db()
    [change] = measure.status_changes.all()
    assert (measure.status, measure.summary_de) == ("running", "Kurz.")
    assert (change.on, change.reason_de) == (clock.today(), "Begonnen.")
    latest = EntryVersion.objects.latest("number")
    assert (latest.number, latest.by, latest.comment) == (2, office, "Begonnen.")


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"new_status": "done"}, "status_reason"),
        ({"status_reason": "Fertig."}, "new_status"),
        (
            {"new_status": "done", "status_reason": "Ja.", "status_on": ""},
            "status_on",
        ),
    ],
)
def test_a_status_needs_reason_and_day(client, office, values, fault):
    measure = make_measure()

    page = client.post(form_of(measure), sent(client.get(form_of(measure)), **values))

    assert list(page.context["adminform"].form.errors) == [fault]
    assert measure.status_changes.count() == 0


def test_the_address_of_a_role_becomes_a_contact_to_invite(client, office):
    organisation = make_organisation()
    role = make_organisation_role(organisation)
    page = client.get(form_of(role))

    answer = client.post(form_of(role), sent(page, email="Rolle@example.org"))

    [contact] = Responsibility.objects.select_related("recipient")
    assert (contact.organisation, contact.rank) == (organisation, 1)
    assert (contact.recipient.email, contact.recipient.allowed_at) == (
        "Rolle@example.org",
        None,
    )
    told = [str(message) for message in get_messages(answer.wsgi_request)]
    assert any("Rolle@example.org</a>" in text for text in told)


def test_remarks_on_plain_words():
    long_sentence = " ".join(["Wort"] * 16)
    long_word = "Übergangsbegleitungsmaßnahmen"

    with override("en"):
        assert remarks("Alle Kinder lesen. Sie lernen es früh.") == []
        assert remarks("Eins. Zwei. Drei. Vier.") == ["More than 3 sentences."]
        assert remarks(long_sentence) == ["A sentence has more than 15 words."]
        assert remarks(f"Die {long_word}.") == [f"Very long words: {long_word}."]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(client, office, number, django_assert_num_queries):
    goal = make_goal(organisation=make_organisation())
    for _ in range(number):
        make_milestone(make_measure(goal=goal, organisation=goal.organisation))
        make_challenge(goal=goal)

    with django_assert_num_queries(23):
        client.get(form_of(goal))
    with django_assert_num_queries(14):
        client.get(form_of(goal.period))
    with django_assert_num_queries(11):
        client.get("/verwaltung/goals/measure/")
