"""One goal as its page shows it: in plain words, as passed, and what came of it."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse

from goals.findings import finding_link, links_of, with_findings, with_indicators
from goals.in_words import (
    by_status,
    goal_link,
    goals_step,
    measure_link,
    measures_in_words,
    period_step,
    responsible,
    source_of,
    status_badge,
    years,
)
from goals.measure_shown import for_page, measure_shown
from goals.models import (
    Challenge,
    CouncilPaper,
    FeedbackNote,
    Goal,
    GoalLink,
    GoalVerdict,
    Mandate,
    Measure,
)
from herne_bildung.lib import clock
from herne_bildung.lib.languages import direction
from herne_bildung.lib.localized import Text, localized_entry


@dataclass(slots=True)
class GoalPage:
    """What `goals/goal.html` shows. `entry` is the goal itself."""

    entry: Goal
    title: Text
    short: Text
    success_criterion: Text
    source: dict[str, str]
    work_areas: list[Text]
    responsible: dict[str, Any] | None
    measures: list[dict[str, Any]]
    measure_count: str
    statuses: list[dict[str, Any]]
    challenges: list[dict[str, Any]]
    keep: dict[str, Any]
    adjust: dict[str, Any]
    note_sources: list[dict[str, str]]
    conferences: list[dict[str, Any]]
    earlier: list[dict[str, Any]]
    later: list[dict[str, Any]]
    papers: list[dict[str, Any]]
    mandates: list[dict[str, Any]]
    verdicts: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    indicators: list[dict[str, Any]]
    steps: list[dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.steps = [goals_step(), period_step(self.entry.period)]

    @property
    def years(self) -> str:
        """Those of its period."""
        return years(self.entry.period)

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        shown = [self.title, self.short, self.success_criterion]
        shown += [entry["title"] for entry in (*self.measures, *self.challenges)]
        shown += [link["title"] for link in (*self.findings, *self.indicators)]
        return any(text.is_fallback for text in shown)

    @property
    def has_notes(self) -> bool:
        """Whether people were asked about this goal at a conference."""
        return any(
            column["notes"] or column["has_no_remarks"]
            for column in (self.keep, self.adjust)
        )

    @property
    def has_quiet_measures(self) -> bool:
        """Nothing is known of them but what they are: the page says so once."""
        return not any(one["is_followed"] for one in self.measures)

    @property
    def has_quiet_challenges(self) -> bool:
        """Of none it is known how far it is answered."""
        return not any(one.status for one in self.entry.challenges.all())


def goals_for_page() -> QuerySet[Goal]:
    """Public goals with all their page shows, in a fixed number of queries."""
    answers = (
        Prefetch("answering_measures", Measure.objects.published().in_their_places()),
        Prefetch("answering_goals", Goal.objects.published().select_related("period")),
    )
    lines = GoalLink.objects.select_related("earlier__period", "later__period")
    public_goals = Goal.objects.published().values("pk")
    return (
        Goal.objects.published()
        .select_related("period", "organisation", "role__organisation")
        .prefetch_related(
            "work_areas",
            Prefetch("measures", for_page(Measure.objects.published())),
            Prefetch(
                "challenges", Challenge.objects.published().prefetch_related(*answers)
            ),
            Prefetch(
                "notes",
                FeedbackNote.objects.released()
                .select_related("conference")
                .prefetch_related(*answers),
            ),
            Prefetch("links_back", lines.filter(earlier__in=public_goals)),
            Prefetch("links_on", lines.filter(later__in=public_goals)),
            Prefetch("papers", CouncilPaper.objects.published()),
            Prefetch(
                "verdicts",
                GoalVerdict.objects.published()
                .select_related("evaluation")
                .order_by("-evaluation__starts_on", "-pk"),
            ),
            Prefetch(
                "mandates",
                Mandate.objects.published()
                .with_lateness(clock.today())
                .select_related("paper")
                .prefetch_related(with_findings(Mandate)),
            ),
            with_findings(Goal),
            with_indicators(Goal),
        )
    )


def goal_page(goal: Goal, language: str) -> GoalPage:
    """Everything the page of a goal shows, in a language."""
    measures = list(goal.measures.all())
    notes = list(goal.notes.all())
    today = clock.today()
    return GoalPage(
        entry=goal,
        title=localized_entry(goal, "title", language),
        short=localized_entry(goal, "short", language),
        success_criterion=localized_entry(goal, "success_criterion", language),
        source=source_of(goal),
        work_areas=[
            localized_entry(area, "name", language) for area in goal.work_areas.all()
        ],
        responsible=responsible(goal.organisation, goal.role, language),
        measures=[measure_shown(one, language, today) for one in measures],
        measure_count=measures_in_words(len(measures)),
        statuses=by_status(measures),
        challenges=[challenge_shown(one, language) for one in goal.challenges.all()],
        keep=column("keep", notes, goal.has_no_keep_notes, language),
        adjust=column("adjust", notes, goal.has_no_adjust_notes, language),
        note_sources=sources(notes),
        conferences=conferences(notes, language),
        earlier=[
            line_shown(link, link.earlier, language) for link in goal.links_back.all()
        ],
        later=[line_shown(link, link.later, language) for link in goal.links_on.all()],
        papers=[paper_link(paper, language) for paper in goal.papers.all()],
        mandates=[
            mandate_shown(one, language, is_history=goal.period.is_closed)
            for one in goal.mandates.all()
        ],
        verdicts=[verdict_shown(one, language) for one in goal.verdicts.all()],
        **links_of(goal, language),
    )


def challenge_shown(challenge: Challenge, language: str) -> dict[str, Any]:
    """A challenge with what answers it."""
    return {
        "pk": challenge.pk,
        "title": localized_entry(challenge, "title", language),
        "summary": localized_entry(challenge, "summary", language),
        "wording": challenge.wording,
        "points": challenge.points,
        "source": source_of(challenge),
        "badge": status_badge(challenge),
        "answers": answers(challenge, language),
    }


def answers(entry: Challenge | FeedbackNote, language: str) -> list[dict[str, Any]]:
    """The later goals and the measures that answer a challenge or a note."""
    return [
        *(goal_link(goal, language) for goal in entry.answering_goals.all()),
        *(measure_link(one, language) for one in entry.answering_measures.all()),
    ]


def column(
    verdict: str, notes: list[FeedbackNote], has_no_remarks: bool, language: str
) -> dict[str, Any]:
    """One column of the poster as `goals/note_column.html` has it."""
    return {
        "name": verdict,
        "notes": [
            note_shown(note, language) for note in notes if note.verdict == verdict
        ],
        "has_no_remarks": has_no_remarks,
    }


def note_shown(note: FeedbackNote, language: str) -> dict[str, Any]:
    """A note as it was written; of "must be adapted" also whether it is open."""
    found = answers(note, language)
    return {
        "text": note.text,
        "lang": note.language,
        "dir": direction(note.language),
        "answers": found,
        "answer": note.answer if found else "",
        "is_open": note.verdict == "adjust" and not found,
    }


def verdict_shown(verdict: GoalVerdict, language: str) -> dict[str, Any]:
    """What an evaluation says of the goal, and why."""
    return {
        "evaluation": localized_entry(verdict.evaluation, "title", language),
        "verdict": verdict.get_verdict_display(),
        "reasons": localized_entry(verdict, "reasons", language),
        "what_follows": localized_entry(verdict, "what_follows", language),
    }


def sources(notes: list[FeedbackNote]) -> list[dict[str, str]]:
    """The documents these notes stand in, each once."""
    found = {note.source_title: source_of(note) for note in notes if note.source_title}
    return list(found.values())


def conferences(notes: list[FeedbackNote], language: str) -> list[dict[str, Any]]:
    """The public conferences these notes were written at."""
    found = {note.conference for note in notes if note.conference}
    return [
        {
            "title": localized_entry(one, "title", language),
            "url": reverse("conference", args=[one.slug]),
        }
        for one in sorted(found, key=lambda one: one.day)
        if one.is_published
    ]


def line_shown(link: GoalLink, other: Goal, language: str) -> dict[str, Any]:
    """A line to a goal of another period, and why."""
    return {
        "goal": goal_link(other, language),
        "change": link.get_change_display(),
        "reason": localized_entry(link, "reason", language),
    }


def paper_link(paper: CouncilPaper, language: str) -> dict[str, Any]:
    """A council paper, as `goals/paper_link.html` has it."""
    return {
        "reference": paper.reference,
        "title": localized_entry(paper, "title", language),
        "url": reverse("paper", args=[paper.slug]),
    }


def mandate_shown(
    mandate: Mandate, language: str, *, is_history: bool
) -> dict[str, Any]:
    """What a paper orders for this goal, and how far that is."""
    return {
        "task": localized_entry(mandate, "task", language),
        "status": mandate.get_status_display(),
        "due_on": mandate.due_on,
        "is_overdue": mandate.is_late and not is_history,
        "paper": paper_link(mandate.paper, language),
        "findings": [finding_link(one, language) for one in mandate.findings.all()],
    }
