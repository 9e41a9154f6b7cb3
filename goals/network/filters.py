"""The filters of the directory of organisations."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from goals.models import Body, BodyMember
from goals.network.words import name_of
from herne_bildung.city import search
from herne_bildung.city.actions import ORGANISATION
from herne_bildung.city.district_search import NamesDistricts
from herne_bildung.city.filters import (
    DistrictFilter,
    district_choices,
    district_facts,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.search import Hits
from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.filtering import CodesFilter, IndexFilterSet, SearchText
from offerings.catalogue import Catalogue, catalogue
from offerings.facets import topic_choices
from offerings.models import Offering

# What an organisation is known for by its offers, by facet.
OfOffers = Mapping[int, Mapping[str, set[str]]]


class DirectoryFilter(NamesDistricts, IndexFilterSet):
    """All filters of the directory. Organisations are read anew for each page, in a
    few values; what their offers tell of them is remembered.
    """

    q = SearchText(label=_("Search"))
    topic = CodesFilter(
        "topic", known=lambda: catalogue().topics.by_key, label=_("Field")
    )
    district = DistrictFilter("district", label=_("District"))
    kind = CodesFilter("kind", known=lambda: Organisation.Kind.values, label=_("Kind"))
    body = CodesFilter(
        "body",
        known=lambda: set(Body.objects.published().values_list("slug", flat=True)),
        label=_("Takes part in"),
    )

    class Meta:
        model = Organisation
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, language: str):
        self.language_code = language
        self.offers = catalogue()
        self.offers.refresh()
        self.districts = self.offers.districts
        rows = Organisation.objects.listed().values_list(
            "pk", "kind", "is_sample", "sort_key"
        )
        by_name = sorted(rows.order_by(), key=lambda row: (row[2], row[3], row[0]))
        index = BitmapIndex()
        known = _Known(self.offers)
        for pk, kind, *_rest in by_name:
            index.put(pk, known.facts_of(pk, kind))
        index.set_order("name", [row[0] for row in by_name])
        self.bodies_of = known.bodies
        super().__init__(data, index=index, candidates=index.entries)
        if text := self.values.get("q"):
            self.find_words(text, language)

    def find_both(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        return search.find_both(ORGANISATION, text, rest, language)

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: best match first for words, then those that only lie in a
        district named; else by name.
        """
        if self.hits:
            found = [pk for pk in self.hits.ids if pk in selection]
            others = selection - self.hits.id_set
            found += self.index.ordered(others, "name", 0, len(others))
            return found[offset : offset + limit]
        return self.index.ordered(selection, "name", offset, limit)

    @cached_property
    def bodies(self) -> list[Body]:
        """Those in which a listed organisation takes part."""
        slugs = {slug for slugs in self.bodies_of.values() for slug in slugs}
        wanted = slugs | set(self.values.get("body", ()))
        found = Body.objects.published().with_names().filter(slug__in=wanted)
        return list(found.order_by("kind", "order", "slug"))

    def choices(self, name: str) -> Sequence[Choice]:
        """The choices of a filter in the active language: those there are, and those
        asked for.
        """
        language = self.language_code
        if name == "district":
            return district_choices(language, self.districts)
        if name == "body":
            return [(one.slug, name_of(one, language).text, 0) for one in self.bodies]
        present = {*self.index.values[name], *self.values.get(name, ())}
        if name == "topic":
            found = topic_choices(language, self.offers.topics)
            return [choice for choice in found if choice[0] in present]
        return [
            (code, str(label), 0)
            for code, label in Organisation.Kind.choices
            if code in present
        ]


class _Known:
    """What is known of all organisations, in a fixed number of queries."""

    def __init__(self, offers: Catalogue) -> None:
        self.districts = offers.districts
        self.places = offers.places
        self.of_offers = of_offers(offers)
        self.place_ids: dict[int, list[int]] = {}
        links = Organisation.places.through.objects.values_list(
            "organisation_id", "place_id"
        )
        for organisation, place in links:
            self.place_ids.setdefault(organisation, []).append(place)
        # Slugs of the bodies of each organisation.
        self.bodies: dict[int, list[str]] = {}
        rows = BodyMember.objects.filter(
            body__in=Body.objects.published(), organisation__isnull=False
        ).values_list("organisation_id", "body__slug")
        for organisation, slug in rows:
            self.bodies.setdefault(organisation, []).append(slug)

    def facts_of(self, pk: int, kind: str) -> dict[str, Any]:
        """The facts of one organisation for the bitmaps: its field is that of its
        offers; it is where it has a place, else where its offers are.
        """
        of_offers = self.of_offers.get(pk, {})
        district = self._where(pk) or of_offers.get("district", set())
        topic = of_offers.get("topic", set())
        values = {
            "kind": [kind],
            "topic": sorted(topic),
            "district": sorted(district),
            "body": self.bodies.get(pk, []),
        }
        unknown = [] if topic else ["topic"]
        if not any(not key.startswith("?") for key in district):
            unknown.append("district")
        return {
            "values": {name: found for name, found in values.items() if found},
            "unknown": unknown,
        }

    def _where(self, pk: int) -> set[str]:
        found: set[str] = set()
        for place_id in self.place_ids.get(pk, ()):
            place = self.places.get(place_id)
            node = place and self.districts.by_pk.get(place.district_id)
            if node:
                guessed = place.is_district_guessed
                found |= district_facts(node, is_guessed=guessed)
        # A place that surely lies somewhere outweighs a guess.
        return {key for key in found if key.removeprefix("?") not in found} | {
            key for key in found if not key.startswith("?")
        }


def of_offers(offers: Catalogue) -> OfOffers:
    """Topics and districts of the visible offers of each provider, remembered until
    an offer changes or the day does.
    """
    today = clock.today()
    return offers.index.derived(("providers", today), lambda: _read_offers(offers))


def _read_offers(offers: Catalogue) -> OfOffers:
    visible = offers.visible()
    rows = (
        Offering.objects.exclude(provider=None)
        .order_by()
        .values("provider_id")
        .annotate(ids=ArrayAgg("pk"))
        .values_list("provider_id", "ids")
    )
    found: dict[int, dict[str, set[str]]] = {}
    for provider, ids in rows:
        own = BitMap(ids) & visible
        if own:
            found[provider] = {
                facet: {
                    code
                    for code, having in offers.index.values[facet].items()
                    if having.intersect(own)
                }
                for facet in ("topic", "district")
            }
    return found
