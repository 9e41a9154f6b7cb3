"""Offices as entries to look after."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from counselling.actions import reindex
from counselling.choices import Hours
from counselling.forms import OfficeCorrection
from counselling.models import CounsellingOffice
from counselling.office_page import facts
from counselling.openings import exceptions_in_words, week_in_words
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.freshness.organisations import (
    districts_of,
    fact,
    looked_after,
    texts,
)
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry

State = CounsellingOffice.State
HOURS, TERMS, DESCRIPTION = "hours", "terms", "description"
HOURS_FIELDS = (
    "weekday",
    "opens",
    "closes",
    "season",
    "valid_from",
    "valid_until",
    "is_by_appointment",
)


class OfficeKind(Kind):
    """Where people are advised."""

    name, model = "office", CounsellingOffice
    label = gettext_lazy("counselling office")
    groups = (
        FactGroup(HOURS, gettext_lazy("opening hours"), 3, 6),
        FactGroup(TERMS, gettext_lazy("contact, languages, costs"), 6, 12),
        FactGroup(DESCRIPTION, gettext_lazy("address and description"), 12, 24),
    )
    link_fields = ("website", "appointment_url")
    correction_form = OfficeCorrection

    def entries(self) -> QuerySet:
        """All but history: what was only planned never changes."""
        return (
            CounsellingOffice.objects.filter(looked_after("organisation"))
            .exclude(state=State.PLANNED)
            .for_pages()
            .select_related("place__district__parent__parent")
        )

    def organisation_id(self, entry: CounsellingOffice) -> int | None:
        return entry.organisation_id

    def is_public(self, entry: CounsellingOffice) -> bool:
        return entry.state == State.PUBLISHED

    def title(self, entry: CounsellingOffice, language: str) -> Text:
        return localized_entry(entry, "name", language)

    def facts(
        self, entry: CounsellingOffice, language: str
    ) -> Mapping[str, list[Fact]]:
        said, _unknown = facts(entry, language)
        week = [
            f"{row['day']} {listed(row['spans'])}"
            for row in week_in_words(entry, language)
        ]
        if entry.hours != Hours.KNOWN:
            week = [str(entry.get_hours_display())]
        place = entry.place
        where = [listed(filter(None, (place.name, place.address)))] if place else []
        return {
            HOURS: [
                fact(_("Opening hours"), *week),
                fact(_("Other hours"), *exceptions_in_words(entry, language)),
                Fact(_("Note on the hours"), texts(entry, "hours_note", language)),
            ],
            TERMS: [
                fact(_("Telephone"), entry.phone),
                fact(_("E-mail"), entry.email),
                fact(_("Website"), entry.website),
                fact(_("Address to make an appointment"), entry.appointment_url),
                *(fact(found["label"], *found["lines"]) for found in said),
            ],
            DESCRIPTION: [
                Fact(_("Name"), (self.title(entry, language),)),
                Fact(_("In short"), texts(entry, "summary", language)),
                fact(_("Where"), *where),
                Fact(
                    _("What it helps with"),
                    tuple(
                        localized_entry(link.concern, "name", language)
                        for link in entry.concern_links.all()
                    ),
                ),
                Fact(_("What to bring"), texts(entry, "what_to_bring", language)),
                Fact(_("Description"), texts(entry, "description", language)),
            ],
        }

    def values(self, entry: CounsellingOffice) -> Mapping[str, Any]:
        place = entry.place
        hours = [
            entry.hours,
            entry.hours_note_de,
            sorted(
                [str(getattr(row, name)) for name in HOURS_FIELDS]
                for row in entry.opening_hours.all()
            ),
            sorted(
                [str(row.first_day), str(row.last_day), str(row.opens), str(row.closes)]
                for row in entry.opening_exceptions.all()
            ),
        ]
        return {
            HOURS: hours,
            TERMS: [
                [entry.phone, entry.email, entry.website, entry.appointment_url],
                [entry.is_free, entry.is_anonymous, entry.is_accessible],
                [entry.has_interpreting, entry.interpreting_days],
                [sorted(entry.languages), sorted(entry.ways)],
            ],
            DESCRIPTION: [
                entry.name_de,
                entry.summary_de,
                entry.description_de,
                entry.what_to_bring_de,
                [place.pk, place.address] if place else None,
                sorted(link.concern.key for link in entry.concern_links.all()),
                sorted(entry.audiences),
                [entry.is_citywide, sorted(entry.school_forms)],
                sorted(district.key for district in entry.districts.all()),
            ],
        }

    def dimensions(self, entry: CounsellingOffice) -> Mapping[str, list[str]]:
        return {"district": districts_of([entry.place] if entry.place else [])}

    def page_path(self, entry: CounsellingOffice) -> str:
        return reverse("office", args=[entry.slug])

    def admin_path(self, entry: CounsellingOffice) -> str:
        return reverse("admin:counselling_counsellingoffice_change", args=[entry.pk])

    def phone(self, entry: CounsellingOffice) -> str:
        return entry.phone or (entry.organisation.phone if entry.organisation else "")

    def to_ask(self, entry: CounsellingOffice) -> Sequence[Any]:
        return (entry, entry.organisation) if entry.organisation else (entry,)

    def hide(self, entry: CounsellingOffice) -> None:
        self._set(entry, State.UNCONFIRMED)

    def show(self, entry: CounsellingOffice) -> None:
        """Not what somebody archived or made a draft since."""
        if entry.state in (State.UNCONFIRMED, State.ENDED, State.PUBLISHED):
            self._set(entry, State.PUBLISHED)

    def end(self, entry: CounsellingOffice) -> None:
        self._set(entry, State.ENDED)

    def after_correction(self, entry: CounsellingOffice) -> None:
        reindex([entry.pk])

    def _set(self, entry: CounsellingOffice, state: str) -> None:
        entry.state = state
        entry.save()
        reindex([entry.pk])
