"""An invented period for the demo, to show what no document tells: status, milestones,
progress, responsibility, an open poster. It is a period of its own, so that nothing of
it stands among what Herne has passed; its pages say what it is.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import override

from goals.actions import KIND, reindex, set_status
from goals.choices import ChallengeStatus, Moderation, NoteVerdict, Publication
from goals.models import (
    Challenge,
    Conference,
    CouncilPaper,
    FeedbackNote,
    Goal,
    Mandate,
    Measure,
    Milestone,
    OrganisationRole,
    Period,
    ProgrammeItem,
    Progress,
    WorkArea,
)
from goals.network import samples as network
from herne_bildung.city.models import Organisation, SearchDocument
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

FIRST_YEAR, LAST_YEAR = 2033, 2037
SHOWN = {"is_sample": True, "state": Publication.PUBLISHED}
SOURCE = {"source_title": "Beispiel, erfunden"}
# Title, status, days ago since when and why, the latest last.
MEASURES = (
    (
        "Beispiel: Angebote in jedem Stadtteil zeigen",
        (
            ("planned", 200, "Erfunden: so beschlossen."),
            ("running", 90, "Erfunden: die ersten Angebote stehen fest."),
        ),
    ),
    (
        "Beispiel: Eltern in ihrer Sprache ansprechen",
        (
            ("running", 150, "Erfunden: es hat begonnen."),
            ("paused", 20, "Erfunden: eine Stelle ist nicht besetzt."),
        ),
    ),
    (
        "Beispiel: Einmal im Jahr gemeinsam auswerten",
        (("planned", 60, "Erfunden: für das nächste Jahr."),),
    ),
    (
        "Beispiel: Liste der Einrichtungen anlegen",
        (
            ("running", 300, "Erfunden: es hat begonnen."),
            ("done", 30, "Erfunden: die Liste ist fertig."),
        ),
    ),
)
NOTES = (
    (NoteVerdict.KEEP, "Erfunden: Das Ziel ist gut verständlich."),
    (NoteVerdict.ADJUST, "Erfunden: Es fehlt, woran man den Erfolg erkennt."),
    (NoteVerdict.ADJUST, "Erfunden: Vereine sollen mitmachen können."),
)


@transaction.atomic
def add(organisation: Organisation) -> Period:
    """The invented period, of an invented organisation, unless it is there."""
    if found := Period.objects.filter(is_sample=True).first():
        return found
    with override(DEFAULT_LANGUAGE):
        period = Period.objects.create(
            first_year=FIRST_YEAR,
            last_year=LAST_YEAR,
            about_de="Ein erfundener Zeitraum. Er zeigt, wie Stand, Meilensteine und "
            "Zuständigkeit aussehen.",
            **SHOWN,
        )
        goal = _goal(period, organisation)
        measures = [
            _measure(goal, number, title, changes)
            for number, (title, changes) in enumerate(MEASURES)
        ]
        _steps(measures[0])
        _around(goal, measures)
        reindex([goal.pk])
        network.add(organisation, goal.role)
    return period


def _goal(period: Period, organisation: Organisation) -> Goal:
    role = OrganisationRole.objects.create(
        organisation=organisation, title_de="Beispielkoordination", is_sample=True
    )
    goal = Goal.objects.create(
        period=period,
        number=1,
        slug="beispielziel",
        title_de="Beispielziel: Alle finden ein Angebot in ihrer Nähe",
        short_de="Das ist ein erfundenes Ziel. Es zeigt, wie eine Seite aussieht.",
        wording="Beispiel: In jedem Stadtteil gibt es ein Angebot, und alle finden es.",
        success_criterion_de="Erfunden: In jedem Stadtteil steht eins im Portal.",
        organisation=organisation,
        role=role,
        **SHOWN,
        **SOURCE,
    )
    goal.work_areas.set(WorkArea.objects.all()[:2])
    return goal


def _measure(goal: Goal, number: int, title: str, changes: tuple) -> Measure:
    today = clock.today()
    areas = list(goal.work_areas.all())
    measure = Measure.objects.create(
        goal=goal,
        title_de=title,
        summary_de="Eine erfundene Maßnahme.",
        organisation=goal.organisation,
        role=goal.role,
        work_area=areas[number % len(areas)] if areas else None,
        planned_start=today - timedelta(days=200),
        planned_end=today + timedelta(days=300),
        order=10 * number,
        **SHOWN,
        **SOURCE,
    )
    for status, days, reason in changes:
        day = today - timedelta(days=days)
        set_status(measure=measure, status=status, reason=reason, on=day, by=None)
    return measure


def _steps(measure: Measure) -> None:
    today = clock.today()
    steps = (
        ("Ersten Stadtteil auswählen", -100, -90),
        ("Angebote zusammentragen", -10, None),
        ("Ergebnis vorstellen", 120, None),
    )
    for title, due, done in steps:
        Milestone.objects.create(
            measure=measure,
            title_de=f"Beispiel: {title}",
            due_on=today + timedelta(days=due),
            done_on=today + timedelta(days=done) if done else None,
        )
    Progress.objects.create(
        measure=measure,
        year=today.year,
        text_de="Erfunden: Zwei Stadtteile sind fertig.",
    )


def _around(goal: Goal, measures: list[Measure]) -> None:
    """Challenges, a paper with its mandate, a conference with its poster."""
    today = clock.today()
    challenge = Challenge.objects.create(
        goal=goal,
        title_de="Beispiel: Nicht überall gibt es einen Raum",
        summary_de="Eine erfundene Herausforderung.",
        status=ChallengeStatus.WORKED_ON,
        **SHOWN,
        **SOURCE,
    )
    challenge.answering_measures.set(measures[:1])
    paper = CouncilPaper.objects.create(
        year=FIRST_YEAR,
        number="BEISPIEL",
        title_de="Beispiel: Handlungsziele eines erfundenen Zeitraums",
        resolution="Beispiel: Die Verwaltung wird beauftragt, jährlich zu berichten.",
        **SHOWN,
        **SOURCE,
    )
    paper.goals.set([goal])
    mandate = Mandate.objects.create(
        paper=paper,
        wording=paper.resolution,
        task_de="Beispiel: Jährlich berichten",
        organisation=goal.organisation,
        due_on=today + timedelta(days=30),
        status="open",
        **SHOWN,
        **SOURCE,
    )
    mandate.goals.set([goal])
    conference = Conference.objects.create(
        slug="beispiel-konferenz",
        title_de="Beispiel-Bildungskonferenz",
        about_de="Eine erfundene Konferenz mit offenem Plakat zum Ausprobieren.",
        day=today + timedelta(days=60),
        period=goal.period,
        is_poster_open=True,
        **SHOWN,
        **SOURCE,
    )
    ProgrammeItem.objects.create(
        conference=conference, title_de="Beispiel: Begrüßung", order=10
    )
    for number, (verdict, text) in enumerate(NOTES):
        note = FeedbackNote.objects.create(
            goal=goal,
            conference=conference,
            verdict=verdict,
            text=text,
            moderation=Moderation.RELEASED,
            is_sample=True,
            order=number,
        )
    note.answering_measures.set(measures[:1])


@transaction.atomic
def remove() -> int:
    """Remove all invented goals and what hangs on them. Returns how many goals."""
    samples: Any = {"is_sample": True}
    goals = Goal.objects.filter(**samples)
    found = list(goals.values_list("pk", flat=True))
    SearchDocument.objects.filter(kind=KIND, object_id__in=found).delete()
    FeedbackNote.objects.filter(goal__in=goals).delete()
    for model in (Mandate, CouncilPaper, Challenge, Measure):
        model.objects.filter(**samples).delete()
    Conference.objects.filter(**samples).delete()
    network.remove()
    goals.delete()
    Period.objects.filter(**samples).delete()
    OrganisationRole.objects.filter(**samples).delete()
    return len(found)
