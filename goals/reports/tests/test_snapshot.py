"""What a report freezes: everything public, nothing else, unknown things as null."""

from datetime import date

import pytest

from goals.choices import Publication
from goals.models import (
    Consultation,
    EvaluationRound,
    GoalVerdict,
    Progress,
    Report,
    StatusChange,
    WorkArea,
)
from goals.reports.actions import remake
from goals.reports.snapshot import snapshot
from goals.reports.tests.factories import make_draft
from goals.tests.factories import (
    make_challenge,
    make_conference,
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_note,
    make_organisation_role,
    make_paper,
    make_period,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 22)
SECRET = "Qqintern"
UNKNOWN_MEASURE = {
    "summary": None,
    "status": None,
    "status_since": None,
    "status_reason": None,
    "planned_start": None,
    "planned_end": None,
    "actual_start": None,
    "actual_end": None,
    "organisation": None,
    "role": None,
    "work_area": None,
    "milestones": [],
    "progress": [],
    "source": None,
}


def test_what_is_not_known_is_null():
    period = make_period(2018)
    goal = make_goal("Ziel", period=period, number=1, slug="ziel", short_de="")
    measure = make_measure("Maßnahme", goal=goal)

    assert snapshot(period, [goal], TODAY) == {
        "schema": 1,
        "day": "2026-11-22",
        "period": {
            "first_year": 2018,
            "last_year": 2022,
            "is_closed": False,
            "known": "complete",
            "is_sample": False,
            "paper": None,
            "source": None,
        },
        "goals": [
            {
                "id": goal.pk,
                "number": 1,
                "slug": "ziel",
                "title": "Ziel",
                "short": None,
                "wording": None,
                "wording_note": None,
                "source": None,
                "success_criterion": None,
                "organisation": None,
                "role": None,
                "work_areas": [],
                "measures": [
                    {"id": measure.pk, "title": "Maßnahme", **UNKNOWN_MEASURE}
                ],
                "challenges": [],
                "notes": [],
                "verdicts": [],
            }
        ],
        "papers": [],
    }


def test_what_is_known_of_a_measure():
    office = make_organisation("Bildungsbüro")
    role = make_organisation_role(
        office,
        "Bildungsmonitoring",
        person_name="Erika Muster",
        name_consent_on=TODAY,
        name_shown_until=date(2027, 1, 1),
    )
    goal = make_goal()
    measure = make_measure(
        "Elternbefragung",
        goal=goal,
        summary_de="Eltern werden gefragt.",
        status="running",
        planned_start=date(2026, 1, 1),
        actual_start=date(2026, 2, 1),
        organisation=office,
        role=role,
        work_area=WorkArea.objects.create(key="daten", name_de="Daten"),
        source_title="Dokumentation",
        as_of="2026",
    )
    for status, day in (("planned", 1), ("running", 2)):
        StatusChange.objects.create(
            measure=measure, status=status, on=date(2026, 2, day), reason_de=status
        )
    Progress.objects.create(measure=measure, year=2026, text_de="23 Kitas")
    step = make_milestone(measure, "Bogen", due_on=TODAY, text_de="Zehn Fragen")

    [shown] = snapshot(goal.period, [goal], TODAY)["goals"][0]["measures"]

    assert shown == {
        "id": measure.pk,
        "title": "Elternbefragung",
        "summary": "Eltern werden gefragt.",
        "status": "running",
        "status_since": "2026-02-02",
        "status_reason": "running",
        "planned_start": "2026-01-01",
        "planned_end": None,
        "actual_start": "2026-02-01",
        "actual_end": None,
        "organisation": "Bildungsbüro",
        "role": "Bildungsmonitoring",
        "work_area": "Daten",
        "milestones": [
            {
                "id": step.pk,
                "title": "Bogen",
                "text": "Zehn Fragen",
                "due_on": "2026-11-22",
                "done_on": None,
            }
        ],
        "progress": [{"year": 2026, "text": "23 Kitas"}],
        "source": {"title": "Dokumentation", "as_of": "2026", "url": None},
    }


