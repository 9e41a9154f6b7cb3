"""The filters of the list of schools."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy
from pyroaring import BitMap

from herne_bildung.city import search
from herne_bildung.city.actions import SCHOOL
from herne_bildung.city.models import School
from herne_bildung.city.reference import Districts, districts, districts_in_use
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.filtering import (
    CodesField,
    CodesFilter,
    IndexFilterSet,
    Narrowing,
    SearchText,
)


class DistrictField(CodesField):
    """Keys of districts; former keys are understood too."""

    def __init__(self, **options: Any):
        options.pop("known", None)
        super().__init__(
            known=lambda: districts_in_use().by_key,
            resolve=lambda key: districts_in_use().resolve(key),
            **options,
        )


class DistrictFilter(CodesFilter):
    """Schools in a district or below it; a guessed district only may fit."""

    field_class = DistrictField

    def narrow(self, index: BitmapIndex, value: list[str]) -> Narrowing:
        sure = index.having(self.facet, value)
        maybe = index.having(self.facet, [f"?{key}" for key in value])
        return Narrowing(sure, (maybe | index.unknown[self.facet]) - sure)

    def parts(self, index: BitmapIndex, code: str) -> tuple[BitMap, BitMap]:
        narrowing = self.narrow(index, [code])
        return narrowing.sure, narrowing.unknown


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
        self.hits = None
        if text := self.values.get("q"):
            self.hits = search.find(SCHOOL, text, language)
            self.restrict("q", BitMap(self.hits.ids))

    def page(self, selection: BitMap, offset: int, limit: int) -> list[int]:
        """Ids of one page: best match first for words, else by name."""
        if limit <= 0:
            return []
        if self.hits:
            found = [pk for pk in self.hits.ids if pk in selection]
            return found[offset : offset + limit]
        return self.index.ordered(selection, "name", offset, limit)

    def choices(self, name: str) -> list[tuple[str, str, int]]:
        """(value, label, depth) of a filter in the active language."""
        if name == "district":
            nodes = self.districts.by_key.values()
            return [(node.key, node.name, node.depth) for node in nodes]
        present = self.index.values["form"]
        chosen = self.values.get("form", ())
        return [
            (value, str(label), 0)
            for value, label in School.Form.choices
            if value in present or value in chosen
        ]


def facts_of(school: School, known: Districts) -> dict[str, Any]:
    """The facts of one school for the bitmaps; "?key" where it is only probable."""
    values = {"form": [school.form]}
    unknown = []
    node = known.by_pk.get(school.place.district_id)
    if node is None:
        unknown.append("district")
    else:
        keys = [node.key, *node.above]
        if school.place.is_district_guessed:
            city = keys[-1]
            values["district"] = [city, *(f"?{key}" for key in keys if key != city)]
        else:
            values["district"] = [*keys, *(f"?{key}" for key in node.below)]
    return {"values": values, "unknown": unknown}
