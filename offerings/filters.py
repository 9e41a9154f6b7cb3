"""The filters of the catalogue; page, map, feed, calendar and export use these."""

from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.city.district_search import NamesDistricts
from herne_bildung.city.filters import DistrictFilter
from herne_bildung.city.search import Hits
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib.filtering import (
    AgeFilter,
    CodesFilter,
    IndexFilterSet,
    SearchText,
)
from herne_bildung.lib.geo import distance
from offerings import nearness
from offerings.catalogue import Catalogue, catalogue
from offerings.choices import FamilyNeed, Format, OnlyFor, TargetGroup
from offerings.dates.filters import (
    WHENS,
    DateCodesFilter,
    DateFilters,
    DayFilter,
    WhenFilter,
)
from offerings.dates.slots import DAYTIMES
from offerings.facts import NO_NEED
from offerings.joining import PerhapsFilter, PlacesFilter, StartsSoonFilter
from offerings.map.filters import Frame, PartFilter, PlaceFilter
from offerings.models import Offering

SORTS = {
    "relevance": _("Best match"),
    "date": _("Next date"),
    "name": _("Name A–Z"),
    "distance": _("Distance from the chosen district"),
}
COSTS = {"free": _("free of charge"), "paid": _("with costs")}
YES = {"yes": _("yes")}
HOLIDAYS = {
    "open": _("takes place in the school holidays"),
    "programme": _("holiday programme"),
}
NEEDS = dict(FamilyNeed.choices) | {NO_NEED: _("Other offers")}


def _known(codes: Any) -> Any:
    return lambda: codes


