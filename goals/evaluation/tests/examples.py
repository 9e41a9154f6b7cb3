"""An evaluation for the tests that walk through all pages."""

from datetime import date

from goals.choices import EvaluationVerdict, Publication
from goals.conferences.tests.examples import open_conference
from goals.models import EvaluationRound, Evidence, Goal, GoalVerdict, Period


def evaluations() -> list[dict[str, str]]:
    """Every period: one with verdicts, the others without."""
    conference = open_conference()
    if not EvaluationRound.objects.filter(conference=conference).exists():
        make_evaluation(
            conference.period.goals.published().first(), conference=conference
        )
    return [{"period": one.slug} for one in Period.objects.published()]


def make_evaluation(goal: Goal, **values: object) -> GoalVerdict:
    """A published round with a verdict on this goal and what it rests on."""
    values.setdefault("state", Publication.PUBLISHED)
    values.setdefault("title_de", "Evaluation der Handlungsziele")
    values.setdefault("starts_on", date(2027, 3, 4))
    evaluation = EvaluationRound.objects.create(period=goal.period, **values)
    verdict = GoalVerdict.objects.create(
        evaluation=evaluation,
        goal=goal,
        verdict=EvaluationVerdict.ADAPTED,
        reasons_de="Das Ziel ist zu allgemein.",
        what_follows_de="Es wird in kleinere Schritte geteilt.",
        state=Publication.PUBLISHED,
    )
    Evidence.objects.create(
        verdict=verdict, text_de="Umfrage", url="https://example.org/umfrage"
    )
    return verdict
