"""Milestones as entries to look after, until they are done."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.care.base import OF_RESPONSIBLE, GoalKind, day_fact, responsible_facts
from goals.care.measures import goal_path, is_shown
from goals.forms import MilestoneCorrection
from goals.models import Measure, Milestone
from herne_bildung.freshness.kinds import Fact, FactGroup
from herne_bildung.freshness.organisations import looked_after, texts
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry

DUE = "due"


class MilestoneKind(GoalKind):
    """Whether a step is done: asked when its day has come."""

    name, model, label = "milestone", Milestone, gettext_lazy("milestone")
    groups = (FactGroup(DUE, gettext_lazy("due date"), 1, 3),)
    correction_form = MilestoneCorrection

    def entries(self) -> QuerySet:
        """Those with a day, of open periods."""
        held = [f"measure__{path}" for path in OF_RESPONSIBLE]
        return (
            Milestone.objects.filter(looked_after("measure__organisation"))
            .filter(due_on__isnull=False, measure__goal__period__is_closed=False)
            .select_related("measure__goal__period", *held)
        )

    def responsible(self, entry: Milestone) -> Measure:
        return entry.measure

    def is_public(self, entry: Milestone) -> bool:
        is_open = entry.done_on is None and not entry.measure.is_finished
        return is_open and self.is_shown(entry)

    def is_shown(self, entry: Milestone) -> bool:
        return entry.measure.is_published and is_shown(entry.measure.goal)

    def title(self, entry: Milestone, language: str) -> Text:
        """The step with its measure, which alone says what it is about."""
        found = localized_entry(entry, "title", language)
        measure = localized_entry(entry.measure, "title", language)
        return Text(f"{found} – {measure}", found.lang or measure.lang, found.dir)

    def facts(self, entry: Milestone, language: str) -> Mapping[str, list[Fact]]:
        return {
            DUE: [
                Fact(_("Milestone"), texts(entry, "title", language)),
                Fact(_("Text"), texts(entry, "text", language)),
                day_fact(_("Due on"), entry.due_on, language),
                responsible_facts(_("Responsible"), entry.measure),
            ]
        }

    def values(self, entry: Milestone) -> Mapping[str, Any]:
        return {DUE: [entry.title_de, entry.due_on]}

    def days(self, entry: Milestone) -> Mapping[str, date]:
        return {DUE: entry.due_on}

    def page_path(self, entry: Milestone) -> str:
        return f"{goal_path(entry.measure.goal)}#measure-{entry.measure_id}"

    def admin_path(self, entry: Milestone) -> str:
        return reverse("admin:goals_measure_change", args=[entry.measure_id])

    def hide(self, entry: Milestone) -> None:
        """It belongs to its measure, which alone is shown or not."""

    def show(self, entry: Milestone) -> None:
        """Not done after all."""
        entry.done_on = None
        entry.save()

    def end(self, entry: Milestone) -> None:
        entry.done_on = clock.today()
        entry.save()
