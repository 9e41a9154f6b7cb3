"""The site search: every kind of page that can be found, each with its own results.

A further kind joins by one more entry in `KINDS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from herne_bildung.city import search
from herne_bildung.city.actions import ORGANISATION, SCHOOL
from herne_bildung.city.search import Hits
from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.filtering import search_text
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.portal.search_cards import (
    offering_cards,
    organisation_cards,
    school_cards,
)
from offerings.cards import has_fallback
from offerings.filters import OfferingFilter

IN_A_GROUP = 5
PER_PAGE = 20
Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: `name` in the address, `label` on the page; `find` gives ids,
    best first, for words in a language, `cards` shows some of them.
    """

    name: str
    label: Any
    find: Callable[[str, str], Hits]
    cards: Callable[[Sequence[int], str, str], list[Card]]


def find_offerings(text: str, language: str) -> Hits:
    """Offers the public sees today."""
    filters = OfferingFilter({"q": text}, language=language)
    if filters.hits is None:
        return Hits(())
    visible, _maybe = filters.selection()
    return Hits(
        tuple(pk for pk in filters.hits.ids if pk in visible), filters.hits.meant
    )


KINDS = (
    Kind("offering", _("Offers"), find_offerings, offering_cards),
    Kind(
        SCHOOL,
        _("Schools"),
        lambda text, language: search.find(SCHOOL, text, language),
        school_cards,
    ),
    Kind(
        ORGANISATION,
        _("Organisations"),
        lambda text, language: search.find(ORGANISATION, text, language),
        organisation_cards,
    ),
)


@dataclass(slots=True)
class Group:
    """What was found of one kind; `cards` are those this page shows."""

    name: str
    label: str
    total: int
    url: str
    cards: list[Card]

    @property
    def has_more(self) -> bool:
        return self.total > len(self.cards)


@dataclass(slots=True)
class SiteResults:
    """A page of the site search. With `kind` only results of that kind are shown."""

    text: str
    kind: str
    groups: list[Group]
    shown: list[Group]
    meant: str
    is_page_known: bool = True
    pager: dict[str, Any] | None = None

    @property
    def total(self) -> int:
        return sum(group.total for group in self.groups)

    @property
    def has_fallback(self) -> bool:
        """True when German is shown to others; names of schools are always German."""
        return any(
            has_fallback(group.cards) for group in self.shown if group.name != SCHOOL
        )

    @property
    def all_url(self) -> str:
        """The same search over all kinds."""
        return link(self.text)

    @property
    def offers_url(self) -> str:
        """The same words in the catalogue, where offers can be filtered."""
        return address(reverse("offerings"), [("q", self.text)])


def site_results(data: QueryDict, language: str) -> SiteResults:
    """The results for an address of the site search."""
    text = search_text(data.get("q"))
    found = _found(text, language) if text else {}
    meant = " / ".join(
        dict.fromkeys(hits.meant for hits in found.values() if hits.meant)
    )
    groups = [
        Group(
            kind.name,
            str(kind.label),
            len(found[kind].ids),
            link(text, [("kind", kind.name)]),
            [],
        )
        for kind in found
    ]
    chosen = next((kind for kind in found if kind.name == data.get("kind")), None)
    if chosen is None:
        for kind, group in zip(found, groups, strict=True):
            hits = found[kind]
            words = hits.meant or text
            group.cards = kind.cards(hits.ids[:IN_A_GROUP], words, language)
        return SiteResults(text, "", groups, groups, meant)
    number, is_known = page_number(data.get("page"), len(found[chosen].ids), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(found[chosen].ids))
    ids = found[chosen].ids[paging.offset : paging.offset + PER_PAGE]
    group = next(group for group in groups if group.name == chosen.name)
    group.cards = chosen.cards(ids, found[chosen].meant or text, language)
    return SiteResults(
        text,
        chosen.name,
        groups,
        [group],
        meant,
        is_known,
        pager(paging, lambda page: page_link(text, chosen, page)),
    )


def _found(text: str, language: str) -> dict[Kind, Hits]:
    """Hits of the kinds that have any. Words of similar spelling count only where
    no kind has the words themselves.
    """
    hits = {kind: kind.find(text, language) for kind in KINDS}
    found = {kind: some for kind, some in hits.items() if some.ids}
    exact = {kind: some for kind, some in found.items() if not some.is_fuzzy}
    return exact or found


def link(text: str, more: Pairs = ()) -> str:
    """The address of a search."""
    return address(reverse("site_search"), [("q", text), *more])


def page_link(text: str, kind: Kind, page: int) -> str:
    """The address of a page of the results of one kind."""
    number = [("page", str(page))] if page > 1 else []
    return link(text, [("kind", kind.name), *number])
