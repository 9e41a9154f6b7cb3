"""A provider's page: who it is, how to reach it, what it offers."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.lib import clock
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from offerings.cards import Card, cards, has_fallback
from offerings.models import Offering

PER_PAGE = 20


@dataclass(slots=True)
class ProviderPage:
    """What `offerings/provider.html` shows."""

    entry: Organisation
    name: Text
    description: Text
    parent: Text
    contact: dict[str, Any] | None
    cards: list[Card]
    total: int
    is_page_known: bool
    pager: dict[str, Any]

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [{"label": _("Offers"), "url": reverse("offerings")}]

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
        cards=cards(list(ids[paging.offset : paging.offset + PER_PAGE])),
        total=total,
        is_page_known=is_known,
        pager=pager(
            paging, lambda number: f"{path}?page={number}" if number > 1 else path
        ),
    )
