"""What the family portal asks: the child's age in months, and the district."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from pyroaring import BitMap

from herne_bildung.city.filters import DistrictFilter
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import IndexFilter, IndexFilterSet, Narrowing
from offerings.catalogue import catalogue
from offerings.choices import TargetGroup
from offerings.models import Offering

# Before birth the months are counted down: -3 is three months before it.
EARLIEST_MONTHS = -9
OLDEST_MONTHS = 18 * 12
# What begins to fit within so many months fits soon.
MONTHS_AHEAD = 6
# Offers of unknown age may fit a child only if they are for one of these.
FAMILY_GROUPS = ("families", "parents", "mothers", "fathers", "children", "everyone")


class MonthsField(forms.IntegerField):
    """An age in whole months; below 0 the months before birth."""

    def __init__(self, **options: Any):
        super().__init__(min_value=EARLIEST_MONTHS, max_value=OLDEST_MONTHS, **options)
        message = _(
            "Please choose an age from the list. In the address it is in whole months,"
            " up to 216; -3 means three months before birth."
        )
        self.error_messages = dict.fromkeys(
            [*self.error_messages, "min_value", "max_value"], message
        )
        for validator in self.validators:
            validator.message = message


class MonthsFilter(IndexFilter):
    """Offers for this age, or for expectant parents before birth."""

    field_class = MonthsField

    def narrow(self, index: BitmapIndex, value: int) -> Narrowing:
        unknown = index.unknown["age"] & index.having("target_group", FAMILY_GROUPS)
        if value < 0:
            sure = index.having("target_group", [TargetGroup.EXPECTANT])
        else:
            sure = index.covering("age", value)
        return Narrowing(sure, unknown - sure)


class FamilyFilter(IndexFilterSet):
    """Age in months and district."""

    age_months = MonthsFilter("age", label=_("Age of the child"))
    district = DistrictFilter("district", label=_("District"))

    class Meta:
        model = Offering
        fields: list[str] = []

    def __init__(self, data: QueryDict):
        self.catalogue = catalogue()
        self.catalogue.refresh()
        self.districts = self.catalogue.districts
        super().__init__(
            data, index=self.catalogue.index, candidates=self.catalogue.visible()
        )

    @staticmethod
    def ages_ahead(months: int) -> range:
        """The ages of the months to come, before birth those of the first half year."""
        return range(max(months + 1, 0), max(months, 0) + MONTHS_AHEAD + 1)

    def at_age(self, months: int) -> BitMap:
        """What surely fits at another age in the same district."""
        found = self.candidates & self.index.covering("age", months)
        if place := self.narrowings.get("district"):
            found &= place.sure
        return found

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: what takes place next comes first."""
        return self.catalogue.page(selection, "date", offset, limit)
