"""The evaluation of a period: its rounds, and goal by goal verdict and notes."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from goals.conferences.posters import Poster, posters_of
from goals.evaluation.verdicts import ShownVerdict, verdicts_of
from goals.in_words import goal_link, goals_step, period_step, years
from goals.models import Conference, EvaluationRound, Goal, Period
from herne_bildung.lib.dates import day_in_words, days_in_words
from herne_bildung.lib.localized import localized_entry

# Beside a verdict; the poster has all of them.
NOTES_A_COLUMN = 10


@dataclass(slots=True)
class GoalEvaluated:
    """A goal with what is said of it. `poster` is None without a conference."""

    link: dict[str, Any]
    verdicts: list[ShownVerdict]
    poster: Poster | None

    @property
    def has_notes(self) -> bool:
        return self.poster is not None and bool(self.poster.total)


@dataclass(slots=True)
class EvaluationPage:
    """What `goals/evaluation/evaluation.html` shows."""

    period: Period
    rounds: list[dict[str, Any]]
    conferences: list[dict[str, Any]]
    goals: list[GoalEvaluated]

    @property
    def steps(self) -> list[dict[str, str]]:
        return [goals_step(), period_step(self.period)]

    @property
    def years(self) -> str:
        """Those of the period."""
        return years(self.period)

    @property
    def has_fallback(self) -> bool:
        texts = [one["title"] for one in self.rounds]
        texts += [one["about"] for one in self.rounds]
        texts += [goal.link["title"] for goal in self.goals]
        is_german = any(text.is_fallback for text in texts)
        return is_german or any(
            verdict.has_fallback for goal in self.goals for verdict in goal.verdicts
        )

    @property
    def has_notes(self) -> bool:
        return any(goal.has_notes for goal in self.goals)


def evaluation_page(period: Period, language: str) -> EvaluationPage:
    """The evaluation of a period. Notes are those of its latest conference, which the
    latest round names, or else of the last one of the period.
    """
    rounds = list(EvaluationRound.objects.published().filter(period=period))
    conferences = list(Conference.objects.published().filter(period=period))
    goals = list(
        Goal.objects.published().filter(period=period).select_related("period")
    )
    verdicts = verdicts_of(goals, language) if rounds else {}
    shown = conference_of(rounds, conferences)
    posters = {}
    if shown:
        found = posters_of(shown, goals, language, most=NOTES_A_COLUMN)
        posters = {poster.goal.pk: poster for poster in found}
    return EvaluationPage(
        period=period,
        rounds=[round_shown(one, language) for one in rounds],
        conferences=[conference_link(one, language) for one in conferences],
        goals=[
            GoalEvaluated(
                goal_link(goal, language),
                verdicts.get(goal.pk, []),
                posters.get(goal.pk),
            )
            for goal in goals
        ],
    )


def conference_of(
    rounds: list[EvaluationRound], conferences: list[Conference]
) -> Conference | None:
    """Whose notes stand beside the verdicts; both lists have the latest first."""
    named = [one.conference_id for one in rounds if one.conference_id]
    for pk in named:
        if found := next((one for one in conferences if one.pk == pk), None):
            return found
    return conferences[0] if conferences else None


def round_shown(one: EvaluationRound, language: str) -> dict[str, Any]:
    """A round of evaluation with its days."""
    return {
        "title": localized_entry(one, "title", language),
        "about": localized_entry(one, "about", language),
        "days": days_in_words(one.starts_on, one.ends_on, language)
        if one.ends_on
        else day_in_words(one.starts_on, language),
        "is_open": one.ends_on is None,
    }


def conference_link(conference: Conference, language: str) -> dict[str, Any]:
    """A conference whose notes are part of the evaluation."""
    return {
        "title": localized_entry(conference, "title", language),
        "day": day_in_words(conference.day, language),
        "url": reverse("conference", args=[conference.slug]),
    }
