"""Organisations as entries to look after: the app `city` knows nothing of this."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.actions import index_organisations
from herne_bildung.city.models import Membership, Organisation
from herne_bildung.freshness.forms import OrganisationCorrection
from herne_bildung.freshness.kinds import Fact, FactGroup, Kind
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import Text, localized_entry

Status = Organisation.Status


class OrganisationKind(Kind):
    """Who offers something: how to reach it, what it is."""

    name, model, label = "organisation", Organisation, gettext_lazy("organisation")
    groups = (
        FactGroup("contact", gettext_lazy("contact"), 6, 12),
        FactGroup("description", gettext_lazy("address and description"), 12, 24),
    )
    link_fields = ("website",)
    correction_form = OrganisationCorrection

    def entries(self) -> QuerySet:
        """Those with a page of their own: bodies only planned or gone have none."""
        return (
            Organisation.objects.filter(looked_after("pk"), is_provider=True)
            .exclude(status=Status.PLANNED)
            .prefetch_related("places__district__parent__parent")
        )

    def organisation_id(self, entry: Organisation) -> int:
        return entry.pk

    def is_public(self, entry: Organisation) -> bool:
        return entry.status == Status.ACTIVE

    def title(self, entry: Organisation, language: str) -> Text:
        return localized_entry(entry, "name", language)

    def facts(self, entry: Organisation, language: str) -> Mapping[str, list[Fact]]:
        places = [
            listed(filter(None, (place.name, place.address)))
            for place in entry.places.all()
        ]
        return {
            "contact": [
                fact(_("Telephone"), entry.phone),
                fact(_("E-mail"), entry.email),
                fact(_("Website"), entry.website),
            ],
            "description": [
                Fact(_("Name"), (self.title(entry, language),)),
                Fact(_("Description"), texts(entry, "description", language)),
                fact(_("Address"), *places),
            ],
        }

    def values(self, entry: Organisation) -> Mapping[str, Any]:
        contact = [entry.phone, entry.email, entry.website]
        places = sorted([place.pk, place.address] for place in entry.places.all())
        found = {"description": [entry.name_de, entry.description_de, places]}
        return found | ({"contact": contact} if any(contact) else {})

    def dimensions(self, entry: Organisation) -> Mapping[str, list[str]]:
        return {"district": districts_of(entry.places.all())}

    def page_path(self, entry: Organisation) -> str:
        return reverse("provider", args=[entry.slug])

    def admin_path(self, entry: Organisation) -> str:
        return reverse("admin:city_organisation_change", args=[entry.pk])

    def phone(self, entry: Organisation) -> str:
        return entry.phone

    def hide(self, entry: Organisation) -> None:
        self._set(entry, Status.HIDDEN)

    def show(self, entry: Organisation) -> None:
        self._set(entry, Status.ACTIVE)

    def end(self, entry: Organisation) -> None:
        self._set(entry, Status.HISTORIC)

    def after_correction(self, entry: Organisation) -> None:
        index_organisations([entry.pk])

    def _set(self, entry: Organisation, status: str) -> None:
        entry.status = status
        entry.save()
        self.after_correction(entry)


def looked_after(organisation: str) -> Q:
    """Real entries; and samples of what a demo login looks after, so that confirming
    can be tried out: nobody is asked about them, and they count nowhere.
    `organisation` leads from the entry to it.
    """
    demo = Membership.objects.filter(user__is_demo=True).values("organisation")
    return Q(is_sample=False) | Q(**{f"{organisation}__in": demo})


def fact(label: str, *lines: str) -> Fact:
    """A fact whose lines have no language: names, numbers, addresses."""
    return Fact(label, tuple(Text(line) for line in lines if line))


def texts(entry: Any, field: str, language: str) -> tuple[Text, ...]:
    """A translated text as the lines of a fact."""
    found = localized_entry(entry, field, language)
    return (found,) if found else ()


def districts_of(places: Any) -> list[str]:
    """Keys of the districts of places and of all above them."""
    found: dict[str, None] = {}
    for place in places:
        district = place.district
        while district is not None:
            found[district.key] = None
            district = district.parent
    return list(found)
