"""Verdicts on goals as pages show them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Prefetch
from django.urls import reverse

from goals.choices import EvaluationVerdict
from goals.conferences.posters import Note, note_as_shown
from goals.models import Evidence, FeedbackNote, Goal, GoalVerdict, Measure, Progress
from herne_bildung.lib.localized import Text, localized_entry

# The kind and the icon of a badge, by verdict.
LOOKS = {
    EvaluationVerdict.STAYS: ("success", "check"),
    EvaluationVerdict.ADAPTED: ("warning", "pencil"),
    EvaluationVerdict.ENDS: ("", "close"),
}


@dataclass(slots=True)
class ShownVerdict:
    """What `goals/evaluation/verdict.html` shows."""

    entry: GoalVerdict
    badge: dict[str, str]
    evaluation: Text
    evaluation_url: str
    reasons: Text
    what_follows: Text
    evidence: list[dict[str, Any]]

    @property
    def has_fallback(self) -> bool:
        ours = [self.reasons, self.what_follows]
        ours += [one["text"] for one in self.evidence]
        figures = [figure for one in self.evidence for figure in one["figures"]]
        ours += [text for figure in figures for text in figure.texts]
        return any(text.is_fallback for text in ours)


def verdicts_of(
    goals: Iterable[Goal], language: str
) -> defaultdict[int, list[ShownVerdict]]:
    """The published verdicts by id of the goal, the latest evaluation first; in a
    fixed number of queries.
    """
    figures = Evidence._meta.get_field("figures").related_model.objects
    public = Measure.objects.published().values("pk")
    progress = Progress.objects.filter(measure__in=public).select_related("measure")
    found = (
        GoalVerdict.objects.published()
        .filter(goal__in=list(goals))
        .select_related("evaluation__period")
        .prefetch_related(
            "evidence",
            Prefetch("evidence__progress", progress),
            Prefetch("evidence__notes", FeedbackNote.objects.released()),
            Prefetch("evidence__figures", figures.public()),
        )
        .order_by("-evaluation__starts_on", "-evaluation")
    )
    by_goal = defaultdict(list)
    for verdict in found:
        by_goal[verdict.goal_id].append(verdict_as_shown(verdict, language))
    return by_goal


def verdict_as_shown(verdict: GoalVerdict, language: str) -> ShownVerdict:
    """A verdict in a language."""
    kind, icon = LOOKS[verdict.verdict]
    evaluation = verdict.evaluation
    return ShownVerdict(
        entry=verdict,
        badge={"text": verdict.get_verdict_display(), "kind": kind, "icon": icon},
        evaluation=localized_entry(evaluation, "title", language),
        evaluation_url=reverse("evaluation", args=[evaluation.period.slug]),
        reasons=localized_entry(verdict, "reasons", language),
        what_follows=localized_entry(verdict, "what_follows", language),
        evidence=[
            {
                "text": localized_entry(one, "text", language),
                "url": one.url,
                "host": urlsplit(one.url).hostname or "",
                "progress": [
                    {
                        "measure": localized_entry(row.measure, "title", language),
                        "year": row.year,
                        "text": localized_entry(row, "text", language),
                    }
                    for row in one.progress.all()
                ],
                "notes": quoted(one.notes.all(), language),
                "figures": [figure.shown(language) for figure in one.figures.all()],
            }
            for one in verdict.evidence.all()
        ],
    )


def quoted(notes: Iterable[FeedbackNote], language: str) -> list[Note]:
    """Notes a verdict rests on, in their own words."""
    return [note_as_shown(note, language) for note in notes]
