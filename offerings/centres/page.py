"""One family centre as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.city.pictures import shown_picture
from herne_bildung.freshness.public import Freshness, freshness_of, report_path
from herne_bildung.lib.localized import Text, columns, localized, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from offerings.cards import Addresses, Card, cards, date_in_words, has_fallback
from offerings.centres.embed import embed_code
from offerings.centres.hours import today_in_words, week_in_words
from offerings.centres.offers import is_centre, members_of, offers_of
from offerings.centres.words import (
    addresses_of,
    certificate_in_words,
    districts_in_words,
    places_of,
)
from offerings.choices import QualityArea
from offerings.models import FamilyCentre
from offerings.places import routes_to

PER_PAGE = 20
# So many offers of an area are named above; the list below has all.
MOST_IN_AN_AREA = 8


@dataclass(slots=True)
class CentrePage:
    """What `offerings/centres/page.html` shows. `kitas` are {name, url, addresses,
    contact}; `areas` {name, offers, more}, only those that offers cover.
    """

    centre: FamilyCentre
    name: Text
    description: Text
    parent: Text
    where: str
    # Ways there by public transport: {url, place}.
    routes: list[dict[str, str]]
    certificate: str
    contact: dict[str, Any] | None
    kitas: list[dict[str, Any]]
    today: str
    week: list[dict[str, Any]]
    hours_note: Text
    areas: list[dict[str, Any]]
    cards: list[Card]
    total: int
    is_page_known: bool
    pager: dict[str, Any]
    picture: dict[str, Any] | None
    freshness: Freshness | None
    contact_freshness: Freshness | None
    embed_code: str

    @property
    def entry(self) -> Organisation:
        return self.centre.organisation

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [
            {"label": _("Family"), "url": reverse("family")},
            {"label": _("Family centres"), "url": reverse("family_centres")},
        ]

    @property
    def report_url(self) -> str:
        """Where readers say that something is wrong here."""
        return report_path("family_centre", self.centre)

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        return has_fallback(self.cards)


def centre_page(centre: FamilyCentre, page: str | None, language: str) -> CentrePage:
    """The page of a centre (of `offers.listed`); `page` is that of its offers."""
    organisation = centre.organisation
    titles = columns("title", language=language)
    offers = list(
        offers_of(centre).values("pk", "slug", "next_start", "quality_areas", *titles)
    )
    number, is_known = page_number(page, len(offers), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(offers))
    shown = offers[paging.offset : paging.offset + PER_PAGE]
    path = reverse("family_centre", args=[organisation.slug])
    parent = organisation.parent
    return CentrePage(
        centre=centre,
        name=localized_entry(organisation, "name", language),
        description=localized_entry(organisation, "description", language),
        parent=localized_entry(parent, "name", language) if parent else Text(""),
        where=districts_in_words(places_of(centre), language),
        routes=routes_to(places_of(centre), language),
        certificate=certificate_in_words(centre, language),
        contact=contact(organisation, addresses_of(organisation)),
        kitas=[kita_as_shown(kita, language) for kita in members_of(centre)],
        today=today_in_words(centre, language),
        week=week_in_words(centre),
        hours_note=localized_entry(centre, "consultation_note", language),
        areas=areas_of(offers, language),
        cards=cards([row["pk"] for row in shown]),
        total=len(offers),
        is_page_known=is_known,
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
        picture=shown_picture(getattr(organisation, "picture", None), language),
        freshness=freshness_of("family_centre", centre, language),
        contact_freshness=(
            freshness_of("organisation", organisation, language)
            if organisation.is_provider
            else None
        ),
        embed_code=embed_code(centre, language),
    )


def kita_as_shown(kita: Organisation, language: str) -> dict[str, Any]:
    """A Kita of a centre, with a way to its own page where it has one."""
    name = "family_centre" if is_centre(kita) else "provider"
    return {
        "name": localized_entry(kita, "name", language),
        "url": reverse(name, args=[kita.slug]) if kita.is_provider else "",
        "addresses": addresses_of(kita),
        "contact": contact(kita),
    }


def areas_of(offers: Sequence[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """The areas of the quality profile that any of these rows covers, with them."""
    addresses, found = Addresses(), []
    for area in QualityArea:
        rows = [row for row in offers if area in row["quality_areas"]]
        if rows:
            found.append(
                {
                    "name": str(area.label),
                    "offers": [
                        {
                            "url": addresses.of(row["slug"]),
                            "title": localized(row, "title", language),
                            "next_date": date_in_words(row["next_start"], language),
                        }
                        for row in rows[:MOST_IN_AN_AREA]
                    ],
                    "has_more": len(rows) > MOST_IN_AN_AREA,
                }
            )
    return found
