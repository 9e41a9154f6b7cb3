"""Offers of the published catalogue by district, age and topic; all from memory."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from pyroaring import BitMap

from herne_bildung.city.filters import EVERYWHERE
from offerings.catalogue import Catalogue, catalogue


@dataclass(frozen=True, slots=True)
class AgeGroup:
    """Ages in whole years, both included."""

    key: str
    first: int
    last: int

    @property
    def label(self) -> str:
        ages = {"first": self.first, "last": self.last}
        if not self.first:
            return _("under %(age)s years") % {"age": self.last + 1}
        return _("%(first)s to %(last)s years") % ages


CHILDREN = AgeGroup("0-17", 0, 17)
# Crèche, Kita, primary school, lower and upper secondary school.
AGE_GROUPS = (
    AgeGroup("0-2", 0, 2),
    AgeGroup("3-5", 3, 5),
    AgeGroup("6-9", 6, 9),
    AgeGroup("10-15", 10, 15),
    AgeGroup("16-17", 16, 17),
)


@dataclass(frozen=True, slots=True)
class Offers:
    """Ids of the offers that take place in a district; of those that may, because
    where is not sure; of those for the whole city, online or at home. None is in two.
    """

    here: BitMap
    maybe: BitMap
    everywhere: BitMap


class Supply:
    """The catalogue as it is now; a query, one more for samples after each change of
    an offer. `samples` are those left out.
    """

    def __init__(self, *, has_samples: bool = True) -> None:
        self.catalogue: Catalogue = catalogue()
        self.catalogue.refresh()
        self.index = self.catalogue.index
        visible = self.catalogue.visible()
        self.samples = BitMap() if has_samples else visible & self.catalogue.samples
        self.visible = visible - self.samples

    @property
    def left_out(self) -> str:
        """That samples are no supply; empty where there are none."""
        if not self.samples:
            return ""
        text = ngettext(
            "%(number)s sample offer is not counted. Lists of offers show it, marked.",
            "%(number)s sample offers are not counted. Lists of offers show them, "
            "marked.",
            len(self.samples),
        )
        return text % {"number": len(self.samples)}

    @property
    def everywhere(self) -> BitMap:
        """Offers for the whole city, online or at home."""
        return self.index.having("district", [EVERYWHERE]) & self.visible

    def of_district(self, key: str) -> Offers:
        """Offers of a district and of what lies in it."""
        index, visible = self.index, self.visible
        everywhere = self.everywhere
        here = (index.having("district", [key]) & visible) - everywhere
        maybe = index.having("district", [f"?{key}"]) | index.unknown["district"]
        return Offers(here, (maybe & visible) - here - everywhere, everywhere)

    def for_age(self, group: AgeGroup) -> BitMap:
        """Offers for any age of the group: one for several groups counts in each."""
        first, last = group.first * 12, group.last * 12 + 11
        return self.index.derived(
            ("ages", first, last),
            lambda: self.index.matching_ranges(
                "age", lambda low, high: low <= last and high >= first
            ),
        )

    def by_age(self, offers: BitMap, group: AgeGroup | None) -> tuple[BitMap, BitMap]:
        """Those of the offers for an age, None for all; those that do not say one."""
        if group is None:
            return offers, BitMap()
        fitting = offers & self.for_age(group)
        return fitting, offers & self.without_age

    @property
    def without_age(self) -> BitMap:
        """Offers that do not say for which age they are."""
        return self.index.unknown["age"]

    def by_topic(self, selections: Iterable[BitMap]) -> list[tuple[str, list[int]]]:
        """Keys of main topics, with how many of each selection have them; those that
        none has are left out.
        """
        wanted = list(selections)
        found = []
        for key, node in self.catalogue.topics.by_key.items():
            if node.parent is None:
                of_topic = self.index.having("topic", [key])
                counts = [len(of_topic & one) for one in wanted]
                if any(counts):
                    found.append((key, counts))
        return found
