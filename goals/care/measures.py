"""Measures as entries to look after, while their period is open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from goals.actions import reindex, set_status
from goals.care.base import OF_RESPONSIBLE, GoalKind, day_fact, responsible_facts
from goals.choices import MeasureStatus, Publication
from goals.forms import SAID, MeasureCorrection
from goals.models import Measure
from herne_bildung.freshness.kinds import Fact, FactGroup
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, localized_entry

PROGRESS, END = "progress", "end"
NOT_FINISHED = gettext_lazy("It is not finished after all.")


class MeasureKind(GoalKind):
    """How far a measure is: asked twice a year, and when its planned end has come."""

    name, model, label = "measure", Measure, gettext_lazy("measure")
    groups = (
        FactGroup(PROGRESS, gettext_lazy("status and progress"), 6, 12),
        FactGroup(END, gettext_lazy("planned end"), 1, 3),
    )
    correction_form = MeasureCorrection

    def entries(self) -> QuerySet:
        """Those of open periods; finished ones may turn out not to be."""
        return (
            Measure.objects.filter(looked_after("organisation"))
            .in_open_periods()
            .select_related("goal__period", *OF_RESPONSIBLE)
            .prefetch_related("status_changes", "progress", "districts__parent")
        )

    def is_public(self, entry: Measure) -> bool:
        return self.is_shown(entry) and not entry.is_finished

    def is_shown(self, entry: Measure) -> bool:
        return entry.is_published and is_shown(entry.goal)

    def title(self, entry: Measure, language: str) -> Text:
        return localized_entry(entry, "title", language)

    def facts(self, entry: Measure, language: str) -> Mapping[str, list[Fact]]:
        latest = next(iter(entry.status_changes.all()), None)
        since = texts(latest, "reason", language) if latest else ()
        status = entry.get_status_display() if entry.status else ""
        found = {
            PROGRESS: [
                fact(_("Status"), status),
                Fact(_("Why"), since),
                *(
                    Fact(str(one.year), texts(one, "text", language))
                    for one in list(entry.progress.all())[:2]
                ),
                responsible_facts(_("Responsible"), entry),
            ]
        }
        if entry.planned_end:
            found[END] = [day_fact(_("Planned until"), entry.planned_end, language)]
        return found

    def values(self, entry: Measure) -> Mapping[str, Any]:
        progress = [[one.year, one.text_de] for one in entry.progress.all()]
        found = {PROGRESS: [entry.title_de, entry.status, sorted(progress)]}
        return found | ({END: entry.planned_end} if entry.planned_end else {})

    def days(self, entry: Measure) -> Mapping[str, date]:
        return {END: entry.planned_end} if entry.planned_end else {}

    def dimensions(self, entry: Measure) -> Mapping[str, list[str]]:
        found = list(entry.districts.all())
        above = [one.parent for one in found if one.parent]
        return {"district": list(dict.fromkeys(one.key for one in (*found, *above)))}

    def page_path(self, entry: Measure) -> str:
        return f"{goal_path(entry.goal)}#measure-{entry.pk}"

    def admin_path(self, entry: Measure) -> str:
        return reverse("admin:goals_measure_change", args=[entry.pk])

    def hide(self, entry: Measure) -> None:
        self._set(entry, Publication.INTERNAL)

    def show(self, entry: Measure) -> None:
        """On the site again; what was called done is running again."""
        if entry.is_finished:
            _set_status(entry, MeasureStatus.RUNNING, NOT_FINISHED)
        self._set(entry, Publication.PUBLISHED)

    def end(self, entry: Measure) -> None:
        _set_status(entry, MeasureStatus.DONE, SAID)

    def _set(self, entry: Measure, state: str) -> None:
        """A goal is found by the words of its public measures."""
        entry.state = state
        entry.save()
        reindex([entry.goal_id])


def _set_status(measure: Measure, status: str, reason: Any) -> None:
    """Since today; the reason is German whatever whoever says it reads."""
    with override(DEFAULT_LANGUAGE):
        set_status(
            measure=measure,
            status=status,
            reason=str(reason),
            on=clock.today(),
            by=None,
        )


def is_shown(goal: Any) -> bool:
    """Whether everyone sees a goal, which its period may hide."""
    return goal.is_published and goal.period.is_published


def goal_path(goal: Any) -> str:
    """The page of a goal in the active language."""
    return reverse("goal", args=[goal.period.slug, goal.slug])
