"""A page of results: everything the list of offers shows, from its address."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.lib.addresses import Pairs, address, pairs, replaced, without
from herne_bildung.lib.paging import Paging, page_number, pager
from offerings.cards import Card, cards
from offerings.facets import chips, panel
from offerings.filters import SORTS, OfferingFilter

PER_PAGE = 20
# Of a search of several words that finds nothing so many are offered singly.
MOST_WORDS = 4
PARAMETERS = (
    "q",
    "district",
    "topic",
    "age",
    "target_group",
    "language",
    "format",
    "weekday",
    "time",
    "cost",
    "accessible",
    "childcare",
    "from",
    "to",
    "sort",
    "page",
)


@dataclass(slots=True)
class Results:
    """`sure` and `maybe` are the cards of this page: those that surely fit, and
    those where a fact asked for is not known.
    """

    filters: OfferingFilter
    path: str
    parameters: Pairs
    paging: Paging
    is_page_known: bool
    sure: list[Card]
    maybe: list[Card]
    sure_count: int
    maybe_count: int
    panel: list[dict[str, Any]]
    chips: list[dict[str, str]]
    sorts: list[dict[str, Any]]

    @property
    def total(self) -> int:
        return self.sure_count + self.maybe_count

    @property
    def is_fuzzy(self) -> bool:
        """True when only words of similar spelling were found."""
        return bool(self.filters.hits and self.filters.hits.is_fuzzy and self.total)

    @property
    def text(self) -> str:
        return self.filters.values.get("q", "")

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        return any(
            card["title"]["lang"] or card["summary"].lang
            for card in (*self.sure, *self.maybe)
        )

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        ways = []
        if len(self.parameters) > 1 and self.text:
            ways.append(
                {
                    "label": _("Search for these words without filters"),
                    "url": self.link([("q", self.text)]),
                }
            )
        words = self.text.split()[:MOST_WORDS]
        if len(words) > 1:
            ways += [
                {
                    "label": _("Search only for “%(word)s”") % {"word": word},
                    "url": self.link([("q", word)]),
                }
                for word in words
            ]
        ways.append({"label": _("Show all offers"), "url": self.path})
        ways.append({"label": _("Offers by my child's age"), "url": reverse("family")})
        return ways

    @property
    def data(self) -> QueryDict:
        """What was asked, to be shown again in the fields."""
        return self.filters.data

    @property
    def errors(self) -> dict[str, list[str]]:
        return self.filters.errors_by_field

    def link(self, parameters: Pairs) -> str:
        return address(self.path, parameters)

    def list_link(self, parameters: Pairs) -> str:
        """An address of the list, also from the map."""
        return address(reverse("offerings"), parameters)

    @property
    def back_to_list(self) -> str:
        """The same result as a list."""
        return self.list_link(without(self.parameters, "page"))

    @property
    def map_link(self) -> str:
        """The same result as a map."""
        return address(reverse("offerings_map"), without(self.parameters, "page"))

    @property
    def clear_link(self) -> str:
        return self.path

    @property
    def pager(self) -> dict[str, Any]:
        """What `components/pager.html` shows."""
        return pager(self.paging, self.page_link)

    @property
    def count_text(self) -> str:
        """The number of results as one sentence."""
        return count_in_words(self.sure_count, self.maybe_count)

    def page_link(self, number: int) -> str:
        return self.link(
            replaced(self.parameters, "page", str(number) if number > 1 else "")
        )


def results(data: QueryDict, path: str, language: str) -> Results:
    """The results for an address."""
    filters = OfferingFilter(data, language=language)
    sure, maybe = filters.selection()
    total = len(sure) + len(maybe)
    number, is_known = page_number(data.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    sure_ids = filters.page(sure, paging.offset, PER_PAGE)
    maybe_ids = []
    if len(sure_ids) < PER_PAGE and maybe:
        maybe_ids = filters.page(
            maybe, max(0, paging.offset - len(sure)), PER_PAGE - len(sure_ids)
        )
    shown = cards([*sure_ids, *maybe_ids], found_by=filters)
    parameters = pairs(data, names=PARAMETERS)
    found = Results(
        filters=filters,
        path=path,
        parameters=parameters,
        paging=paging,
        is_page_known=is_known,
        sure=shown[: len(sure_ids)],
        maybe=shown[len(sure_ids) :],
        sure_count=len(sure),
        maybe_count=len(maybe),
        panel=panel(filters, language),
        chips=[],
        sorts=sorts(filters),
    )
    found.chips = chip_links(found, language)
    return found


def chip_links(found: Results, language: str) -> list[dict[str, str]]:
    """Active filters, each with the address without it."""
    base = without(found.parameters, "page")
    return [
        {"label": label, "url": found.link(without(base, name, value or None))}
        for name, value, label in chips(found.filters, language)
    ]


def sorts(filters: OfferingFilter) -> list[dict[str, Any]]:
    """Ways to sort that make sense for this search; the usual one has no value, so
    that one result has one address.
    """
    return [
        {
            "value": "" if name == filters.usual_sort else name,
            "label": str(SORTS[name]),
            "selected": filters.sort == name,
        }
        for name in filters.possible_sorts
    ]


def count_in_words(sure: int, maybe: int) -> str:
    """ "3 offers fit, 2 more may fit"."""
    text = ngettext("%(number)s offer fits", "%(number)s offers fit", sure) % {
        "number": number_format(sure, force_grouping=True)
    }
    if not maybe:
        return text
    more = ngettext("%(number)s more may fit", "%(number)s more may fit", maybe) % {
        "number": number_format(maybe, force_grouping=True)
    }
    return f"{text}, {more}"
