"""In what order a booklet shows offers: chapters, and sections within them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from herne_bildung.city.reference import DistrictNode
from herne_bildung.lib.localized import Text, german
from offerings.catalogue import Catalogue
from offerings.choices import Format
from offerings.models import Offering, PrintOrder

Order = PrintOrder.Order
# Places of what belongs to no topic, to all districts, to none, or is not known.
NO_TOPIC, CITYWIDE, ELSEWHERE, NOWHERE = 10_000, 9_000, 9_100, 10_000
# Says a heading in the language that is active.
Name = Callable[[str], Text]
Group = tuple[int, Name]


@dataclass(slots=True)
class Chapter:
    """`place` orders chapters; `offers` are those without a section, in order."""

    place: int
    name: Name
    offers: list[Offering] = field(default_factory=list)
    sections: list["Chapter"] = field(default_factory=list)

    def names(self, languages: Sequence[str]) -> list[Text]:
        """The heading in each language."""
        found = []
        for language in languages:
            with translation.override(language):
                found.append(self.name(language))
        return found


class Grouping:
    """Each offer stands in one chapter: that of its first topic, or first district."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.topics, self.districts = catalogue.topics, catalogue.districts
        self.topic_places = {key: n for n, key in enumerate(self.topics.by_key)}
        self.district_places = {key: n for n, key in enumerate(self.districts.by_key)}

    def chapters(self, offers: Iterable[Offering], order: str) -> list[Chapter]:
        """By topic, by district, or by topic and within it by district."""
        found = gathered(
            offers, self.district if order == Order.DISTRICT else self.topic
        )
        if order == Order.BOTH:
            for chapter in found:
                chapter.sections = gathered(chapter.offers, self.district)
                chapter.offers = []
        return found

    def topic(self, offer: Offering) -> Group:
        """The first topic of the upper level that an offer belongs to."""
        by_pk = self.topics.by_pk
        nodes = [by_pk[one.pk] for one in offer.topics.all() if one.pk in by_pk]
        if not nodes:
            return NO_TOPIC, lambda _language: Text(_("Other offers"))
        node = min(nodes, key=lambda one: self.topic_places[one.key])
        above = self.topics.by_key[node.parent] if node.parent else node
        return self.topic_places[above.key], above.names.__getitem__

    def district(self, offer: Offering) -> Group:
        """The part of the city an offer takes place in."""
        if offer.format in {Format.ONLINE, Format.AT_HOME}:
            label = Format(offer.format).label
            place = ELSEWHERE + Format.values.index(offer.format)
            return place, lambda _language: Text(str(label))
        parts = [self._part(place.district_id) for place in offer.places.all()]
        known = [node for node in parts if node]
        if offer.is_citywide or any(node.depth == 0 for node in known):
            return CITYWIDE, lambda _language: Text(capfirst(_("all of Herne")))
        if not known:
            return NOWHERE, lambda _language: Text(capfirst(_("place not known")))
        node = min(known, key=lambda one: self.district_places[one.key])
        return self.district_places[node.key], lambda code: german(node.name, code)

    def _part(self, district: int | None) -> DistrictNode | None:
        """The upper part of the city that a district lies in."""
        node = self.districts.by_pk.get(district) if district else None
        while node and node.depth > 1:
            node = self.districts.by_key[node.parent]
        return node


def gathered(
    offers: Iterable[Offering], group: Callable[[Offering], Group]
) -> list[Chapter]:
    """Chapters in order, offers within them by name."""
    found: dict[int, Chapter] = {}
    for offer in sorted(offers, key=lambda one: (one.sort_key, one.pk)):
        place, name = group(offer)
        found.setdefault(place, Chapter(place, name)).offers.append(offer)
    return [found[place] for place in sorted(found)]
