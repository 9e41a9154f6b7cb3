"""The filters of the measures of a period; its page and exports use these."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from goals.choices import MeasureStatus
from goals.models import Measure, Period, WorkArea
from herne_bildung.city.filters import (
    DistrictFilter,
    district_choices,
    district_facts,
)
from herne_bildung.city.models import Organisation
from herne_bildung.city.reference import Districts, districts
from herne_bildung.lib import clock
from herne_bildung.lib.bitmap_index import BitmapIndex
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.filtering import CodesFilter, IndexFilterSet
from herne_bildung.lib.localized import localized_entry

YES = {"yes": _("yes")}
# In addresses; in the database what is not known is empty.
UNKNOWN = "unknown"
STATUSES = [*MeasureStatus.values[1:], UNKNOWN]


def known_areas() -> set[str]:
    return {UNKNOWN, *WorkArea.objects.values_list("key", flat=True)}


def known_organisations() -> set[str]:
    is_responsible = ~Q(measures=None) | ~Q(goal_roles__measures=None)
    found = Organisation.objects.filter(is_responsible)
    return {UNKNOWN, *found.values_list("slug", flat=True)}


class MeasureFilter(IndexFilterSet):
    """All filters of the measures of a closed period. They are few: they are read anew
    for each page.
    """

    status = CodesFilter("status", known=lambda: STATUSES, label=_("Status"))
    organisation = CodesFilter(
        "organisation", known=known_organisations, label=_("Responsible organisation")
    )
    work_area = CodesFilter("work_area", known=known_areas, label=_("Work area"))
    district = DistrictFilter("district", label=_("District"))
    without_responsible = CodesFilter(
        "without_responsible",
        known=lambda: YES,
        label=_("Without responsible person"),
    )

    class Meta:
        model = Measure
        fields: list[str] = []

    def __init__(self, data: QueryDict, *, period: Period, language: str):
        self.districts = districts()
        self.language_code = language
        found = (
            Measure.objects.published()
            .filter(goal__period=period)
            .select_related("goal", "organisation", "role__organisation", "work_area")
            .prefetch_related("districts", "progress")
            .order_by("goal__number", "order", "pk")
        )
        self.measures = {measure.pk: measure for measure in found}
        index = BitmapIndex()
        for pk, measure in self.measures.items():
            measure.goal.period = period
            index.put(pk, facts_of(measure, self.districts, clock.today().year))
        index.set_order("goal", self.measures)
        super().__init__(data, index=index, candidates=index.entries)

    def choices(self, name: str) -> Sequence[Choice]:
        """The choices of a filter in the active language: those there are, and those
        asked for.
        """
        if name == "district":
            return district_choices(self.language_code, self.districts)
        if name in NAMES:
            return self._named(name, NAMES[name])
        return [(code, str(label), 0) for code, label in YES.items()]

    def _named(
        self, name: str, named: Callable[["MeasureFilter"], dict[str, str]]
    ) -> list[Choice]:
        present = {*self.index.values[name], *self.values.get(name, ())}
        labels = named(self)
        others = {code: code for code in sorted(present - labels.keys())}
        return [
            (code, label, 0)
            for code, label in (labels | others).items()
            if code in present
        ]


class OpenMeasureFilter(MeasureFilter):
    """The same of a period that still runs: of a closed one nothing is expected."""

    without_progress = CodesFilter(
        "without_progress",
        known=lambda: YES,
        label=_("Without progress this year"),
    )


def filter_of(period: Period) -> type[MeasureFilter]:
    """The filters of the measures of a period."""
    return MeasureFilter if period.is_closed else OpenMeasureFilter


def facts_of(measure: Measure, known: Districts, year: int) -> dict[str, Any]:
    """The facts of one measure for the bitmaps; empty ones are not known."""
    organisation = organisation_of(measure)
    has_progress = any(one.year == year for one in measure.progress.all())
    is_late = not (measure.is_finished or has_progress)
    is_alone = organisation is None and measure.role is None
    values = {
        "status": [measure.status or UNKNOWN],
        "organisation": [organisation.slug if organisation else UNKNOWN],
        "work_area": [measure.work_area.key if measure.work_area else UNKNOWN],
        "without_responsible": ["yes" if is_alone else "no"],
        "without_progress": ["yes" if is_late else "no"],
    }
    unknown = [name for name, [value] in values.items() if value == UNKNOWN]
    nodes = [known.by_pk[one.pk] for one in measure.districts.all()]
    if nodes:
        keys = [district_facts(node, is_guessed=False) for node in nodes]
        values["district"] = sorted(set().union(*keys))
    else:
        unknown.append("district")
    return {"values": values, "unknown": unknown}


def organisation_of(measure: Measure) -> Organisation | None:
    """The organisation responsible: named itself, or by its role."""
    return measure.organisation or (measure.role and measure.role.organisation)


def _status_names(filters: MeasureFilter) -> dict[str, str]:
    names = {value: str(label) for value, label in MeasureStatus.choices[1:]}
    return {**names, UNKNOWN: str(MeasureStatus.UNKNOWN.label)}


def _organisation_names(filters: MeasureFilter) -> dict[str, str]:
    found = {
        one.slug: localized_entry(one, "name", filters.language_code).text
        for measure in filters.measures.values()
        if (one := organisation_of(measure))
    }
    in_order = dict(sorted(found.items(), key=lambda pair: pair[1].casefold()))
    return {**in_order, UNKNOWN: str(MeasureStatus.UNKNOWN.label)}


def _area_names(filters: MeasureFilter) -> dict[str, str]:
    areas = {one.work_area for one in filters.measures.values() if one.work_area}
    in_order = sorted(areas, key=lambda area: (area.order, area.key))
    names = {
        area.key: localized_entry(area, "name", filters.language_code).text
        for area in in_order
    }
    return {**names, UNKNOWN: str(MeasureStatus.UNKNOWN.label)}


NAMES: dict[str, Callable[[MeasureFilter], dict[str, str]]] = {
    "status": _status_names,
    "organisation": _organisation_names,
    "work_area": _area_names,
}
