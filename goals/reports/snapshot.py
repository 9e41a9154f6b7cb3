"""What the public knows of goals on one day, as plain JSON: the frozen content of a
report.

Only published content is read, never an internal note or the name of a person. What
is not known is null. `SCHEMA` counts the shapes: readers of old snapshots ask for it.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from goals.choices import NoteVerdict
from goals.models import (
    Challenge,
    Consultation,
    CouncilPaper,
    FeedbackNote,
    Goal,
    GoalVerdict,
    Mandate,
    Measure,
    Period,
)
from herne_bildung.city.models import Organisation

SCHEMA = 1
Json = dict[str, Any]


def snapshot(period: Period, goals: Iterable[Goal], day: date) -> Json:
    """The published goals among these, with all that is published about them."""
    chosen = _goals(period, goals)
    papers = _papers(period, chosen)
    return {
        "schema": SCHEMA,
        "day": day.isoformat(),
        "period": {
            "first_year": period.first_year,
            "last_year": period.last_year,
            "is_closed": period.is_closed,
            "known": period.known,
            "is_sample": period.is_sample,
            "paper": period.paper_id if period.paper_id in papers else None,
            "source": _source(period),
        },
        "goals": [_goal(goal) for goal in chosen],
        "papers": [_paper(paper) for paper in papers.values()],
    }


def _goals(period: Period, goals: Iterable[Goal]) -> list[Goal]:
    measures = (
        Measure.objects.published()
        .select_related("organisation", "role__organisation", "work_area")
        .prefetch_related("milestones", "progress", "status_changes")
    )
    shown = {
        "answering_measures": Measure.objects.published(),
        "answering_goals": Goal.objects.published().select_related("period"),
    }
    answers = [
        Prefetch(name, rows, "answers_of_" + name) for name, rows in shown.items()
    ]
    notes = (
        FeedbackNote.objects.released()
        .select_related("conference")
        .prefetch_related(*answers)
    )
    verdicts = (
        GoalVerdict.objects.published()
        .select_related("evaluation")
        .prefetch_related("evidence")
        .order_by("evaluation__starts_on", "pk")
    )
    challenges = Challenge.objects.published().prefetch_related(*answers)
    return list(
        Goal.objects.published()
        .filter(period=period, pk__in=[goal.pk for goal in goals])
        .select_related("organisation", "role__organisation")
        .prefetch_related(
            "work_areas",
            Prefetch("measures", measures),
            Prefetch("challenges", challenges),
            Prefetch("notes", notes),
            Prefetch("verdicts", verdicts),
        )
    )


def _papers(period: Period, goals: list[Goal]) -> dict[int, CouncilPaper]:
    """The paper that passed the period, and those with mandates for these goals."""
    mandates = _mandates(goals).select_related("organisation", "role__organisation")
    own = Goal.objects.published().filter(period=period)
    asked = Q(pk=period.paper_id) | Q(pk__in=_mandates(goals).values("paper"))
    found = (
        CouncilPaper.objects.published()
        .filter(asked)
        .prefetch_related(
            Prefetch("consultations", Consultation.objects.present()),
            Prefetch("mandates", mandates.prefetch_related(Prefetch("goals", own))),
        )
        .order_by("year", "number")
    )
    return {paper.pk: paper for paper in found}


def _mandates(goals: list[Goal]) -> QuerySet:
    """Those of these goals, and those of the papers that name no goal."""
    pks = [goal.pk for goal in goals]
    of_goals = Mandate.objects.filter(Q(goals__in=pks) | Q(measures__goal__in=pks))
    of_period = Mandate.objects.filter(
        Q(paper__periods__goals__in=pks) | Q(paper__goals__in=pks),
        goals=None,
        measures=None,
    )
    chosen = Q(pk__in=of_goals.values("pk")) | Q(pk__in=of_period.values("pk"))
    return Mandate.objects.published().filter(chosen)


def _goal(goal: Goal) -> Json:
    notes = [_note(note) for note in goal.notes.all()]
    return {
        "id": goal.pk,
        "number": goal.number,
        "slug": goal.slug,
        "title": goal.title_de,
        "short": goal.short_de or None,
        "wording": goal.wording or None,
        "wording_note": goal.wording_note or None,
        "source": _source(goal),
        "success_criterion": goal.success_criterion_de or None,
        "organisation": _name(goal.organisation),
        "role": _role(goal),
        "work_areas": [area.name_de for area in goal.work_areas.all()],
        "measures": [_measure(measure) for measure in goal.measures.all()],
        "challenges": [_challenge(one) for one in goal.challenges.all()],
        "notes": notes,
        "verdicts": [_verdict(one) for one in goal.verdicts.all()],
    }


def _measure(measure: Measure) -> Json:
    latest = next(iter(measure.status_changes.all()), None)
    is_of_status = latest is not None and latest.status == measure.status
    return {
        "id": measure.pk,
        "title": measure.title_de,
        "summary": measure.summary_de or None,
        "status": measure.status or None,
        "status_since": _day(latest.on) if is_of_status else None,
        "status_reason": latest.reason_de or None if is_of_status else None,
        "planned_start": _day(measure.planned_start),
        "planned_end": _day(measure.planned_end),
        "actual_start": _day(measure.actual_start),
        "actual_end": _day(measure.actual_end),
        "organisation": _name(measure.organisation),
        "role": _role(measure),
        "work_area": measure.work_area.name_de if measure.work_area else None,
        "milestones": [
            {
                "id": one.pk,
                "title": one.title_de,
                "text": one.text_de or None,
                "due_on": _day(one.due_on),
                "done_on": _day(one.done_on),
            }
            for one in measure.milestones.all()
        ],
        "progress": [
            {"year": one.year, "text": one.text_de} for one in measure.progress.all()
        ],
        "source": _source(measure),
    }


def _challenge(challenge: Challenge) -> Json:
    return {
        "id": challenge.pk,
        "title": challenge.title_de,
        "summary": challenge.summary_de or None,
        "status": challenge.status or None,
        "answered_by": _answers(challenge),
        "source": _source(challenge),
    }


def _note(note: FeedbackNote) -> Json:
    answers = _answers(note)
    is_open = note.verdict == NoteVerdict.ADJUST and not answers
    return {
        "id": note.pk,
        "verdict": note.verdict,
        "text": note.text,
        "language": note.language,
        "conference": note.conference.title_de if note.conference else None,
        "is_open": is_open,
        "answer": note.answer or None,
        "answered_by": answers,
        "source": _source(note),
    }


def _verdict(verdict: GoalVerdict) -> Json:
    """Evidence as words and address; what else it points at stands here anyway."""
    return {
        "id": verdict.pk,
        "evaluation": verdict.evaluation.title_de,
        "verdict": verdict.verdict,
        "reasons": verdict.reasons_de,
        "what_follows": verdict.what_follows_de or None,
        "evidence": [
            {"text": one.text_de, "url": one.url or None}
            for one in verdict.evidence.all()
        ],
    }


def _answers(entry: Challenge | FeedbackNote) -> list[str]:
    """What answers an entry, in words."""
    goals = [
        f"Handlungsziel {goal.number} ({goal.period}): {goal.title_de}"
        for goal in entry.answers_of_answering_goals
    ]
    return [*goals, *(one.title_de for one in entry.answers_of_answering_measures)]


def _paper(paper: CouncilPaper) -> Json:
    return {
        "id": paper.pk,
        "reference": paper.reference,
        "slug": paper.slug,
        "title": paper.title_de,
        "kind": paper.paper_type or None,
        "dated": paper.dated or None,
        "resolution": paper.resolution or None,
        "source": _source(paper),
        "consultations": [
            {
                "committee": one.committee,
                "day": one.day or None,
                "role": one.role or None,
                "result": one.result or None,
            }
            for one in paper.consultations.all()
        ],
        "mandates": [_mandate(mandate) for mandate in paper.mandates.all()],
    }


def _mandate(mandate: Mandate) -> Json:
    return {
        "id": mandate.pk,
        "task": mandate.task_de,
        "wording": mandate.wording or None,
        "organisation": _name(mandate.organisation),
        "role": _role(mandate),
        "due_on": _day(mandate.due_on),
        "status": mandate.status or None,
        "done_on": _day(mandate.done_on),
        "outcome": mandate.outcome_de or None,
        "goals": [goal.number for goal in mandate.goals.all()],
        "source": _source(mandate),
    }


def _source(entry: Any) -> Json | None:
    if not entry.source_title:
        return None
    return {
        "title": entry.source_title,
        "as_of": entry.as_of or None,
        "url": entry.source_url or None,
    }


def _name(organisation: Organisation | None) -> str | None:
    """Its name; none while it is hidden from readers."""
    if organisation is None or organisation.status == Organisation.Status.HIDDEN:
        return None
    return organisation.name_de


def _role(entry: Goal | Measure | Mandate) -> str | None:
    """The role and its organisation, never a person."""
    if entry.role is None:
        return None
    organisation = _name(entry.role.organisation)
    title = entry.role.title_de
    if organisation is None or organisation == _name(entry.organisation):
        return title
    return f"{title} ({organisation})"


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
