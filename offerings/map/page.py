"""The page of the map: the map, and beside it the same offers as cards.

The list is always equal to the map: what a marker counts stands in it, and what has no
place on the map stands in it apart.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pyroaring import BitMap

from herne_bildung.city.filters import EVERYWHERE
from herne_bildung.lib.addresses import pairs
from herne_bildung.lib.paging import Paging, page_number
from herne_bildung.lib.result_page import Selected
from offerings.cards import Card, cards
from offerings.filters import OfferingFilter
from offerings.map.drawing import DistrictMap, district_map
from offerings.nearness import rounded
from offerings.results import PARAMETERS, PER_PAGE, Results


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the list: its heading, what it is, how many offers it has in all, and
    the cards of this page.
    """

    heading: str
    text: str
    total: int
    cards: Sequence[Card]


@dataclass(frozen=True, slots=True)
class MapPage:
    """What `offerings/map.html` shows."""

    results: Results
    map: DistrictMap
    sections: list[Section]


def map_page(data: QueryDict, path: str, language: str) -> MapPage:
    """The page for an address."""
    data = rounded(data)
    filters = OfferingFilter(data, language=language)
    sure, maybe = filters.selection()
    number, is_known = page_number(data.get("page"), len(sure) + len(maybe), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(sure) + len(maybe))
    results = Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        language=language,
        selected=Selected(paging, is_known, [], [], len(sure), len(maybe)),
        sure=[],
        maybe=[],
    )
    drawn = district_map(results)
    parts = parts_of(filters, drawn.drawn)
    shown = list(page_of(parts, filters, paging))
    results.sure = cards([pk for ids in shown for pk in ids], found_by=filters)
    return MapPage(results, drawn, list(sections(parts, shown, results.sure)))


def parts_of(filters: OfferingFilter, drawn: Sequence[str]) -> list[BitMap]:
    """The result: at places of the map, for everywhere, and the rest."""
    sure, maybe = filters.selection()
    found = sure | maybe
    on_map = filters.index.having("place", drawn) & found
    everywhere = (filters.index.having("district", [EVERYWHERE]) & found) - on_map
    return [on_map, everywhere, found - on_map - everywhere]


def page_of(
    parts: Sequence[BitMap], filters: OfferingFilter, paging: Paging
) -> Iterator[list[int]]:
    """The ids of each part that stand on this page; in each those that surely fit
    come first.
    """
    sure, maybe = filters.selection()
    offset, left = paging.offset, PER_PAGE
    for part in parts:
        ids: list[int] = []
        for members in (part & sure, part & maybe):
            if left and offset < len(members):
                page = filters.page(members, offset, left)
                ids += page
                left -= len(page)
            offset = max(0, offset - len(members))
        yield ids


def sections(
    parts: Sequence[BitMap], shown: Sequence[list[int]], all_cards: list[Card]
) -> Iterator[Section]:
    """The parts of the list that stand on this page, with their cards."""
    words: list[tuple[Any, Any]] = [
        (_("On the map"), ""),
        (_("For all of Herne, online or at home"), ""),
        (
            _("Without a place on this map"),
            _("Their place is not known exactly, or it lies outside this map."),
        ),
    ]
    start = 0
    for (heading, text), part, ids in zip(words, parts, shown, strict=True):
        if ids:
            end = start + len(ids)
            yield Section(heading, text, len(part), all_cards[start:end])
            start = end
