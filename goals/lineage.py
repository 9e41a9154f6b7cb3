"""Which later goal follows from which earlier one: as a table, and drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from counselling.routes.drawing import Drawing, Edge, Label, draw
from goals.in_words import goal_link, goals_step, years
from goals.models import Goal, GoalLink
from herne_bildung.lib.languages import direction
from herne_bildung.lib.localized import localized_entry


@dataclass(slots=True)
class Lineage:
    """What `goals/lineage.html` shows."""

    lines: list[dict[str, Any]]
    drawing: Drawing
    steps: list[dict[str, str]]

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that texts are German for lack of another."""
        return any(
            text.is_fallback
            for line in self.lines
            for text in (
                line["earlier"]["title"],
                line["later"]["title"],
                line["reason"],
            )
        )


def lineage(language: str) -> Lineage:
    """All lines between public goals, newest first; one query."""
    public = Goal.objects.published().values("pk")
    links = (
        GoalLink.objects.filter(earlier__in=public, later__in=public)
        .select_related("earlier__period", "later__period")
        .order_by(
            "-later__period__first_year",
            "later__number",
            "earlier__period__first_year",
            "earlier__number",
        )
    )
    found = list(links)
    return Lineage(
        [
            {
                "earlier": goal_link(link.earlier, language),
                "later": goal_link(link.later, language),
                "change": link.get_change_display(),
                "reason": localized_entry(link, "reason", language),
            }
            for link in found
        ],
        drawn(found, language),
        [goals_step()],
    )


def drawn(links: Sequence[GoalLink], language: str) -> Drawing:
    """The same as a picture: earlier goals above, lines down to the later ones."""
    every = {goal.pk: goal for link in links for goal in (link.earlier, link.later)}
    goals = sorted(
        every.values(), key=lambda goal: (goal.period.first_year, goal.number)
    )
    places = {goal.pk: place for place, goal in enumerate(goals)}
    labels = [
        Label(
            str(goal.pk),
            localized_entry(goal, "title", language).text,
            kind_word=years(goal.period),
        )
        for goal in goals
    ]
    edges = [Edge(places[link.earlier_id], places[link.later_id]) for link in links]
    return draw(labels, edges, is_mirrored=direction(language) == "rtl")
