"""The site search: every kind of page that can be found, each with its own results.

A further kind joins by one more entry in `KINDS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from counselling.actions import KIND as OFFICE
from counselling.offices import cards as office_cards
from goals.actions import KIND as GOAL
from goals.cards import cards as goal_cards
from goals.papers.listing import paper_cards
from goals.papers.search import KIND as PAPER
from herne_bildung.city import search
from herne_bildung.city.actions import ORGANISATION, SCHOOL
from herne_bildung.lib.addresses import Pairs, address
from herne_bildung.lib.filtering import search_text
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.portal.search_cards import organisation_cards, school_cards
from monitoring.search import KIND as INDICATOR
from monitoring.search import cards as indicator_cards
from offerings.cards import cards, has_fallback
from offerings.catalogue import KIND as OFFERING
from offerings.centres.search import KIND as CENTRE
from offerings.centres.search import cards as family_centre_cards
from offerings.centres.search import without_centres
from offerings.filters import OfferingFilter
from offerings.results import remarks_on

IN_A_GROUP = 5
PER_PAGE = 20
Card = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of a kind: how many, and their `cards` from an offset up to a
    limit, best first. `meant` is as in city.search.Hits, `remarks` say how the words
    were understood.
    """

    total: int
    cards: Callable[[int, int], list[Card]]
    meant: str = ""
    remarks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: `name` in the address, `label` on the page; `find` searches for
    words in a language.
    """

    name: str
    label: Any
    find: Callable[[str, str], Found]


def find_offerings(text: str, language: str) -> Found:
    """Offers the public sees today, found as in the catalogue: those that may fit,
    because their district is not known, come last and say so.
    """
    filters = OfferingFilter({"q": text}, language=language)
    sure, maybe = filters.selection()

    def shown(offset: int, limit: int) -> list[Card]:
        ids = filters.page(sure, offset, limit)
        left = limit - len(ids)
        ids += filters.page(maybe, max(0, offset - len(sure)), left) if left else []
        return cards(ids, found_by=filters)

    remarks = remarks_on(filters, language)
    return Found(len(sure) + len(maybe), shown, filters.hits.meant, remarks)


def find_by_words(
    kind: str,
    show: Callable[[Sequence[int], str, str], list[Card]],
    text: str,
    language: str,
    choose: Callable[[Sequence[int]], Sequence[int]] = lambda ids: ids,
) -> Found:
    """Entries of a kind that only words can find; `show` makes their cards, `choose`
    leaves out those that another kind has.
    """
    hits = search.find(kind, text, language)
    words, ids = hits.meant or text, choose(hits.ids)
    return Found(
        len(ids),
        lambda offset, limit: show(ids[offset : offset + limit], words, language),
        hits.meant,
    )


KINDS = (
    Kind(OFFERING, _("Offers"), find_offerings),
    Kind(
        CENTRE, _("Family centres"), partial(find_by_words, CENTRE, family_centre_cards)
    ),
    Kind(OFFICE, _("Advice"), partial(find_by_words, OFFICE, office_cards)),
    Kind(SCHOOL, _("Schools"), partial(find_by_words, SCHOOL, school_cards)),
    Kind(GOAL, _("Action goals"), partial(find_by_words, GOAL, goal_cards)),
    Kind(
        INDICATOR,
        _("Education monitoring"),
        partial(find_by_words, INDICATOR, indicator_cards),
    ),
    Kind(PAPER, _("Council papers"), partial(find_by_words, PAPER, paper_cards)),
    Kind(
        ORGANISATION,
        _("Organisations"),
        partial(
            find_by_words, ORGANISATION, organisation_cards, choose=without_centres
        ),
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
    remarks: Sequence[str] = ()
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
    meant = " / ".join(dict.fromkeys(one.meant for one in found.values() if one.meant))
    remarks = [remark for one in found.values() for remark in one.remarks]
    groups = [
        Group(
            kind.name,
            str(kind.label),
            one.total,
            link(text, [("kind", kind.name)]),
            [],
        )
        for kind, one in found.items()
    ]
    chosen = next((kind for kind in found if kind.name == data.get("kind")), None)
    if chosen is None:
        for kind, group in zip(found, groups, strict=True):
            group.cards = found[kind].cards(0, IN_A_GROUP)
        return SiteResults(text, "", groups, groups, meant, remarks)
    group = next(group for group in groups if group.name == chosen.name)
    number, is_known = page_number(data.get("page"), group.total, PER_PAGE)
    paging = Paging(number, PER_PAGE, group.total)
    group.cards = found[chosen].cards(paging.offset, PER_PAGE)
    return SiteResults(
        text,
        chosen.name,
        groups,
        [group],
        meant,
        remarks,
        is_known,
        pager(paging, lambda page: page_link(text, chosen, page)),
    )


def _found(text: str, language: str) -> dict[Kind, Found]:
    """What the kinds found that have anything. Words of similar spelling count only
    where no kind has the words themselves.
    """
    asked = {kind: kind.find(text, language) for kind in KINDS}
    found = {kind: one for kind, one in asked.items() if one.total}
    exact = {kind: one for kind, one in found.items() if not one.meant}
    return exact or found


def link(text: str, more: Pairs = ()) -> str:
    """The address of a search."""
    return address(reverse("site_search"), [("q", text), *more])


def page_link(text: str, kind: Kind, page: int) -> str:
    """The address of a page of the results of one kind."""
    number = [("page", str(page))] if page > 1 else []
    return link(text, [("kind", kind.name), *number])
