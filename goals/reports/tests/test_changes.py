"""What changed between two reports, in words."""

from datetime import date

import pytest

from goals.actions import set_status
from goals.models import Progress
from goals.reports.changes import changes
from goals.reports.snapshot import snapshot
from goals.tests.factories import (
    make_challenge,
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_note,
    make_paper,
    make_period,
)
from herne_bildung.city.tests.factories import make_organisation

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 2)


def taken(period):
    return snapshot(period, period.goals.all(), DAY)


def told(before, after) -> list[tuple[int | None, str, str]]:
    return [
        (row["goal"], row["subject"], row["text"]) for row in changes(before, after)
    ]


def test_nothing_changed():
    measure = make_measure()

    assert changes(taken(measure.goal.period), taken(measure.goal.period)) == []


def test_measures_come_go_and_move_on():
    goal = make_goal(number=1)
    running = make_measure("Läuft an", goal=goal, order=1)
    gone = make_measure("Verschwindet", goal=goal, order=2)
    open_step = make_milestone(running, "Bogen", due_on=DAY)
    before = taken(goal.period)

    set_status(measure=running, status="running", reason="Geld da", on=DAY, by=None)
    running.organisation = make_organisation("Bildungsbüro")
    running.planned_end = date(2027, 1, 31)
    running.save()
    open_step.done_on = DAY
    open_step.save()
    make_milestone(running, "Auswertung")
    Progress.objects.create(measure=running, year=2026, text_de="23 Kitas befragt")
    gone.state = "internal"
    gone.save()
    make_measure("Neu dabei", goal=goal, order=3, status="planned")

    subject = "Maßnahme „Läuft an“"
    assert told(before, taken(goal.period)) == [
        (1, subject, "nicht bekannt → läuft (seit 2. November 2026): Geld da"),
        (1, subject, "verantwortliche Organisation: nicht bekannt → Bildungsbüro"),
        (1, subject, "geplantes Ende: nicht bekannt → 31. Januar 2027"),
        (1, subject, "Meilenstein „Bogen“ erreicht am 2. November 2026"),
        (1, subject, "Meilenstein „Auswertung“ neu, fällig: nicht bekannt"),
        (1, subject, "Fortschritt 2026: 23 Kitas befragt"),
        (1, "Maßnahme „Neu dabei“", "neu, Stand: geplant"),
        (1, "Maßnahme „Verschwindet“", "nicht mehr im Bericht"),
    ]


def test_goals_challenges_notes_and_mandates():
    period = make_period(paper=make_paper("Ziele"))
    goal = make_goal("Alt", period=period, number=1)
    challenge = make_challenge("Geld", goal=goal, status="open")
    note = make_note("Zu lang", goal=goal)
    task = make_mandate("Umsetzen", paper=period.paper)
    before = taken(period)

    goal.title_de, goal.wording = "Neu", "Es ist so."
    goal.save()
    measure = make_measure("Kürzen", goal=goal)
    challenge.status = "solved"
    challenge.save()
    challenge.answering_measures.add(measure)
    note.answering_measures.add(measure)
    task.status, task.outcome_de = "done", "Umgesetzt."
    task.save()
    make_goal("Dazu", period=period, number=2)

    after = taken(period)
    assert told(before, after) == [
        (1, "Handlungsziel 1", "heißt jetzt „Neu“"),
        (1, "Handlungsziel 1", "Wortlaut ergänzt"),
        (1, "Maßnahme „Kürzen“", "neu, Stand: nicht bekannt"),
        (1, "Herausforderung „Geld“", "offen → gelöst"),
        (1, "Herausforderung „Geld“", "beantwortet durch „Kürzen“"),
        (1, "Handlungsziel 1", "1 Hinweis der Konferenz beantwortet"),
        (2, "Handlungsziel 2", "neu im Bericht"),
        (None, "Auftrag „Umsetzen“", "nicht bekannt → erledigt"),
        (None, "Auftrag „Umsetzen“", "Ergebnis: Umgesetzt."),
    ]
    assert told(after, before)[-2:] == [
        (2, "Handlungsziel 2", "nicht mehr im Bericht"),
        (None, "Auftrag „Umsetzen“", "erledigt → nicht bekannt"),
    ]
