"""What fits a child of some months in a district; what is not known comes last."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.lib.addresses import address, pairs, replaced
from herne_bildung.lib.filtering import AgeFilter, IndexFilterSet
from herne_bildung.lib.paging import Paging, page_number, pager
from offerings.ages import age_in_words
from offerings.cards import Card, cards, has_fallback
from offerings.catalogue import catalogue
from offerings.facets import choices
from offerings.filters import DistrictFilter
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
        self.catalogue = offers
        for_families = offers.index.having("target_group", FAMILY_GROUPS)
        by_age = offers.index.unknown["age"]
        visible = offers.visible()
        super().__init__(
            data, index=offers.index, candidates=visible - (by_age - for_families)
        )


@dataclass(slots=True)
class FamilyResults:
    """What `offerings/family.html` shows; `is_asked` once an age is given."""

    data: QueryDict
    errors: dict[str, list[str]]
    districts: list[dict[str, Any]]
    is_asked: bool
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
    sure, maybe = filters.selection() if is_asked else (BitMap(), BitMap())
    total = len(sure) + len(maybe)
    number, _known = page_number(data.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    parameters = pairs(data, names=PARAMETERS)
    offers = filters.catalogue
    sure_ids = offers.page(sure, "date", paging.offset, PER_PAGE) if sure else []
    maybe_ids = (
        offers.page(
            maybe,
            "date",
            max(0, paging.offset - len(sure)),
            PER_PAGE - len(sure_ids),
        )
        if maybe and len(sure_ids) < PER_PAGE
        else []
    )
    shown = cards([*sure_ids, *maybe_ids], found_by=filters)
    chosen = set(filters.values.get("district", ()))
    return FamilyResults(
        data=data,
        errors=filters.errors_by_field,
        districts=[
            {"value": key, "label": name, "depth": depth, "selected": key in chosen}
            for key, name, depth in choices(
                "district", language, offers.districts, offers.topics
            )
        ],
        is_asked=is_asked,
        age=age_in_words(filters.values["age_months"]) if is_asked else "",
        count_text=count_in_words(len(sure), len(maybe)),
        sure=shown[: len(sure_ids)],
        maybe=shown[len(sure_ids) :],
        pager=pager(
            paging,
            lambda page: address(
                path, replaced(parameters, "page", str(page) if page > 1 else "")
            ),
        ),
        has_fallback=has_fallback(shown),
    )
