"""A provider's page: who it is, how to reach it, what it offers."""

from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.city.pictures import shown_picture
from herne_bildung.freshness.public import (
    Freshness,
    freshness_of,
    notice_of_document,
    report_path,
)
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from offerings.cards import Card, cards, has_fallback
from offerings.models import Offering
from offerings.places import place_facts

PER_PAGE = 20


@dataclass(slots=True)
class ProviderPage:
    """What `offerings/provider.html` shows."""

    entry: Organisation
    name: Text
    description: Text
    parent: Text
    contact: dict[str, Any] | None
    freshness: Freshness | None
    cards: list[Card]
    total: int
    is_page_known: bool
    pager: dict[str, Any]
    picture: dict[str, Any] | None = None
    places: list[dict[str, Any]] = field(default_factory=list)
    # Bodies of the network in which it takes part: {name, url}.
    bodies: list[dict[str, Any]] = field(default_factory=list)
    # Its page in the network, where it is a body itself.
    body_url: str = ""

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Offers"), "url": reverse("offerings")}]

    @property
    def documented(self) -> str:
        """The notice above the page; empty where it needs none."""
        return notice_of_document(self.entry.as_of, self.freshness)

    @property
    def documented_text(self) -> str:
        """What the reader should know of a provider from a document."""
        return _(
            "This entry comes from a document of %(year)s, and nobody has confirmed "
            "it since: please ask."
        ) % {"year": self.entry.as_of[:4]}

    @property
    def report_url(self) -> str:
        """Where readers say that something is wrong here; empty for bodies that
        offer nothing, which nobody looks after.
        """
        if not self.entry.is_provider:
            return ""
        return report_path("organisation", self.entry)

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        return has_fallback(self.cards)


def provider_page(
    organisation: Organisation, page: str | None, language: str
) -> ProviderPage:
    """The page of a provider; `page` is the page of its offers asked for."""
    published = Offering.objects.published(clock.today()).filter(provider=organisation)
    total = published.count()
    number, is_known = page_number(page, total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    ids = published.order_by("sort_key", "pk").values_list("pk", flat=True)
    path = reverse("provider", args=[organisation.slug])
    return ProviderPage(
        entry=organisation,
        name=localized_entry(organisation, "name", language),
        description=localized_entry(organisation, "description", language),
        parent=(
            localized_entry(organisation.parent, "name", language)
            if organisation.parent
            else Text("")
        ),
        contact=contact(organisation),
        picture=shown_picture(getattr(organisation, "picture", None), language),
        freshness=(
            freshness_of("organisation", organisation, language)
            if organisation.is_provider
            else None
        ),
        cards=cards(list(ids[paging.offset : paging.offset + PER_PAGE])),
        total=total,
        places=[
            place_facts(place, language)
            for place in organisation.places.select_related("district")
        ],
        bodies=bodies_of(organisation, language),
        body_url=body_url(organisation),
        is_page_known=is_known,
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
    )


def bodies_of(organisation: Organisation, language: str) -> list[dict[str, Any]]:
    """The public bodies in which it takes part."""
    rows = organisation.body_memberships.filter(body__state="published")
    in_order = rows.order_by("body__kind", "body__order", "body__slug")
    return [
        {
            "name": localized_entry(row.body.named, "name", language),
            "url": reverse("body", args=[row.body.slug]),
        }
        for row in in_order.select_related("body__organisation")
    ]


def body_url(organisation: Organisation) -> str:
    """The page of the body that it is; empty where it is none that is public."""
    body = getattr(organisation, "body", None)
    is_public = body is not None and body.is_published
    return reverse("body", args=[body.slug]) if is_public else ""
