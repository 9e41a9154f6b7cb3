"""The offers of a district, counted; each number leads into the catalogue."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from herne_bildung.lib.addresses import address
from monitoring.areas.hierarchy import Part
from monitoring.supply.offers import Offers, Supply


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A topic with the offers here, and those for the whole city."""

    name: str
    url: str
    here: int
    everywhere: int


@dataclass(frozen=True, slots=True)
class AreaOffers:
    """Offers of the published catalogue, by topic; `samples` of them are made up."""

    url: str
    here: int
    maybe: int
    everywhere: int
    samples: int
    topics: list[TopicRow]

    @property
    def remark(self) -> str:
        """Said where some are made up."""
        text = _("Of these offers, %(number)s are made up as samples.")
        return text % {"number": self.samples} if self.samples else ""

    @property
    def head(self) -> list[str]:
        """Of the table of topics."""
        everywhere = _("For the whole city, online or at home")
        return [_("Topic"), _("Offers here"), everywhere]

    @property
    def facts(self) -> list[dict[str, Any]]:
        """The numbers, as `components/fact_list.html` has them."""
        rows = [
            (_("Offers that take place here"), "pin", self.here),
            (_("Perhaps here: the place is not sure"), "map", self.maybe),
            (_("For the whole city, online or at home"), "globe", self.everywhere),
        ]
        return [
            {"label": label, "icon": icon, "value": str(count)}
            for label, icon, count in rows
        ]


def area_offers(part: Part, supply: Supply, language: str) -> tuple[AreaOffers, Offers]:
    """What the catalogue has for a district; no query but for samples, once."""
    key = part.area.district.key
    found = supply.of_district(key)
    together = found.here | found.maybe | found.everywhere
    samples = supply.catalogue.samples
    nodes = supply.catalogue.topics.by_key
    topics = [
        TopicRow(str(nodes[topic].names[language]), link(key, topic=topic), *counts)
        for topic, counts in supply.by_topic([found.here, found.everywhere])
    ]
    counts = map(len, (found.here, found.maybe, found.everywhere, together & samples))
    return AreaOffers(link(key), *counts, topics), found


def link(district: str, **more: str) -> str:
    """The catalogue, narrowed to a district."""
    return address(reverse("offerings"), [("district", district), *more.items()])
