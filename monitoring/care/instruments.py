"""Survey instruments as entries to look after: what is known of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.care.base import OF_RESPONSIBLE, GoalKind, responsible_facts
from goals.choices import Publication
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import fact, looked_after, texts
from herne_bildung.lib.localized import Text, localized_entry
from monitoring.care.forms import InstrumentCorrection
from monitoring.models import Instrument

KNOWN = "known"


class InstrumentKind(GoalKind):
    """Who is asked, where, how often: once a year, before the next round is planned."""

    name, model = "instrument", Instrument
    label = gettext_lazy("survey instrument")
    groups = (FactGroup(KNOWN, gettext_lazy("who is asked, and how often"), 12, 24),)
    link_fields = ("source_url",)
    correction_form = InstrumentCorrection
    end_label, end_note = Kind.end_label, Kind.end_note

    def entries(self) -> QuerySet:
        return Instrument.objects.filter(looked_after("organisation")).select_related(
            *OF_RESPONSIBLE
        )

    def is_public(self, entry: Instrument) -> bool:
        return entry.is_published

    def title(self, entry: Instrument, language: str) -> Text:
        return localized_entry(entry, "name", language)

    def facts(self, entry: Instrument, language: str) -> Mapping[str, list[Fact]]:
        cycle = entry.get_cycle_display() if entry.cycle else ""
        return {
            KNOWN: [
                Fact(_("Who is asked"), texts(entry, "target", language)),
                Fact(_("Where"), texts(entry, "where", language)),
                fact(_("How often"), str(cycle)),
                Fact(_("Participation"), texts(entry, "participation", language)),
                Fact(_("Legal basis"), texts(entry, "legal_basis", language)),
                responsible_facts(_("Responsible"), entry),
            ]
        }

    def values(self, entry: Instrument) -> Mapping[str, Any]:
        asked = [entry.target_de, entry.where_de, entry.cycle]
        known = [entry.participation_de, entry.legal_basis_de]
        return {KNOWN: [entry.name_de, *asked, *known]}

    def page_path(self, entry: Instrument) -> str:
        return reverse("survey", args=[entry.slug])

    def admin_path(self, entry: Instrument) -> str:
        return reverse("admin:monitoring_instrument_change", args=[entry.pk])

    def hide(self, entry: Instrument) -> None:
        self._set(entry, Publication.INTERNAL)

    def show(self, entry: Instrument) -> None:
        self._set(entry, Publication.PUBLISHED)

    def end(self, entry: Instrument) -> None:
        self._set(entry, Publication.INTERNAL)

    def _set(self, entry: Instrument, state: str) -> None:
        entry.state = state
        entry.save()
