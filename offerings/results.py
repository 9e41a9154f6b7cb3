"""A page of results: everything the list of offers shows, from its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city import search
from herne_bildung.city.models import Organisation
from herne_bildung.lib.addresses import Pairs, address, pairs, without
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated, localized_entry
from herne_bildung.lib.result_page import ResultPage, and_maybe, counted, selected
from offerings.ages import age_in_words
from offerings.cards import cards, has_fallback
from offerings.catalogue import KIND
from offerings.facets import PANEL, choices
from offerings.filters import SORTS, OfferingFilter

PER_PAGE = 20
OFFICE_SLUG = "kommunales-bildungsbuero"
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
class Results(ResultPage):
    """One page of the list, or the map of the same offers."""

    names: ClassVar[Sequence[str]] = PARAMETERS
    groups: ClassVar[Sequence[str]] = PANEL
    open_groups: ClassVar[Sequence[str]] = ("district", "topic")

    def choices(self, name: str) -> Sequence[Choice]:
        return choices(name, self.language, self.filters.catalogue)

    def in_words(self, name: str, value: Any) -> str:
        if name == "age":
            return _("Age: %(years)s") % {"years": age_in_words(value)}
        if name in {"from", "to"}:
            value = day_in_words(value, self.language)
        return f"{self.filters.filters[name].label}: {value}"

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """Ways to sort that make sense for this search; the usual one has no value,
        so that one result has one address.
        """
        return [
            {
                "value": "" if name == self.filters.usual_sort else name,
                "label": str(SORTS[name]),
                "selected": self.filters.sort == name,
            }
            for name in self.filters.possible_sorts
        ]

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        return has_fallback((*self.sure, *self.maybe))

    @property
    def count_text(self) -> str:
        """The number of results as one sentence."""
        return count_in_words(self.sure_count, self.maybe_count)

    @property
    def remarks(self) -> list[str]:
        """How the words were understood."""
        return remarks_on(self.filters, self.language)

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [
            *self.word_ways,
            {"label": _("Show all offers"), "url": self.path},
            {"label": _("Offers by my child's age"), "url": reverse("family")},
            *self._way_to_office(),
        ]

    def _way_to_office(self) -> list[dict[str, str]]:
        """The page of the Bildungsbüro, whom readers may ask; none where it is not
        listed. Asked for once until an offer changes.
        """
        office = self.filters.catalogue.index.derived("office", _office)
        if office is None:
            return []
        name = localized_entry(office, "name", self.language).text
        return [{"label": name, "url": reverse("provider", args=[office.slug])}]

    def found_alone(self, words: list[str]) -> list[str]:
        return search.found_alone(KIND, words, self.language)

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


def _office() -> Organisation | None:
    """The Bildungsbüro with its names, where its page exists."""
    return Organisation.objects.listed().filter(slug=OFFICE_SLUG).first()


def results(data: QueryDict, path: str, language: str) -> Results:
    """The results for an address."""
    filters = OfferingFilter(data, language=language)
    found = selected(filters.selection(), data.get("page"), PER_PAGE, filters.page)
    shown = cards([*found.sure, *found.maybe], found_by=filters)
    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        language=language,
        selected=found,
        sure=shown[: len(found.sure)],
        maybe=shown[len(found.sure) :],
    )


def remarks_on(filters: OfferingFilter, language: str) -> list[str]:
    """That words are also taken for a district, where that brought offers."""
    sure, maybe = filters.selection()
    named = filters.named
    if not (sure & filters.added or (named.rest and maybe)):
        return []
    names = listed(
        isolated(filters.districts.by_key[key].name, language) for key in named.keys
    )
    return [_("Offers in %(district)s are shown too.") % {"district": names}]


def count_in_words(sure: int, maybe: int) -> str:
    """ "3 offers fit, 2 more may fit"."""
    text = ngettext("%(number)s offer fits", "%(number)s offers fit", sure)
    return and_maybe(counted(text, sure), maybe)
