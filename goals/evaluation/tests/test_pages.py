"""The evaluation of a period: verdicts, evidence, notes; nothing invented."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from goals.choices import Moderation, Publication
from goals.evaluation.tests.examples import make_evaluation
from goals.models import EvaluationRound, Evidence, GoalVerdict, Progress
from goals.tests.factories import (
    make_conference,
    make_goal,
    make_measure,
    make_note,
    make_period,
)

pytestmark = pytest.mark.django_db
PAGE = "/de/ziele/2023-2027/auswertung/"


@pytest.fixture
def goal():
    return make_goal("Übergänge", slug="uebergaenge", number=1)


def shown(client, address: str = PAGE):
    return client.get(address).context["evaluation"]


def verdicts(client) -> list[list[str]]:
    return [[one.reasons.text for one in goal.verdicts] for goal in shown(client).goals]


def test_verdict_with_reasons_evidence_and_what_follows(client, goal):
    verdict = make_evaluation(goal, ends_on=date(2027, 6, 1))
    measure = make_measure("Elterncafé", goal=goal)
    progress = Progress.objects.create(measure=measure, year=2026, text_de="Drei Cafés")
    note = make_note("Das wirkt", goal=goal, verdict="keep")
    evidence = verdict.evidence.get()
    evidence.progress.add(progress)
    evidence.notes.add(note)

    page = shown(client)

    [found] = page.goals[0].verdicts
    assert (found.badge["text"], found.reasons.text, found.what_follows.text) == (
        str(verdict.get_verdict_display()),
        "Das Ziel ist zu allgemein.",
        "Es wird in kleinere Schritte geteilt.",
    )
    [one] = found.evidence
    assert (one["text"].text, one["url"], one["host"]) == (
        "Umfrage",
        "https://example.org/umfrage",
        "example.org",
    )
    assert [(row["measure"].text, row["year"]) for row in one["progress"]] == [
        ("Elterncafé", 2026)
    ]
    assert [note.text.text for note in one["notes"]] == ["Das wirkt"]
    assert page.rounds[0]["days"] == "4. März 2027 – 1. Juni 2027"


def test_without_an_evaluation_the_page_says_so_and_shows_the_notes(client, goal):
    conference = make_conference(period=goal.period)
    make_note("Zu allgemein", goal=goal, conference=conference)

    page = shown(client)

    assert (page.rounds, page.goals[0].verdicts) == ([], [])
    columns = page.goals[0].poster.columns
    assert [[note.text.text for note in one.notes] for one in columns] == [
        [],
        ["Zu allgemein"],
    ]


def test_a_goal_without_verdict_stands_there_too(client, goal):
    make_evaluation(goal)
    make_goal("Sprache", number=2)

    assert verdicts(client) == [["Das Ziel ist zu allgemein."], []]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
@pytest.mark.parametrize("hidden", ["verdict", "evaluation", "goal", "period"])
def test_what_is_not_published_is_not_shown(client, goal, state, hidden):
    verdict = make_evaluation(goal)
    entry = {
        "verdict": verdict,
        "evaluation": verdict.evaluation,
        "goal": goal,
        "period": goal.period,
    }[hidden]
    entry.state = state
    entry.save()

    response = client.get(PAGE)

    assert response.status_code == (404 if hidden == "period" else 200)
    assert "zu allgemein" not in response.text


def test_evidence_shows_only_what_is_public(client, goal):
    verdict = make_evaluation(goal)
    evidence = verdict.evidence.get()
    hidden = make_measure("Geheim", goal=goal, state=Publication.INTERNAL)
    evidence.progress.add(
        Progress.objects.create(measure=hidden, year=2026, text_de="Geheimer Stand")
    )
    for state in (Moderation.WAITING, Moderation.REFUSED):
        evidence.notes.add(make_note("Geheime Worte", goal=goal, moderation=state))
    EvaluationRound.objects.update(internal_note="Geheime Notiz")
    GoalVerdict.objects.update(internal_note="Geheime Notiz")

    response = client.get(PAGE)

    assert "Umfrage" in response.text
    assert "Geheim" not in response.text


def test_the_page_of_the_goal_shows_the_verdict(client, goal):
    make_evaluation(goal)

    response = client.get("/de/ziele/2023-2027/uebergaenge/")

    assert "Das Ziel ist zu allgemein." in response.text
    assert PAGE in response.text


@pytest.mark.parametrize("address", ["2027-2023", "2099-2100"])
def test_unknown_periods(client, address):
    assert client.get(f"/de/ziele/{address}/auswertung/").status_code == 404


def test_a_verdict_is_for_a_goal_of_the_period(goal):
    verdict = make_evaluation(goal)
    verdict.goal = make_goal("Früher", period=make_period(2013))

    with pytest.raises(ValidationError):
        verdict.full_clean()


def test_the_conference_is_one_of_the_period(goal):
    other = make_conference(period=make_period(2013))
    evaluation = make_evaluation(goal).evaluation
    evaluation.conference = other

    with pytest.raises(ValidationError):
        evaluation.full_clean()


def test_the_database_holds_the_rules(goal):
    verdict = make_evaluation(goal)

    for values in ({"ends_on": date(2020, 1, 1)},):
        with pytest.raises(IntegrityError), transaction.atomic():
            EvaluationRound.objects.update(**values)
    with pytest.raises(IntegrityError), transaction.atomic():
        GoalVerdict.objects.create(
            evaluation=verdict.evaluation, goal=goal, verdict="ends", reasons_de="x"
        )


@pytest.mark.parametrize("number", [1, 3])
def test_queries(client, django_assert_num_queries, goal, number):
    conference = make_conference(period=goal.period)
    first = make_evaluation(goal, conference=conference)
    for one in range(number):
        other = make_goal()
        make_note(goal=other, conference=conference)
        verdict = GoalVerdict.objects.create(
            evaluation=first.evaluation,
            goal=other,
            verdict="stays",
            reasons_de=f"Grund {one}",
            state=Publication.PUBLISHED,
        )
        evidence = Evidence.objects.create(verdict=verdict, text_de="Umfrage")
        evidence.notes.add(make_note(goal=other))
        measure = make_measure(goal=other)
        evidence.progress.add(
            Progress.objects.create(measure=measure, year=2026, text_de="Stand")
        )
    client.get("/de/impressum/")

    with django_assert_num_queries(11):
        client.get(PAGE)
