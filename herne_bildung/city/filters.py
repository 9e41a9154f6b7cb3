"""The filters of the list of schools."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from herne_bildung.city import search
from herne_bildung.city.actions import SCHOOL
from herne_bildung.city.models import School
from herne_bildung.city.reference import (
    DistrictNode,
    Districts,
    districts,
    districts_in_use,
)
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.filtering import (
    CodesField,
    CodesFilter,
    IndexFilterSet,
    Narrowing,
    SearchText,
)

# A fact of entries that are for every district.
EVERYWHERE = "*"


class DistrictField(CodesField):
    """Keys of districts, by the copy read last in this request; former keys are
    understood too.
    """

    def __init__(self, **options: Any):
        options.pop("known", None)
        super().__init__(
            known=lambda: districts_in_use().by_key,
            resolve=lambda key: districts_in_use().resolve(key),
            **options,
        )


class DistrictFilter(CodesFilter):
    """Entries in a district or below it, and those for everywhere; a guessed
    district only may fit. The facts are those of `district_facts`.

    Filter sets read the districts before their fields are cleaned.
    """

    field_class = DistrictField

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        if len(value) > 1:
            return self._narrow(index, value)
        # One district is asked for by most visitors, and each is counted on each page.
        return index.derived((self.facet, *value), lambda: self._narrow(index, value))

    def _narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        sure = index.having(self.facet, [*value, EVERYWHERE])
        maybe = index.having(self.facet, [f"?{key}" for key in value])
        return Narrowing(sure, (maybe | index.unknown[self.facet]) - sure)

    def parts(self, index: BitmapIndex, code: str) -> tuple[BitMap, BitMap]:
        narrowing = self.narrow(index, [code])
        return narrowing.sure, narrowing.unknown


def district_facts(node: DistrictNode, *, is_guessed: bool) -> set[str]:
    """The facts of an entry in a district: keys where it surely is, "?key" where it
    may be. Of a guessed district only the city is sure.
    """
    around = {node.key, *node.above}
    sure = {(node.above or [node.key])[-1]} if is_guessed else around
    maybe = {*around, *node.below} - sure
    return sure | {f"?{key}" for key in maybe}


# Ten languages, and as many again while districts change.
@lru_cache(maxsize=32)
def district_choices(language: str, known: Districts) -> tuple[Choice, ...]:
    """All districts as choices in the active language, which is named so that each
    is remembered apart.
    """
    return tuple(
        (node.key, known.label(node), node.depth) for node in known.by_key.values()
    )


class SchoolFilter(IndexFilterSet):
    """The filters of the list. Few schools: they are read anew for each page."""

    q = SearchText(label=gettext_lazy("Search"))
    form = CodesFilter(
        "form", known=lambda: School.Form.values, label=gettext_lazy("School form")
    )
    district = DistrictFilter("district", label=gettext_lazy("District"))

    class Meta:
        model = School
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, language: str):
        self.districts = districts()
        present = School.objects.filter(vanished_on=None).select_related("place")
        # Ordered here: databases order texts differently.
        by_name = sorted(
            present.order_by(), key=lambda school: (school.sort_key, school.pk)
        )
        self.schools = {school.pk: school for school in by_name}
        index = BitmapIndex()
        for pk, school in self.schools.items():
            index.put(pk, facts_of(school, self.districts))
        index.set_order("name", self.schools)
        super().__init__(data, index=index, candidates=index.entries)
        if text := self.values.get("q"):
            self.hits = search.find(SCHOOL, text, language)
            self.restrict("q", BitMap(self.hits.ids))

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: best match first for words, else by name."""
        if self.hits:
            found = [pk for pk in self.hits.ids if pk in selection]
            return found[offset : offset + limit]
        return self.index.ordered(selection, "name", offset, limit)

    def choices(self, name: str, language: str) -> Sequence[Choice]:
        """The choices of a filter in the active language: of school forms those
        there are, and those asked for.
        """
        if name == "district":
            return district_choices(language, self.districts)
        present = self.index.values["form"]
        chosen = self.values.get("form", ())
        return [
            (value, str(label), 0)
            for value, label in School.Form.choices
            if value in present or value in chosen
        ]


def facts_of(school: School, known: Districts) -> dict[str, Any]:
    """The facts of one school for the bitmaps."""
    values = {"form": [school.form]}
    node = known.by_pk.get(school.place.district_id)
    if node is None:
        return {"values": values, "unknown": ["district"]}
    is_guessed = school.place.is_district_guessed
    values["district"] = sorted(district_facts(node, is_guessed=is_guessed))
    return {"values": values}
