"""Family centres as entries to look after: consultation hours and Kitas. Contact and
description are facts of their organisation, which is an entry of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from herne_bildung.city.actions import index_organisations
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.forms import CorrectionForm
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import (
    districts_of,
    fact,
    looked_after,
    texts,
)
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry
from offerings.centres.hours import row_in_words
from offerings.centres.offers import centres, members_of
from offerings.centres.search import index_centres
from offerings.centres.words import addresses_of, certificate_in_words, places_of
from offerings.models import FamilyCentre

Status = Organisation.Status
HOURS, KITAS = "hours", "kitas"


class FamilyCentreCorrection(CorrectionForm):
    """What its people correct from a reminder; weekly hours are told in words, in the
    last field of the form.
    """

    class Meta(CorrectionForm.Meta):
        model = FamilyCentre
        fields = ["consultation_note_de", "certificate_until"]
        labels = {
            "consultation_note_de": gettext_lazy("note on the consultation hours"),
        }


class FamilyCentreKind(Kind):
    """What makes an organisation a family centre. It has no state of its own: it is
    hidden and ends with its organisation, and never by silence, which hides that.
    """

    name, model, label = "family_centre", FamilyCentre, gettext_lazy("family centre")
    groups = (
        FactGroup(HOURS, gettext_lazy("consultation hours"), 6, 12),
        FactGroup(KITAS, gettext_lazy("Kitas and certificate"), 12, 24),
    )
    is_hidden_at_last = False
    correction_form = FamilyCentreCorrection

    def entries(self) -> QuerySet:
        return centres().filter(looked_after("organisation"))

    def organisation_id(self, entry: FamilyCentre) -> int:
        return entry.organisation_id

    def is_public(self, entry: FamilyCentre) -> bool:
        return entry.organisation.status == Status.ACTIVE

    def title(self, entry: FamilyCentre, language: str) -> Text:
        return localized_entry(entry.organisation, "name", language)

    def facts(self, entry: FamilyCentre, language: str) -> Mapping[str, list[Fact]]:
        kitas = [
            listed([kita.name_de, *addresses_of(kita)]) for kita in members_of(entry)
        ]
        return {
            HOURS: [
                fact(
                    _("Consultation hours"),
                    *(row_in_words(row) for row in entry.consultation_hours.all()),
                ),
                Fact(_("Note"), texts(entry, "consultation_note", language)),
            ],
            KITAS: [
                fact(_("Its Kitas"), *kitas),
                fact(
                    pgettext("family centre", "Certificate"),
                    certificate_in_words(entry, language),
                ),
            ],
        }

    def values(self, entry: FamilyCentre) -> Mapping[str, Any]:
        hours = sorted(
            [row.weekday, str(row.opens), str(row.closes), row.is_by_appointment]
            for row in entry.consultation_hours.all()
        )
        kitas = sorted(kita.pk for kita in members_of(entry))
        return {
            HOURS: [hours, entry.consultation_note_de],
            KITAS: [kitas, str(entry.certificate_until or "")],
        }

    def dimensions(self, entry: FamilyCentre) -> Mapping[str, list[str]]:
        return {"district": districts_of(places_of(entry))}

    def page_path(self, entry: FamilyCentre) -> str:
        return reverse("family_centre", args=[entry.organisation.slug])

    def admin_path(self, entry: FamilyCentre) -> str:
        return reverse("admin:offerings_familycentre_change", args=[entry.pk])

    def phone(self, entry: FamilyCentre) -> str:
        return entry.organisation.phone

    def to_ask(self, entry: FamilyCentre) -> Sequence[Any]:
        return (entry.organisation,)

    def hide(self, entry: FamilyCentre) -> None:
        self._set(entry, Status.HIDDEN)

    def show(self, entry: FamilyCentre) -> None:
        self._set(entry, Status.ACTIVE)

    def end(self, entry: FamilyCentre) -> None:
        self._set(entry, Status.HISTORIC)

    def after_correction(self, entry: FamilyCentre) -> None:
        index_centres()

    def _set(self, entry: FamilyCentre, status: str) -> None:
        entry.organisation.status = status
        entry.organisation.save()
        # What looks for changes looks at this row.
        entry.save()
        index_organisations([entry.organisation_id])
        index_centres()
