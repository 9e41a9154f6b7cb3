"""The filters of the catalogue; page, map, feed, calendar and export use these."""

from datetime import date
from itertools import islice
from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.city.district_search import NamesDistricts
from herne_bildung.city.filters import DistrictFilter
from herne_bildung.city.search import Hits
from herne_bildung.city.spoken import SpokenLanguage
from herne_bildung.lib import clock
from herne_bildung.lib.filtering import (
    AgeFilter,
    CodesFilter,
    IndexFilterSet,
    Narrowing,
    SearchText,
)
from herne_bildung.lib.geo import distance
from offerings.asked_dates import AskedDates, asked_dates
from offerings.catalogue import Catalogue, catalogue
from offerings.choices import Format, TargetGroup
from offerings.facts import DAYTIMES, HORIZON
from offerings.models import Offering

SORTS = {
    "relevance": _("Best match"),
    "date": _("Next date"),
    "name": _("Name A–Z"),
    "distance": _("Distance from the chosen district"),
}
COSTS = {"free": _("free of charge"), "paid": _("with costs")}
YES = {"yes": _("yes")}


class DayField(forms.DateField):
    """A day as YYYY-MM-DD, or as people write it in Germany."""

    def __init__(self, **options: Any):
        super().__init__(input_formats=["%Y-%m-%d", "%d.%m.%Y"], **options)
        self.error_messages["invalid"] = _(
            "Please give the day as day.month.year, for example 24.12.2026."
        )


class DayFilter(django_filters.Filter):
    field_class = DayField


def _known(codes: Any) -> Any:
    return lambda: codes


class OfferingFilter(NamesDistricts, IndexFilterSet):
    """All filters of the list. `sort` and `page` are no filters."""

    q = SearchText(label=_("Search"))
    district = DistrictFilter("district", label=_("District"))
    topic = CodesFilter(
        "topic", known=lambda: catalogue().topics.by_key, label=_("Topic")
    )
    age = AgeFilter("age", label=_("Age in years"))
    target_group = CodesFilter(
        "target_group", known=_known(TargetGroup.values), label=_("For whom")
    )
    language = CodesFilter(
        "language", known=_known(SpokenLanguage.values), label=_("Language")
    )
    format = CodesFilter("format", known=_known(Format.values), label=_("Format"))
    weekday = CodesFilter(
        "weekday", known=_known([str(day) for day in range(7)]), label=_("Weekday")
    )
    time = CodesFilter("time", known=_known(DAYTIMES), label=_("Time of day"))
    cost = CodesFilter("cost", known=_known(COSTS), label=_("Costs"))
    accessible = CodesFilter("accessible", known=_known(YES), label=_("Accessible"))
    childcare = CodesFilter("childcare", known=_known(YES), label=_("Childcare"))

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
        if "from" in self.values or "to" in self.values:
            self._narrow_to_days()
        self._check_sort()

    def find_both(self, text: str, rest: str, language: str) -> tuple[Hits, Hits]:
        return self.catalogue.find(text, rest, language)

    def _narrow_to_days(self) -> None:
        """Offers with a known date between the two days, ends included.

        Dates further ahead than HORIZON are not known yet: those offers may fit.
        """
        today = clock.today()
        first: date = max(self.values.get("from", today), today)
        last: date = self.values.get("to", date.max)
        if last < first:
            self.errors_by_field["to"] = [
                str(_("This day lies before the first one, or it is over."))
            ]
            for name in ("from", "to"):
                self.values.pop(name, None)
            return
        sure = self.index.having("day", map(str, AskedDates(first, last).days()))
        unknown = self.index.unknown["day"]
        if first > today + HORIZON:
            unknown = unknown | self.index.having("day", self.index.values["day"])
        self.narrowings["from"] = Narrowing(sure, unknown - sure)

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
        if self.reference_point:
            possible.append("distance")
        return possible

    def _check_sort(self) -> None:
        """Say why an order that was asked for is not used."""
        wanted = self.data.get("sort", "")
        if wanted == "distance" and not self.reference_point:
            message = _("Choose a district to sort by distance.")
        elif wanted and wanted not in SORTS:
            message = _("We do not know this order.")
        else:
            return
        self.errors_by_field["sort"] = [str(message)]

    @property
    def usual_sort(self) -> str:
        """The order where none is asked for."""
        return "relevance" if self.hits else "date"

    @property
    def reference_point(self):
        """The middle of the first chosen district; None without one."""
        for key in self.values.get("district", ()):
            if point := self.districts.by_key[key].point:
                return point
        return None

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page of a selection in the order of `sort`."""
        if self.sort == "relevance":
            return self._best_first(selection, offset, limit)
        if self.sort == "distance":
            return self.index_by_distance(selection, offset, limit)
        asked = asked_dates(self.values) if self.sort == "date" else None
        if asked and (days := asked.days()):
            return self.catalogue.page_by_days(selection, days, offset, limit)
        return self.catalogue.page(selection, self.sort, offset, limit)

    def _best_first(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Those found by words, then those that only lie in a district named."""
        found = (pk for pk in self.hits.ids if pk in selection)
        page = list(islice(found, offset, offset + limit))
        if len(page) < limit and (others := selection - self.hits.id_set):
            passed = max(0, offset - len(selection) + len(others))
            page += self.catalogue.page(others, "date", passed, limit - len(page))
        return page

    def index_by_distance(
        self, selection: BitMap, offset: int, limit: int
    ) -> list[int]:
        """Nearest places first; offers without a known place last."""
        self.catalogue.page(BitMap(), "name", 0, 0)
        centre = self.reference_point
        places = [node for node in self.catalogue.places.values() if node.point]
        places.sort(key=lambda node: distance(centre, node.point))
        by_place = self.index.values["place"]
        groups = (by_place[str(node.pk)] for node in places if str(node.pk) in by_place)
        return self.index.ordered_by_groups(selection, groups, "name", offset, limit)
