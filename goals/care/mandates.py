"""What papers order, as entries to look after until it is carried out."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.care.base import OF_RESPONSIBLE, GoalKind, day_fact, responsible_facts
from goals.choices import MandateStatus, Publication
from goals.forms import MandateCorrection
from goals.models import Mandate
from goals.papers.search import reindex_papers
from herne_bildung.freshness.kinds import Fact, FactGroup
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry

STATUS, DUE = "status", "due"
CARRIED_OUT = (MandateStatus.DONE, MandateStatus.DROPPED)


class MandateKind(GoalKind):
    """How far a mandate is: asked every quarter, and when its day has come."""

    name, model, label = "mandate", Mandate, gettext_lazy("mandate")
    groups = (
        FactGroup(STATUS, gettext_lazy("status of the mandate"), 3, 6),
        FactGroup(DUE, gettext_lazy("due date"), 1, 3),
    )
    correction_form = MandateCorrection

    def entries(self) -> QuerySet:
        """None of history, nor of papers deleted in the council's system."""
        return (
            Mandate.objects.filter(looked_after("organisation"))
            .in_open_periods()
            .exclude(paper__oparl_deleted=True)
            .select_related("paper", *OF_RESPONSIBLE)
        )

    def is_public(self, entry: Mandate) -> bool:
        return self.is_shown(entry) and entry.status not in CARRIED_OUT

    def is_shown(self, entry: Mandate) -> bool:
        return entry.is_published and entry.paper.is_published

    def title(self, entry: Mandate, language: str) -> Text:
        """What is to be done, with the paper that orders it."""
        found = localized_entry(entry, "task", language)
        return Text(f"{found} ({entry.paper.reference})", found.lang, found.dir)

    def facts(self, entry: Mandate, language: str) -> Mapping[str, list[Fact]]:
        status = entry.get_status_display() if entry.status else ""
        found = {
            STATUS: [
                Fact(_("What is to be done"), texts(entry, "task", language)),
                fact(_("Status"), status),
                Fact(_("What came of it"), texts(entry, "outcome", language)),
                responsible_facts(_("Responsible"), entry),
            ]
        }
        if entry.due_on:
            found[DUE] = [day_fact(_("Due on"), entry.due_on, language)]
        return found

    def values(self, entry: Mandate) -> Mapping[str, Any]:
        found = {STATUS: [entry.task_de, entry.status, entry.outcome_de]}
        return found | ({DUE: entry.due_on} if entry.due_on else {})

    def days(self, entry: Mandate) -> Mapping[str, date]:
        return {DUE: entry.due_on} if entry.due_on else {}

    def page_path(self, entry: Mandate) -> str:
        return reverse("paper", args=[entry.paper.slug])

    def admin_path(self, entry: Mandate) -> str:
        return reverse("admin:goals_councilpaper_change", args=[entry.paper_id])

    def hide(self, entry: Mandate) -> None:
        self._set(entry, Publication.INTERNAL)

    def show(self, entry: Mandate) -> None:
        """On the site again; what was called done is worked on again."""
        if entry.status in CARRIED_OUT:
            entry.status, entry.done_on = MandateStatus.WORKED_ON, None
        self._set(entry, Publication.PUBLISHED)

    def end(self, entry: Mandate) -> None:
        entry.status, entry.done_on = MandateStatus.DONE, clock.today()
        entry.save()

    def _set(self, entry: Mandate, state: str) -> None:
        """A paper is found by the words of its public mandates."""
        entry.state = state
        entry.save()
        reindex_papers([entry.paper_id])