def test_papers_with_what_they_order_notes_and_verdicts():
    paper = make_paper("Handlungsziele", number="1106", year=2022)
    period = make_period(paper=paper)
    goal = make_goal("Ziel", period=period, number=4)
    Consultation.objects.create(paper=paper, committee="Schulausschuss", day="2022-11")
    task = make_mandate("Umsetzen", paper=paper, due_on=TODAY, status="open")
    conference = make_conference("Konferenz")
    note = make_note("Zu lang", goal=goal, conference=conference)
    answered = make_note("Zu kurz", goal=goal, answer="Jetzt länger")
    answered.answering_goals.add(goal)
    evaluation = EvaluationRound.objects.create(
        period=period, title_de="Runde", starts_on=TODAY, state="published"
    )
    verdict = GoalVerdict.objects.create(
        evaluation=evaluation,
        goal=goal,
        verdict="stays",
        reasons_de="Wirkt.",
        state="published",
    )

    found = snapshot(period, [goal], TODAY)

    [shown] = found["papers"]
    assert found["period"]["paper"] == shown["id"] == paper.pk
    assert shown["consultations"] == [
        {
            "committee": "Schulausschuss",
            "day": "2022-11",
            "role": None,
            "result": None,
        }
    ]
    assert [
        (one["id"], one["task"], one["due_on"], one["status"], one["goals"])
        for one in shown["mandates"]
    ] == [(task.pk, "Umsetzen", "2026-11-22", "open", [])]
    assert [
        (one["id"], one["conference"], one["is_open"], one["answered_by"])
        for one in found["goals"][0]["notes"]
    ] == [
        (note.pk, "Konferenz", True, []),
        (answered.pk, None, False, ["Handlungsziel 4 (2023–2027): Ziel"]),
    ]
    assert found["goals"][0]["verdicts"] == [
        {
            "id": verdict.pk,
            "evaluation": "Runde",
            "verdict": "stays",
            "reasons": "Wirkt.",
            "what_follows": None,
            "evidence": [],
        }
    ]


@pytest.mark.parametrize("state", [Publication.DRAFT, Publication.INTERNAL])
def test_only_what_is_public_is_frozen(state):
    hidden = {"state": state}
    secret_office = make_organisation(SECRET, status=Organisation.Status.HIDDEN)
    paper = make_paper(SECRET, internal_note=SECRET, **hidden)
    period = make_period(paper=paper, internal_note=SECRET)
    goal = make_goal("Ziel", period=period, internal_note=SECRET)
    kept = make_measure(
        "Sichtbar", goal=goal, organisation=secret_office, internal_note=SECRET
    )
    other = make_goal(SECRET, period=period, **hidden)
    make_measure(SECRET, goal=goal, **hidden)
    challenge = make_challenge("Offen", goal=goal, internal_note=SECRET)
    challenge.answering_goals.add(other)
    make_challenge(SECRET, goal=goal, **hidden)
    make_note(SECRET, goal=goal, moderation="waiting")
    make_note(SECRET, goal=goal, conference=make_conference(**hidden))
    make_mandate(SECRET, paper=paper).goals.add(goal)
    make_mandate(SECRET, paper=make_paper(), **hidden).goals.add(goal)
    evaluation = EvaluationRound.objects.create(
        period=period, title_de=SECRET, starts_on=TODAY, **hidden
    )
    GoalVerdict.objects.create(
        evaluation=evaluation,
        goal=goal,
        verdict="ends",
        reasons_de=SECRET,
        state="published",
    )

    found = snapshot(period, [goal, other], TODAY)

    assert SECRET not in str(found)
    assert [one["title"] for one in found["goals"]] == ["Ziel"]
    assert [one["id"] for one in found["goals"][0]["measures"]] == [kept.pk]
    assert [
        (one["title"], one["answered_by"]) for one in found["goals"][0]["challenges"]
    ] == [("Offen", [])]
    assert found["papers"] == []


def test_report_keeps_what_was_known_until_it_is_made_again():
    measure = make_measure("Vorher")
    report = make_draft(measure.goal.period)
    measure.title_de = "Nachher"
    measure.save()

    report = Report.objects.get()
    before = report.snapshot["goals"][0]["measures"][0]["title"]
    remake(report)

    after = Report.objects.get().snapshot["goals"][0]["measures"][0]["title"]
    assert (before, after) == ("Vorher", "Nachher")


@pytest.mark.parametrize("count", [1, 3])
def test_snapshot_takes_as_many_queries_for_one_goal_as_for_three(
    count, django_assert_num_queries
):
    period = make_period()
    for _ in range(count):
        goal = make_goal(period=period)
        measure = make_measure(goal=goal)
        make_milestone(measure)
        make_note(goal=goal).answering_measures.add(measure)
        make_challenge(goal=goal).answering_goals.add(goal)
        make_mandate().goals.add(goal)
    goals = list(period.goals.all())

    with django_assert_num_queries(17):
        snapshot(period, goals, TODAY)
