"""Indicators as entries to look after: whether new values are there, and whether the
definition still is the right one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.care.base import OF_RESPONSIBLE, GoalKind, day_fact, responsible_facts
from goals.choices import Publication
from herne_bildung.freshness.kinds import Fact, FactGroup
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.freshness.rhythm import add_months
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry
from monitoring.care.forms import IndicatorCorrection
from monitoring.choices import Cycle, ReleaseState
from monitoring.models import Indicator, Release
from monitoring.search import reindex

VALUES, DEFINITION = "values", "definition"
# Where nobody said when new values come, it is asked so long after the last ones.
MONTHS_WITHOUT_DAY = 12


class IndicatorKind(GoalKind):
    """New values on the day announced for them; the definition every two years."""

    name, model, label = "indicator", Indicator, gettext_lazy("indicator")
    groups = (
        FactGroup(VALUES, gettext_lazy("new values"), 1, 12),
        FactGroup(DEFINITION, gettext_lazy("definition and source"), 24, 36),
    )
    link_fields = ("source_url",)
    correction_form = IndicatorCorrection
    end_label = gettext_lazy("No new values will come")
    end_note = gettext_lazy(
        "Then the portal says that the values come once only, and we ask nobody any "
        "more. You can undo it here or from the mail you get now."
    )

    def entries(self) -> QuerySet:
        """With the day their values became public: `public_since`."""
        current = Release.objects.filter(
            indicator=OuterRef("pk"), state=ReleaseState.PUBLISHED
        )
        return (
            Indicator.objects.filter(looked_after("organisation"))
            .annotate(public_since=Subquery(current.values("published_at")[:1]))
            .select_related(*OF_RESPONSIBLE)
        )

    def is_public(self, entry: Indicator) -> bool:
        """Values that come once only need nobody."""
        return self.is_shown(entry) and entry.cycle != Cycle.ONCE

    def is_shown(self, entry: Indicator) -> bool:
        return entry.is_published

    def title(self, entry: Indicator, language: str) -> Text:
        return localized_entry(entry, "name", language)

    def facts(self, entry: Indicator, language: str) -> Mapping[str, list[Fact]]:
        since = _day_of(entry)
        return {
            VALUES: [
                day_fact(_("Values public since"), since, language),
                day_fact(_("Next values on"), entry.next_release_on, language),
                responsible_facts(_("Responsible"), entry),
            ],
            DEFINITION: [
                Fact(_("Question it answers"), texts(entry, "question", language)),
                Fact(_("Definition"), texts(entry, "definition", language)),
                Fact(_("How it is calculated"), texts(entry, "formula", language)),
                fact(_("Source"), entry.source_title, entry.source_url),
                fact(_("Licence"), entry.licence),
            ],
        }

    def values(self, entry: Indicator) -> Mapping[str, Any]:
        since = _day_of(entry)
        texts_of = [entry.question_de, entry.definition_de, entry.formula_de]
        source = [entry.source_title, entry.source_url, entry.licence]
        found = {DEFINITION: [entry.name_de, *texts_of, *source]}
        if self.days(entry):
            found[VALUES] = [entry.next_release_on, since]
        return found

    def days(self, entry: Indicator) -> Mapping[str, date]:
        """The day announced; without one a year after the last values."""
        if entry.next_release_on:
            return {VALUES: entry.next_release_on}
        since = _day_of(entry)
        return {VALUES: add_months(since, MONTHS_WITHOUT_DAY)} if since else {}

    def page_path(self, entry: Indicator) -> str:
        return reverse("indicator", args=[entry.slug])

    def admin_path(self, entry: Indicator) -> str:
        return reverse("admin:monitoring_indicator_change", args=[entry.pk])

    def hide(self, entry: Indicator) -> None:
        self._set(entry, Publication.INTERNAL)

    def show(self, entry: Indicator) -> None:
        """On the site again; what was to come once comes again."""
        if entry.cycle == Cycle.ONCE:
            entry.cycle = Cycle.UNKNOWN
        self._set(entry, Publication.PUBLISHED)

    def end(self, entry: Indicator) -> None:
        entry.cycle, entry.next_release_on = Cycle.ONCE, None
        entry.save()

    def after_correction(self, entry: Indicator) -> None:
        reindex([entry.pk])

    def _set(self, entry: Indicator, state: str) -> None:
        entry.state = state
        entry.save()
        reindex([entry.pk])


def _day_of(entry: Indicator) -> date | None:
    """Since when its present values are public, as the clock in Herne has it."""
    if entry.public_since is None:
        return None
    return entry.public_since.astimezone(clock.BERLIN).date()
