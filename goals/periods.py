"""The periods: all of them for the overview, one with its goals for its page."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goals.goal_page import paper_link
from goals.in_words import (
    counted_by_status,
    goal_link,
    goals_step,
    measures_in_words,
    source_of,
    years,
)
from goals.models import Challenge, FeedbackNote, Goal, Measure, Period
from herne_bildung.lib.localized import Text, localized_entry

Known = Period.Known
# The other parts: name of the address, icon, title, what is found there.
WAYS = (
    (
        "mission",
        "speech",
        _("Mission statement"),
        _("What education means for Herne, and five guiding sentences."),
    ),
    (
        "lineage",
        "signpost",
        _("Lines between goals"),
        _("What became of a goal in the next period, and why."),
    ),
    (
        "papers",
        "columns",
        _("Council papers"),
        _("What was decided, by whom and when, and what was ordered."),
    ),
    (
        "conferences",
        "people",
        _("Conferences"),
        _("What people said about the goals, and how they can do so."),
    ),
    (
        "network",
        "building",
        _("Network"),
        _("Who works together for education in Herne."),
    ),
    (
        "reports",
        "history",
        _("Reports"),
        _("How far the goals are, as reported to the committees."),
    ),
)


@dataclass(slots=True)
class PeriodShown:
    """A period with its numbers."""

    entry: Period
    about: Text
    source: dict[str, str]
    paper: dict[str, Any] | None
    goal_count: int
    measure_count: int
    challenge_count: int
    statuses: list[dict[str, Any]]
    open_notes: int

    @property
    def url(self) -> str:
        return reverse("period", args=[self.entry.slug])

    @property
    def years(self) -> str:
        return years(self.entry)

    @property
    def measures_text(self) -> str:
        return measures_in_words(self.measure_count)

    @property
    def has_known_status(self) -> bool:
        """Whether something is known of how far its measures are."""
        return any(one["status"] for one in self.statuses)

    @property
    def knows_nothing(self) -> bool:
        """Neither number nor wording of its goals is known."""
        return self.entry.known == Known.NOTHING

    @property
    def knows_headings(self) -> bool:
        """Only the headings of its goals are known."""
        return self.entry.known == Known.HEADINGS


@dataclass(slots=True)
class Overview:
    """What `goals/list.html` shows."""

    periods: list[PeriodShown]
    open_goals: list[dict[str, Any]]

    @property
    def ways(self) -> list[dict[str, Any]]:
        """The other parts of the action goals, each with what is found there."""
        return [
            {"url": reverse(name), "icon": icon, "title": str(title), "text": str(text)}
            for name, icon, title, text in WAYS
        ]

    @property
    def open_notes(self) -> int:
        return sum(one["number"] for one in self.open_goals)

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        return any(period.about.is_fallback for period in self.periods)


@dataclass(slots=True)
class PeriodPage(PeriodShown):
    """What `goals/period.html` shows."""

    goals: list[dict[str, Any]]
    steps: list[dict[str, str]]

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        texts = [text for one in self.goals for text in (one["title"], one["short"])]
        return any(text.is_fallback for text in (self.about, *texts))


def overview(language: str) -> Overview:
    """All public periods, newest first, samples last; so many queries however many
    they are.
    """
    numbers = Numbers()
    periods = Period.objects.published().select_related("paper")
    periods = periods.order_by("is_sample", "-first_year")
    open_goals = (
        Goal.objects.published()
        .select_related("period")
        .filter(pk__in=numbers.open_notes, is_sample=False)
        .order_by("-period__first_year", "number")
    )
    return Overview(
        [PeriodShown(*numbers.of(period, language)) for period in periods],
        [
            {**goal_link(goal, language), "number": numbers.open_notes[goal.pk]}
            for goal in open_goals
            if goal.pk in numbers.open_notes
        ],
    )


def period_page(period: Period, language: str) -> PeriodPage:
    """Everything the page of a period shows of its goals, in a language."""
    numbers = Numbers(period)
    goals = Goal.objects.published().filter(period=period)
    measures: dict[int, Counter[str]] = numbers.statuses_by_goal
    return PeriodPage(
        *numbers.of(period, language),
        goals=[
            {
                "number": goal.number,
                "title": localized_entry(goal, "title", language),
                "short": localized_entry(goal, "short", language),
                "url": reverse("goal", args=[period.slug, goal.slug]),
                "measures": measures_or_none(measures[goal.pk].total()),
                "statuses": [
                    one for one in counted_by_status(measures[goal.pk]) if one["status"]
                ],
                "open_notes": numbers.open_notes[goal.pk],
            }
            for goal in goals
        ],
        steps=[goals_step()],
    )


def measures_or_none(number: int) -> str:
    """ "3 measures", or that none are known."""
    return measures_in_words(number) if number else str(_("No measures are known yet."))


class Numbers:
    """How many goals, measures, challenges and open notes there are, by period and
    goal; of one period or of all. Four queries.
    """

    def __init__(self, period: Period | None = None):
        def counted(rows: QuerySet, *names: str) -> list[tuple]:
            if period:
                rows = rows.filter(goal__period=period)
            rows = rows.order_by().values_list("goal__period", "goal", *names)
            return list(rows.annotate(Count("pk")))

        goals = Goal.objects.published()
        if period:
            goals = goals.filter(period=period)
        self.goals = Counter(goals.order_by().values_list("period", flat=True))
        self.challenges: Counter[int] = Counter()
        self.statuses: dict[int, Counter[str]] = defaultdict(Counter)
        self.statuses_by_goal: dict[int, Counter[str]] = defaultdict(Counter)
        self.open_notes: Counter[int] = Counter()
        self.open_notes_of_period: Counter[int] = Counter()
        for of, goal, status, number in counted(Measure.objects.published(), "status"):
            self.statuses[of][status] += number
            self.statuses_by_goal[goal][status] += number
        for of, _goal, number in counted(Challenge.objects.published()):
            self.challenges[of] += number
        notes = FeedbackNote.objects.unanswered().filter(
            goal__in=Goal.objects.published()
        )
        for of, goal, number in counted(notes):
            self.open_notes_of_period[of] += number
            self.open_notes[goal] += number

    def of(self, period: Period, language: str) -> tuple:
        """The fields of `PeriodShown` for a period."""
        paper = period.paper
        is_public = paper and paper.is_published and not paper.oparl_deleted
        statuses = self.statuses[period.pk]
        return (
            period,
            localized_entry(period, "about", language),
            source_of(period),
            paper_link(paper, language) if is_public else None,
            self.goals[period.pk],
            statuses.total(),
            self.challenges[period.pk],
            counted_by_status(statuses),
            self.open_notes_of_period[period.pk],
        )
