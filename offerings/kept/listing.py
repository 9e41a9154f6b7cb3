"""Offers a reader keeps: the list stands in its address, and in the reader's own
browser (static/js/kept.js), nowhere else.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from herne_bildung.lib import clock
from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import columns, localized
from offerings.cards import Card, cards, has_fallback
from offerings.gone import notice_of
from offerings.kept.sharing import Sharing
from offerings.models import Offering
from offerings.seasons import followers

MOST = 50


@dataclass(slots=True)
class KeptOffers:
    """`gone` counts kept offers that are no longer shown; `explained` names those of
    which a page says why.
    """

    cards: list[Card]
    gone: int
    explained: list[dict[str, Any]]
    removals: list[dict[str, Any]]

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The offers that are shown, as parameters of an address."""
        return [("offer", removal["slug"]) for removal in self.removals]

    @property
    def sharing(self) -> Sharing:
        """How to hand on what is shown."""
        return Sharing(address(reverse("kept"), self.parameters), self.cards)

    @property
    def paper_url(self) -> str:
        """The same offers to print."""
        return address(reverse("kept_paper"), self.parameters)

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        return has_fallback(self.cards)

    @property
    def empty_url(self) -> str:
        """The list without any offer."""
        return reverse("kept")

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty list."""
        return [{"label": _("Show all offers"), "url": reverse("offerings")}]


def kept_offers(slugs: Sequence[str], path: str) -> KeptOffers:
    """The kept offers in the order of the address, each once, at most MOST."""
    wanted = slugs_of(slugs)[:MOST]
    rows = Offering.objects.published(clock.today()).filter(slug__in=wanted)
    found = dict(rows.values_list("slug", "pk"))
    known = [slug for slug in wanted if slug in found]
    shown = cards([found[slug] for slug in known])
    return KeptOffers(
        cards=shown,
        gone=len(wanted) - len(known),
        explained=explained([slug for slug in wanted if slug not in found]),
        removals=[
            {
                "slug": slug,
                "title": card["title"],
                "url": address(path, [("offer", s) for s in known if s != slug]),
            }
            for slug, card in zip(known, shown, strict=True)
        ],
    )


def slugs_of(given: Sequence[str]) -> list[str]:
    """What can be slugs, each once, in the order of the address."""
    return list(dict.fromkeys(slug for slug in given if slug and "\0" not in slug))


def explained(slugs: Sequence[str]) -> list[dict[str, Any]]:
    """Title, address and reason of offers that were shown once, and what follows
    them; one query, and another one where some have a successor.
    """
    if not slugs:
        return []
    language = get_language() or DEFAULT_LANGUAGE
    wanted = columns("title", language=language)
    gone = Offering.objects.gone(clock.today()).filter(slug__in=slugs)
    named = ("pk", "slug", "state", "successor_id", *wanted)
    rows = list(gone.order_by("sort_key", "pk").values(*named))
    ended = [row["pk"] for row in rows if row["successor_id"]]
    following = followers(ended, language) if ended else {}
    return [
        {
            "title": localized(row, "title", language),
            "url": reverse("offering", args=[row["slug"]]),
            "why": notice_of(row["state"]),
            "follower": following.get(row["pk"]),
        }
        for row in rows
    ]
