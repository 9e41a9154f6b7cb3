"""The directory: what a page of it shows, from its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from counselling.actions import KIND
from counselling.filters import OfficeFilter
from counselling.models import CounsellingOffice
from counselling.openings import IsHoliday, calendar, opening_of
from herne_bildung.city import search
from herne_bildung.city.school_page import district_in_words
from herne_bildung.freshness.public import overdue_in_words, state_of_document
from herne_bildung.lib import analyser
from herne_bildung.lib.addresses import address, pairs
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.language_names import language_name
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated, localized_entry
from herne_bildung.lib.result_page import ResultPage, and_maybe, counted, selected

PER_PAGE = 20
GROUPS = (
    "concern",
    "district",
    "language",
    "target_group",
    "open_now",
    "accessible",
    "anonymous",
)
PARAMETERS = ("q", *GROUPS, "page")
# On a card so many concerns are named.
MOST_CONCERNS = 3
# How a card says which fact is missing, by filter.
UNKNOWN_FACTS = {
    # Of words, one of which names a district.
    "q": gettext_lazy("area not known"),
    "district": gettext_lazy("area not known"),
    "language": gettext_lazy("language not known"),
    "target_group": gettext_lazy("for whom is not known"),
    "open_now": gettext_lazy("opening hours not known"),
    "accessible": gettext_lazy("accessibility not known"),
    "anonymous": gettext_lazy("whether anonymous is not known"),
}
Card = dict[str, Any]


@dataclass(slots=True)
class Results(ResultPage):
    """One page of the directory."""

    names: ClassVar[Sequence[str]] = PARAMETERS
    groups: ClassVar[Sequence[str]] = GROUPS
    open_groups: ClassVar[Sequence[str]] = ("concern",)

    def choices(self, name: str) -> Sequence[Choice]:
        return self.filters.choices(name)

    def in_words(self, name: str, value: Any) -> str:
        """Concerns and districts speak for themselves."""
        if name in {"concern", "district"}:
            return str(value)
        return f"{self.filters.filters[name].label}: {value}"

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        shown = (*self.sure, *self.maybe)
        return any(card["title"]["lang"] or card["summary"].lang for card in shown)

    @property
    def count_text(self) -> str:
        """The number of offices as one sentence."""
        text = ngettext(
            "%(number)s office fits", "%(number)s offices fit", self.sure_count
        )
        return and_maybe(counted(text, self.sure_count), self.maybe_count)

    @property
    def remarks(self) -> list[str]:
        """That words are also taken for a district, where that brought offices."""
        sure, maybe = self.filters.selection()
        named = self.filters.named
        if not (sure & self.filters.added or (named.rest and maybe)):
            return []
        known = self.filters.districts.by_key
        names = listed(isolated(known[key].name, self.language) for key in named.keys)
        return [_("Offices for %(district)s are shown too.") % {"district": names}]

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [
            *self.word_ways,
            {"label": _("Show all offices"), "url": self.path},
            {"label": _("Find the right office by questions"), "url": finder_link()},
        ]

    def found_alone(self, words: list[str]) -> list[str]:
        return search.found_alone(KIND, words, self.language)


def finder_link() -> str:
    """Where questions lead to an office."""
    return reverse("finder")


def directory_link(*concern_keys: str) -> str:
    """The directory, of the offices that help with one of these concerns."""
    return address(reverse("offices"), [("concern", key) for key in concern_keys])


def directory_step() -> dict[str, str]:
    """The directory in a breadcrumb: the way back up."""
    return {"label": _("Advice"), "url": reverse("offices")}


def slip_link(office: CounsellingOffice, concern_key: str | None = None) -> str:
    """The slip of an office; empty for one that has none."""
    if office.state != CounsellingOffice.State.PUBLISHED:
        return ""
    parameters = [("concern", concern_key)] if concern_key else []
    return address(reverse("slip", args=[office.slug]), parameters)


def results(data: QueryDict, path: str, language: str) -> Results:
    """The offices for an address."""
    filters = OfficeFilter(data, language=language)
    found = selected(filters.selection(), data.get("page"), PER_PAGE, filters.page)
    groups = analyser.query_groups(filters.words_found, language)

    def shown(ids: Iterable[int]) -> list[Card]:
        return [
            {
                **card(
                    filters.offices[pk],
                    filters.openings[pk].text,
                    language,
                    groups,
                ),
                "may_fit_reasons": unknown_facts(pk, filters),
            }
            for pk in ids
        ]

    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        language=language,
        selected=found,
        sure=shown(found.sure),
        maybe=shown(found.maybe),
    )


def cards(ids: Sequence[int], words: str, language: str) -> list[Card]:
    """Cards of these offices in their order, for the site search."""
    found = CounsellingOffice.objects.published().for_pages().in_bulk(list(ids))
    is_holiday: IsHoliday = calendar() if found else lambda day: False
    groups = analyser.query_groups(words, language)
    return [
        card(office, opening_of(office, is_holiday, language).text, language, groups)
        for office in (found[pk] for pk in ids if pk in found)
    ]


def card(
    office: CounsellingOffice, opening: str, language: str, groups: Sequence = ()
) -> Card:
    """An office as `components/offer_list.html` shows it."""
    name = localized_entry(office, "name", language)
    concerns = [
        localized_entry(link.concern, "name", language).text
        for link in office.concern_links.all()[:MOST_CONCERNS]
    ]
    organisation = office.organisation
    return {
        "url": reverse("office", args=[office.slug]),
        "title": card_title(name, groups, language),
        "topics": " · ".join(concerns),
        "summary": localized_entry(office, "summary", language),
        "provider": organisation and localized_entry(organisation, "name", language),
        "district_names": listed(where(office, language)),
        "next_date": opening,
        "cost": _("free of charge") if office.is_free else "",
        "language_names": listed(
            language_name(code, language) for code in office.languages
        ),
        "is_sample": office.is_sample,
        "documented": state_of_document(office.as_of, office.care_confirmed_at),
        "overdue": overdue_in_words(
            office.as_of, office.care_confirmed_at, office.care_due_on
        ),
    }


def where(office: CounsellingOffice, language: str) -> list[str]:
    """For which districts it is there; where that is not said, where it is."""
    if office.is_citywide:
        return [_("all of Herne")]
    if responsible := office.districts.all():
        return [isolated(district.name, language) for district in responsible]
    place = office.place
    if place is None or place.district is None:
        return []
    return [district_in_words(place, isolated(place.district.name, language))]


def unknown_facts(pk: int, filters: OfficeFilter) -> list[str]:
    """Why an office only may fit: the facts asked for that are not known."""
    return [
        str(UNKNOWN_FACTS[name])
        for name, narrowing in filters.narrowings.items()
        if name in UNKNOWN_FACTS
        and pk not in narrowing.sure
        and pk in narrowing.unknown
    ]
