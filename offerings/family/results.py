"""What fits a child of some months in a district; what is not known comes last."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.city.filters import DistrictFilter, district_choices
from herne_bildung.lib.addresses import page_address, pairs
from herne_bildung.lib.filtering import AgeFilter, IndexFilterSet
from herne_bildung.lib.paging import pager
from herne_bildung.lib.result_page import selected
from offerings.ages import age_in_words
from offerings.cards import Card, cards, has_fallback
from offerings.catalogue import catalogue
from offerings.models import Offering
from offerings.results import count_in_words

PER_PAGE = 20
OLDEST_MONTHS = 18 * 12
# Offers of unknown age may fit a child only if they are for one of these.
FAMILY_GROUPS = ("families", "parents", "mothers", "fathers", "children", "everyone")
PARAMETERS = ("age_months", "district", "page")


class MonthsField(forms.IntegerField):
    """An age in whole months."""

    def __init__(self, **options: Any):
        super().__init__(min_value=0, max_value=OLDEST_MONTHS, **options)
        message = _("Please give the age in whole months, from 0 to 216.")
        self.error_messages = dict.fromkeys(
            [*self.error_messages, "min_value", "max_value"], message
        )
        for validator in self.validators:
            validator.message = message


class MonthsFilter(AgeFilter):
    field_class = MonthsField


class FamilyFilter(IndexFilterSet):
    """Age in months and district."""

    age_months = MonthsFilter("age", label=_("Age of the child in months"))
    district = DistrictFilter("district", label=_("District"))

    class Meta:
        model = Offering
        fields: list[str] = []

    def __init__(self, data: QueryDict):
        offers = catalogue()
        offers.refresh()
        self.catalogue, self.districts = offers, offers.districts
        for_families = offers.index.having("target_group", FAMILY_GROUPS)
        by_age = offers.index.unknown["age"]
        visible = offers.visible()
        super().__init__(
            data, index=offers.index, candidates=visible - (by_age - for_families)
        )

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: what takes place next comes first."""
        return self.catalogue.page(selection, "date", offset, limit)


@dataclass(slots=True)
class FamilyResults:
    """What `offerings/family.html` shows; `is_asked` once an age is given."""

    data: QueryDict
    errors: dict[str, list[str]]
    districts: list[dict[str, Any]]
    is_asked: bool
    is_page_known: bool
    age: str
    count_text: str
    sure: list[Card]
    maybe: list[Card]
    pager: dict[str, Any]
    has_fallback: bool


def family_results(data: QueryDict, path: str, language: str) -> FamilyResults:
    """The family page for an address."""
    filters = FamilyFilter(data)
    is_asked = "age_months" in filters.values
    selection = filters.selection() if is_asked else (BitMap(), BitMap())
    found = selected(selection, data.get("page"), PER_PAGE, filters.page)
    shown = cards([*found.sure, *found.maybe], found_by=filters)
    parameters = pairs(data, names=PARAMETERS)
    chosen = set(filters.values.get("district", ()))
    return FamilyResults(
        data=data,
        errors=filters.errors_by_field,
        districts=[
            {"value": key, "label": name, "depth": depth, "selected": key in chosen}
            for key, name, depth in district_choices(language, filters.districts)
        ],
        is_asked=is_asked,
        is_page_known=found.is_page_known,
        age=age_in_words(filters.values["age_months"]) if is_asked else "",
        count_text=count_in_words(found.sure_count, found.maybe_count),
        sure=shown[: len(found.sure)],
        maybe=shown[len(found.sure) :],
        pager=pager(
            found.paging,
            lambda page: page_address(path, parameters, page),
        ),
        has_fallback=has_fallback(shown),
    )
