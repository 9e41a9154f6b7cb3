"""A page of results: everything the list of offers shows, from its address."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from herne_bildung.city import search
from herne_bildung.city.models import Organisation
from herne_bildung.freshness.subscriptions import follow_path
from herne_bildung.lib.addresses import Pairs, address, pairs, without
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.feeds import absolute
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated, localized_entry
from herne_bildung.lib.result_page import ResultPage, and_maybe, counted, selected
from offerings.asked import asked_address, filter_in_words, in_words
from offerings.cards import cards, has_fallback
from offerings.catalogue import KIND
from offerings.dates.list_calendar import MOST_OFFERS, samples_left_out
from offerings.facets import PANEL, choices
from offerings.filters import SORTS, OfferingFilter
from offerings.nearness import RADII, SURROUNDINGS, as_parameter, rounded
from offerings.panel import Bundle, bundles, quick_choices
from offerings.saved_search import key_of

PER_PAGE = 20
OFFICE_SLUG = "kommunales-bildungsbuero"
PARAMETERS = (
    "q",
    "district",
    "topic",
    "need",
    "age",
    "target_group",
    "language",
    "format",
    "when",
    "weekday",
    "time",
    "cost",
    "accessible",
    "childcare",
    "holidays",
    "places",
    "registration",
    "starts_soon",
    "only",
    "from",
    "to",
    "near",
    "within",
    "part",
    "place",
    "sort",
    "page",
)


@dataclass(slots=True)
class Results(ResultPage):
    """One page of the list, or the map of the same offers."""

    names: ClassVar[Sequence[str]] = PARAMETERS
    groups: ClassVar[Sequence[str]] = PANEL

    def choices(self, name: str) -> Sequence[Choice]:
        return choices(name, self.language, self.filters.catalogue)

    def in_words(self, name: str, value: Any) -> str:
        return filter_in_words(self.filters, name, value, self.language)

    @property
    def bundles(self) -> list[Bundle]:
        """The panel in few groups."""
        return bundles(self.filters, self.panel)

    @property
    def quick_choices(self) -> list[dict[str, str]]:
        """What many ask for, for `components/quick_choices.html`."""
        return [
            {"label": choice["label"], "url": self.link(choice["parameters"])}
            for choice in quick_choices(self.filters, self.panel, self.parameters)
        ]

    @property
    def sorts(self) -> list[dict[str, Any]]:
        """Ways to sort that make sense for this search; the usual one has no value,
        so that one result has one address.
        """
        return [
            {
                "value": "" if name == self.filters.usual_sort else name,
                "label": self.sort_label(name),
                "selected": self.filters.sort == name,
            }
            for name in self.filters.possible_sorts
        ]

    def sort_label(self, name: str) -> str:
        if name == "distance" and "near" in self.filters.values:
            return _("Distance from the position")
        return str(SORTS[name])

    @property
    def near(self) -> dict[str, Any] | None:
        """The position asked about, and how far around it one may look."""
        if "near" not in self.filters.values:
            return None
        chosen = str(self.filters.values.get("within", ""))
        return {
            "value": as_parameter(self.filters.values["near"]),
            "radii": [
                {
                    "value": radius,
                    "label": _("Within %(number)s km") % {"number": radius},
                    "selected": radius == chosen,
                }
                for radius in RADII
            ],
        }

    @property
    def carried(self) -> Pairs:
        """What the form takes along without a field of its own."""
        return [pair for pair in self.parameters if pair[0] in {"part", "place"}]

    @property
    def all_errors(self) -> list[str]:
        """Everything wrong with the address, for pages without the fields."""
        at_fields = chain.from_iterable(self.errors.values())
        return list(dict.fromkeys([*at_fields, *self.address_errors]))

    @property
    def link_without_position(self) -> str:
        """This result from its first page, before a position is put into it."""
        dropped = {"near", "within", "part", "place", "sort", "page"}
        return self.link([pair for pair in self.parameters if pair[0] not in dropped])

    @property
    def bounds(self) -> str:
        """Where a position must lie: south, west, north, east in degrees."""
        return ",".join(map(str, SURROUNDINGS))

    def link(self, parameters: Pairs) -> str:
        """An address of this list; a radius goes with the position it is around."""
        if not any(name == "near" for name, _value in parameters):
            parameters = without(parameters, "within")
        return ResultPage.link(self, parameters)

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

    @property
    def actions(self) -> list[dict[str, str]]:
        """What else to do with this list, for `components/list_actions.html`: each
        has a label, a url and the name of an icon.
        """
        found = []
        if self.total:
            found.append(
                {"label": _("On the map"), "url": self.map_link, "icon": "map"}
            )
            found.append(
                {"label": _("As a booklet"), "url": self.booklet_link, "icon": "print"}
            )
        label = _("In my calendar")
        found.append({"label": label, "url": "#subscribe", "icon": "calendar"})
        if key := key_of(self.filters):
            url = follow_path("search", key)
            found.append({"label": _("Tell me by mail"), "url": url, "icon": "mail"})
        return found

    @property
    def asked_in_words(self) -> str:
        """What the list shows, as feed, calendar and mails call it."""
        return in_words(self.filters, self.language)

    @property
    def subscription(self) -> dict[str, Any]:
        """What `components/subscribe_list.html` shows."""
        calendar = absolute(asked_address(self.filters, "offerings_calendar"))
        return {
            "calendar": calendar,
            "webcal": f"webcal:{calendar.partition(':')[2]}",
            "feed": asked_address(self.filters, "feed"),
            "most": MOST_OFFERS,
            "left_out": samples_left_out(self.filters),
        }

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
    def booklet_link(self) -> str:
        """The same result on paper."""
        return address(reverse("booklet"), without(self.parameters, "page"))

    @property
    def map_link(self) -> str:
        """The same result as a map."""
        return address(reverse("offerings_map"), without(self.parameters, "page"))


def _office() -> Organisation | None:
    """The Bildungsbüro with its names, where its page exists."""
    return Organisation.objects.listed().filter(slug=OFFICE_SLUG).first()


def results(data: QueryDict, path: str, language: str) -> Results:
    """The results for an address."""
    data = rounded(data)
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
