"""A page of a list with filters, from its address: what all such lists have.

A list makes a class of its own of `ResultPage`: it names the groups of its panel,
their choices and its words. `herne_bildung.city.schools` is a short example.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from herne_bildung.lib import facets
from herne_bildung.lib.addresses import (
    Pairs,
    address,
    page_address,
    unknown_names,
)
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.filtering import IndexFilterSet, strange_choice
from herne_bildung.lib.listing import listed
from herne_bildung.lib.paging import Paging, page_number, pager

# Of a search of several words that finds nothing so many are offered singly.
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Selected:
    """The ids of one page: `sure` fit; `maybe`, where a fact asked for is not known,
    begin when all of those are shown. The counts are of all pages.
    """

    paging: Paging
    is_page_known: bool
    sure: list[int]
    maybe: list[int]
    sure_count: int
    maybe_count: int


def selected(
    selection: tuple[BitMap, BitMap],
    asked: str | None,
    per_page: int,
    page: Callable[[BitMap, int, int], list[int]],
) -> Selected:
    """The page `asked` for of what the filters left.

    `page(ids, offset, limit)` puts ids in their order and cuts a piece out.
    """
    sure, maybe = selection
    total = len(sure) + len(maybe)
    number, is_known = page_number(asked, total, per_page)
    paging = Paging(number, per_page, total)
    sure_ids, maybe_ids = [], []
    if paging.offset < len(sure):
        sure_ids = page(sure, paging.offset, per_page)
    if maybe and len(sure_ids) < per_page:
        offset = max(0, paging.offset - len(sure))
        maybe_ids = page(maybe, offset, per_page - len(sure_ids))
    return Selected(paging, is_known, sure_ids, maybe_ids, len(sure), len(maybe))


@dataclass(slots=True)
class ResultPage:
    """`sure` and `maybe` are the cards of this page; see `Selected`."""

    # All parameters that an address of the list has.
    names: ClassVar[Sequence[str]]
    # The panel: names of its filters, and those that stand open.
    groups: ClassVar[Sequence[str]] = ()
    open_groups: ClassVar[Sequence[str]] = ()
    # True where entries that may fit count with those that surely do.
    counts_maybe: ClassVar[bool] = False

    filters: IndexFilterSet
    path: str
    parameters: Pairs
    language: str
    selected: Selected
    sure: list[dict[str, Any]]
    maybe: list[dict[str, Any]]
    panel: list[dict[str, Any]] = field(init=False)
    chips: list[dict[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.panel = [
            facets.group(
                self.filters,
                name,
                self.choices(name),
                is_open=name in self.open_groups,
                counts_maybe=self.counts_maybe,
            )
            for name in self.groups
        ]
        self.chips = facets.chips(
            self.filters,
            self.parameters,
            choices=self.choices,
            in_words=self.chip_text,
            link=self.link,
        )

    def choices(self, name: str) -> Sequence[Choice]:
        """The choices of a filter of the panel in the active language."""
        raise NotImplementedError

    def in_words(self, name: str, value: Any) -> str:
        """What a chip says of a filter and the label of a choice, or the value."""
        return f"{self.filters.filters[name].label}: {value}"

    def chip_text(self, name: str, value: Any) -> str:
        """The same; words searched for stand in quotation marks."""
        if name == "q":
            return _("“%(words)s”") % {"words": value}
        return self.in_words(name, value)

    @property
    def data(self) -> QueryDict:
        """What was asked, to be shown again in the fields."""
        return self.filters.data

    @property
    def errors(self) -> dict[str, list[str]]:
        return self.filters.errors_by_field

    @property
    def address_errors(self) -> list[str]:
        """What is wrong with the address and has no field to say so."""
        strange = unknown_names(self.data, names=self.names)
        messages = [strange_choice(strange)] if strange else []
        return [*self.errors.get("sort", ()), *messages]

    @property
    def remarks(self) -> list[str]:
        """How the words were understood, where that is not plain."""
        return []

    @property
    def text(self) -> str:
        return self.filters.values.get("q", "")

    @property
    def sure_count(self) -> int:
        return self.selected.sure_count

    @property
    def maybe_count(self) -> int:
        return self.selected.maybe_count

    @property
    def total(self) -> int:
        return self.sure_count + self.maybe_count

    @property
    def meant(self) -> str:
        """The words the results are for, where those typed were mistyped."""
        return self.filters.hits.meant if self.filters.hits and self.total else ""

    @property
    def is_page_known(self) -> bool:
        return self.selected.is_page_known

    @property
    def has_fallback(self) -> bool:
        """True where the page must say that cards are German for lack of another."""
        return False

    @property
    def page_number(self) -> int:
        return self.selected.paging.number

    @property
    def pager(self) -> dict[str, Any]:
        """What `components/pager.html` shows."""
        return pager(self.selected.paging, self.page_link)

    @property
    def word_ways(self) -> list[dict[str, str]]:
        """Ways on from an empty result: fewer filters, fewer words."""
        ways = []
        if self.text and len(self.parameters) > 1:
            label = _("Search for these words without filters")
            ways.append({"label": label, "url": self.link([("q", self.text)])})
        words = self.text.split()[:MOST_WORDS]
        if len(words) > 1:
            ways += [
                {
                    "label": _("Search only for “%(word)s”") % {"word": word},
                    "url": self.link([("q", word)]),
                }
                for word in self.found_alone(words)
            ]
        return ways

    def found_alone(self, words: list[str]) -> list[str]:
        """Those of several words without result worth searching for singly."""
        return words

    @property
    def clear_link(self) -> str:
        """The list without any filter."""
        return self.path

    def link(self, parameters: Pairs) -> str:
        return address(self.path, parameters)

    def page_link(self, number: int) -> str:
        return page_address(self.path, self.parameters, number)


def counted(text: str, number: int) -> str:
    """ "%(number)s schools" with its number as readers write it."""
    return text % {"number": number_format(number, force_grouping=True)}


def and_maybe(text: str, maybe: int) -> str:
    """ "3 offers fit", then "2 more may fit" where there are any."""
    if not maybe:
        return text
    more = ngettext("%(number)s more may fit", "%(number)s more may fit", maybe)
    return listed([text, counted(more, maybe)])