class OfferingFilter(DateFilters, NamesDistricts, IndexFilterSet):
    """All filters of the list. `sort` and `page` are no filters."""

    q = SearchText(label=_("Search"))
    district = DistrictFilter("district", label=_("District"))
    topic = CodesFilter(
        "topic", known=lambda: catalogue().topics.by_key, label=_("Topic")
    )
    need = CodesFilter("need", known=_known(NEEDS), label=_("What families look for"))
    age = AgeFilter("age", label=_("Age in years"))
    target_group = CodesFilter(
        "target_group", known=_known(TargetGroup.values), label=_("For whom")
    )
    language = CodesFilter(
        "language", known=_known(SpokenLanguage.values), label=_("Language")
    )
    format = CodesFilter("format", known=_known(Format.values), label=_("Format"))
    when = WhenFilter(known=_known(WHENS), label=_("When"))
    weekday = DateCodesFilter(
        known=_known([str(day) for day in range(7)]), label=_("Weekday")
    )
    time = DateCodesFilter(known=_known(DAYTIMES), label=_("Time of day"))
    cost = CodesFilter("cost", known=_known(COSTS), label=_("Costs"))
    accessible = CodesFilter("accessible", known=_known(YES), label=_("Accessible"))
    childcare = CodesFilter("childcare", known=_known(YES), label=_("Childcare"))
    near = nearness.NearFilter(label=_("Near a position"))
    within = nearness.RadiusFilter(label=_("Distance"))
    part = PartFilter(label=_("Part of the map"))
    place = PlaceFilter(
        "place", known=lambda: map(str, catalogue().places), label=_("Place")
    )

    holidays = PerhapsFilter(
        "holidays", known=_known(HOLIDAYS), label=_("School holidays")
    )
    places = PlacesFilter("places", known=_known(["free"]), label=_("Places left"))
    registration = CodesFilter(
        "registration", known=_known(["none"]), label=_("Registration")
    )
    starts_soon = StartsSoonFilter(
        "first_day", known=_known(YES), label=_("Starts soon")
    )
    only = PerhapsFilter("only", known=_known(OnlyFor.values), label=_("Only for"))

    class Meta:
        model = Offering
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        filters = super().get_filters()
        for name, label in (("from", _("From")), ("to", _("To"))):
            filters[name] = DayFilter(label=label)
            filters[name].parent, filters[name].field_name = None, name
        return filters

    def __init__(self, data: Any, *, language: str):
        self.catalogue: Catalogue = catalogue()
        self.catalogue.refresh()
        self.districts = self.catalogue.districts
        super().__init__(
            data, index=self.catalogue.index, candidates=self.catalogue.visible()
        )
        if text := self.values.get("q"):
            self.find_words(text, language)
        self.narrow_dates()
        if "within" in self.values:
            self._narrow_to_radius()
        if "part" in self.values:
            self.restrict("part", self._in_part(self.values["part"]))
        self._check_sort()

    def find_both(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        return self.catalogue.find(text, rest, language)

    def _narrow_to_radius(self) -> None:
        if near := self.values.get("near"):
            self.narrowings["within"] = nearness.narrowing(
                self.index,
                self.catalogue.places.values(),
                near,
                self.values["within"],
            )
            return
        del self.values["within"]
        if "near" not in self.errors_by_field:
            message = _("A distance needs a position to measure from.")
            self.errors_by_field["within"] = [str(message)]

    def _in_part(self, part: Frame) -> BitMap:
        places = self.catalogue.places.values()
        codes = (str(node.pk) for node in places if part.holds(node.point))
        return self.index.having("place", codes)

    @property
    def sort(self) -> str:
        """How results are ordered: what was asked where it makes sense."""
        wanted = self.data.get("sort", "")
        return wanted if wanted in self.possible_sorts else self.usual_sort

    @property
    def possible_sorts(self) -> list[str]:
        """The orders that make sense for this search."""
        possible = ["date", "name"]
        if self.hits:
            possible.insert(0, "relevance")
        if self.origin:
            possible.append("distance")
        return possible

    def _check_sort(self) -> None:
        """Say why an order that was asked for is not used."""
        wanted = self.data.get("sort", "")
        if wanted == "distance" and not self.origin:
            message = _("Choose a district to sort by distance.")
        elif wanted and wanted not in SORTS:
            message = _("We do not know this order.")
        else:
            return
        self.errors_by_field["sort"] = [str(message)]

    @property
    def usual_sort(self) -> str:
        """The order where none is asked for."""
        if "near" in self.values:
            return "distance"
        return "relevance" if self.hits else "date"

    @property
    def origin(self) -> nearness.Origin | None:
        """Where distances are measured from; None where nothing was chosen."""
        chosen = map(self.districts.by_key.get, self.values.get("district", ()))
        return nearness.origin(self.values.get("near"), chosen)

    @property
    def measured_from(self) -> nearness.Origin | None:
        """The same where cards say how far it is."""
        return self.origin if self.sort == "distance" or "near" in self.values else None

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page of a selection in the order of `sort`."""
        if self.sort == "relevance":
            return self._best_first(selection, offset, limit)
        if self.sort == "distance":
            return self._nearest_first(selection, offset, limit)
        asked = self.asked if self.sort == "date" else None
        if asked and asked.days():
            return self.catalogue.page_by_days(
                selection, asked, self.slots, offset, limit
            )
        return self.catalogue.page(selection, self.sort, offset, limit)

    def _best_first(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Those found by words, then those that only lie in a district named."""
        found = (pk for pk in self.hits.ids if pk in selection)
        page = list(islice(found, offset, offset + limit))
        if len(page) < limit and (others := selection - self.hits.id_set):
            passed = max(0, offset - len(selection) + len(others))
            page += self.catalogue.page(others, "date", passed, limit - len(page))
        return page

    def _nearest_first(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Nearest places first; offers without a known place last."""
        self.catalogue.know_order("name")
        centre = self.origin.point
        places = [node for node in self.catalogue.places.values() if node.point]
        places.sort(key=lambda node: distance(centre, node.point))
        by_place = self.index.values["place"]
        groups = (by_place[str(node.pk)] for node in places if str(node.pk) in by_place)
        return self.index.ordered_by_groups(selection, groups, "name", offset, limit)
