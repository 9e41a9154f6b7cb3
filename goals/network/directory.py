"""The directory: for professionals, who works for education in Herne."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from goals.in_words import goals_step
from goals.models import Body
from goals.network.body_page import network_step, organisation_path
from goals.network.filters import DirectoryFilter
from goals.network.queries import memberships_of
from goals.network.words import body_path, name_of
from herne_bildung.city import search
from herne_bildung.city.actions import ORGANISATION
from herne_bildung.city.contact import contact
from herne_bildung.city.models import Organisation
from herne_bildung.city.school_page import district_in_words
from herne_bildung.freshness.public import (
    overdue_in_words,
    state_of_document,
    with_care,
)
from herne_bildung.lib import analyser
from herne_bildung.lib.addresses import pairs
from herne_bildung.lib.card_titles import card_title
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.listing import listed
from herne_bildung.lib.localized import isolated, localized_entry
from herne_bildung.lib.result_page import ResultPage, and_maybe, counted, selected

PER_PAGE = 20
GROUPS = ("topic", "district", "kind", "body")
PARAMETERS = ("q", *GROUPS, "page")
# On a card so many fields of work are named.
MOST_TOPICS = 4
# How a card says which fact is missing, by filter.
UNKNOWN_FACTS = {
    "q": gettext_lazy("area not known"),
    "topic": gettext_lazy("field not known"),
    "district": gettext_lazy("area not known"),
}
Card = dict[str, Any]


@dataclass(slots=True)
class Results(ResultPage):
    """One page of the directory."""

    names: ClassVar[Sequence[str]] = PARAMETERS
    groups: ClassVar[Sequence[str]] = GROUPS
    open_groups: ClassVar[Sequence[str]] = ("topic",)

    def choices(self, name: str) -> Sequence[Choice]:
        return self.filters.choices(name)

    def in_words(self, name: str, value: Any) -> str:
        """Choices speak for themselves."""
        return str(value)

    @property
    def steps(self) -> list[dict[str, str]]:
        """The way back up, for the breadcrumb."""
        return [goals_step(), network_step()]

    @property
    def has_fallback(self) -> bool:
        """True when a card shows German to readers of another language."""
        shown = (*self.sure, *self.maybe)
        return any(card["title"]["lang"] or card["summary"].lang for card in shown)

    @property
    def count_text(self) -> str:
        """The number of organisations as one sentence."""
        text = ngettext(
            "%(number)s organisation", "%(number)s organisations", self.sure_count
        )
        return and_maybe(counted(text, self.sure_count), self.maybe_count)

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        return [
            *self.word_ways,
            {"label": _("Show all organisations"), "url": self.path},
            network_step(),
        ]

    def found_alone(self, words: list[str]) -> list[str]:
        return search.found_alone(ORGANISATION, words, self.language)


def results(data: QueryDict, path: str, language: str) -> Results:
    """The organisations for an address."""
    filters = DirectoryFilter(data, language=language)
    found = selected(filters.selection(), data.get("page"), PER_PAGE, filters.page)
    cards = Cards([*found.sure, *found.maybe], filters, language)
    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=PARAMETERS),
        language=language,
        selected=found,
        sure=cards.of(found.sure),
        maybe=cards.of(found.maybe),
    )


class Cards:
    """The organisations of a page as `goals/network/organisation_card.html` has them,
    in a fixed number of queries.
    """

    def __init__(
        self, ids: Sequence[int], filters: DirectoryFilter, language: str
    ) -> None:
        rows = Organisation.objects.select_related("parent", "body")
        rows = with_care(rows, "organisation").prefetch_related("places__district")
        self.rows = rows.in_bulk(list(ids))
        self.bodies = memberships_of(ids)
        self.filters = filters
        self.language = language
        self.groups = analyser.query_groups(filters.words_found, language)

    def of(self, ids: Iterable[int]) -> list[Card]:
        """Cards in the order of these ids."""
        return [self._card(self.rows[pk]) for pk in ids if pk in self.rows]

    def _card(self, row: Organisation) -> Card:
        language = self.language
        body = _own_body(row)
        name = localized_entry(row, "name", language)
        parent = row.parent
        return {
            "url": body_path(body) if body else organisation_path(row),
            "title": card_title(name, self.groups, language),
            "kind": row.get_kind_display(),
            "summary": localized_entry(row, "description", language),
            "topics": self._topics(row.pk),
            "parent": parent and localized_entry(parent, "name", language),
            "where": listed(where(row, language)),
            "contact": contact(row),
            "bodies": [
                {"name": name_of(one, language), "url": body_path(one)}
                for one in self.bodies.get(row.pk, ())
            ],
            "is_sample": row.is_sample,
            "documented": state_of_document(row.as_of, row.care_confirmed_at),
            "overdue": overdue_in_words(
                row.as_of, row.care_confirmed_at, row.care_due_on
            ),
            "reasons": listed(unknown_facts(row.pk, self.filters)),
        }

    def _topics(self, pk: int) -> str:
        """The main topics of its offers."""
        topics = self.filters.offers.topics.by_key.values()
        having = self.filters.index.values["topic"]
        names = [
            str(node.names[self.language])
            for node in topics
            if node.parent is None and node.key in having and pk in having[node.key]
        ]
        return " · ".join(names[:MOST_TOPICS])


def _own_body(row: Organisation) -> Body | None:
    """Its page in the network, where it is a body itself."""
    found = getattr(row, "body", None)
    return found if found and found.is_published else None


def where(row: Organisation, language: str) -> list[str]:
    """The districts of its places."""
    found = [
        district_in_words(place, isolated(place.district.name, language))
        for place in row.places.all()
        if place.district
    ]
    return list(dict.fromkeys(found))


def unknown_facts(pk: int, filters: DirectoryFilter) -> list[str]:
    """Why an organisation only may fit: the facts asked for that are not known."""
    return [
        str(UNKNOWN_FACTS[name])
        for name, narrowing in filters.narrowings.items()
        if name in UNKNOWN_FACTS
        and pk not in narrowing.sure
        and pk in narrowing.unknown
    ]
