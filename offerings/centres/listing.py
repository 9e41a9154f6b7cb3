"""The list of all family centres, by borough."""

from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.public import (
    overdue_in_words,
    state_of_document,
    with_care,
)
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, isolated, localized_entry
from offerings.cards import Card, cards, has_fallback
from offerings.centres.offers import listed, members_of
from offerings.centres.words import (
    boroughs_of,
    certificate_in_words,
    districts_in_words,
    places_of,
    sites_in_words,
)
from offerings.models import FamilyCentre, Offering

# What the city's documents say of all centres together: the only known number.
KNOWN_YEAR, KNOWN_COUNT = "2017", 23
SOURCE = {
    "title": (
        "8. Herner Bildungskonferenz, Handlungsziele 2013 - 2017, Dokumentation der "
        "Bildungskonferenz"
    ),
    "quote": (
        "Abgestimmtes Angebotsprofil aller 23 Familienzentren mit flächendeckenden "
        "Angeboten für Familien"
    ),
    "as_of": KNOWN_YEAR,
}
# Seeded: what the documents say of the offers of all centres, and their network.
OFFERS = (
    "familienbildung-in-familienzentren",
    "familienberatung-in-familienzentren",
    "kindertagespflege-in-familienzentren",
    "vereinbarkeit-in-familienzentren",
)
NETWORK = "netzwerk-der-familienzentren"


@dataclass(slots=True)
class CentreList:
    """What `offerings/centres/list.html` shows. `boroughs` are {key, name, cards}; a
    centre of Kitas in two boroughs stands in both.
    """

    boroughs: list[dict[str, Any]]
    real_count: int
    has_samples: bool
    offers: list[Card]
    network: Text
    network_url: str
    source: dict[str, str] = field(default_factory=lambda: SOURCE)

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Family"), "url": reverse("family")}]

    @property
    def is_complete(self) -> bool:
        """No fewer than the documents count."""
        return self.real_count >= KNOWN_COUNT

    @property
    def is_empty(self) -> bool:
        return not self.real_count

    @property
    def title(self) -> str:
        """How many are entered."""
        if self.is_empty:
            return _("No family centre is entered here yet.")
        text = ngettext(
            "%(count)s family centre is entered here so far.",
            "%(count)s family centres are entered here so far.",
            self.real_count,
        )
        return text % {"count": self.real_count}

    @property
    def text(self) -> str:
        """How many there were, and where one asks."""
        return _(
            "In %(year)s there were %(count)s family centres in Herne. We do not know "
            "how many there are today. Please ask the Bildungsbüro."
        ) % {"year": KNOWN_YEAR, "count": KNOWN_COUNT}

    @property
    def office(self) -> str:
        """Where one asks; empty while no real mailbox is set."""
        address = settings.CARE_MAILBOX
        return "" if address.endswith("@localhost") else address

    @property
    def has_fallback(self) -> bool:
        """True when German is shown to others; names are German anyway."""
        return has_fallback(self.offers)


def centre_list(language: str) -> CentreList:
    """The page in a language; a fixed number of queries."""
    rows = with_care(listed(), "family_centre").order_by("organisation__sort_key")
    found = list(rows)
    boroughs: dict[int, dict[str, Any]] = {}
    elsewhere = {"key": "", "name": _("Place not known"), "order": 10**6, "cards": []}
    for centre in found:
        shown = card(centre, language)
        for borough in boroughs_of(centre):
            group = boroughs.setdefault(
                borough.pk,
                {
                    "key": borough.key,
                    "name": isolated(borough.name, language),
                    "order": borough.order,
                    "cards": [],
                },
            )
            group["cards"].append(shown)
        if not boroughs_of(centre):
            elsewhere["cards"].append(shown)
    groups = [*boroughs.values(), *([elsewhere] if elsewhere["cards"] else [])]
    network = Organisation.objects.listed().filter(slug=NETWORK).first()
    return CentreList(
        boroughs=sorted(groups, key=lambda group: (group["order"], group["key"])),
        real_count=sum(not centre.is_sample for centre in found),
        has_samples=any(centre.is_sample for centre in found),
        offers=cards(_offers()),
        network=localized_entry(network, "name", language) if network else Text(""),
        network_url=reverse("provider", args=[NETWORK]) if network else "",
    )


def card(centre: FamilyCentre, language: str) -> dict[str, Any]:
    """A centre as `components/organisation_list.html` shows it."""
    organisation, kitas = centre.organisation, members_of(centre)
    parent = organisation.parent
    return {
        "url": reverse("family_centre", args=[organisation.slug]),
        "title": localized_entry(organisation, "name", language),
        "kind": certificate_in_words(centre, language) or _("Family centre"),
        "topics": kitas_in_words(len(kitas)),
        "summary": localized_entry(organisation, "description", language),
        "sites": sites_in_words(organisation, language)
        or [districts_in_words(places_of(centre), language)],
        "contact": contact(organisation),
        "parent": localized_entry(parent, "name", language) if parent else None,
        "is_sample": centre.is_sample,
        "documented": state_of_document(centre.as_of, centre.care_confirmed_at),
        "overdue": overdue_in_words(
            centre.as_of, centre.care_confirmed_at, centre.care_due_on
        ),
    }


def kitas_in_words(count: int) -> str:
    """ "3 Kitas"; empty for a centre that is one Kita itself."""
    if not count:
        return ""
    return ngettext("%(count)s Kita", "%(count)s Kitas", count) % {"count": count}


def _offers() -> list[int]:
    """The seeded offers of all centres that are still shown, in their order."""
    shown = Offering.objects.published(clock.today()).filter(seed_key__in=OFFERS)
    by_key = dict(shown.values_list("seed_key", "pk"))
    return [by_key[key] for key in OFFERS if key in by_key]
