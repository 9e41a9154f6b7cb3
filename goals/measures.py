"""The measures of a period, filtered: what its page shows, from its address."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.charts import Bar, Chart, chart
from goals.filters import MeasureFilter, filter_of
from goals.in_words import (
    counted_by_status,
    goal_link,
    measure_link,
    measures_in_words,
    responsible,
    status_badge,
)
from goals.models import Measure, Period
from herne_bildung.lib.addresses import pairs
from herne_bildung.lib.facets import Choice
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.result_page import ResultPage, and_maybe, selected

PER_PAGE = 20
# How a card says which fact is missing, by filter.
UNKNOWN_FACTS = {
    "status": gettext_lazy("status not known"),
    "organisation": gettext_lazy("responsibility not known"),
    "work_area": gettext_lazy("work area not known"),
    "district": gettext_lazy("district not known"),
}


@dataclass(slots=True)
class Results(ResultPage):
    """One page of the measures of a period."""

    open_groups: ClassVar[Sequence[str]] = ("status",)

    @property
    def groups(self) -> Sequence[str]:
        """The filters that this period has."""
        return tuple(self.filters.filters)

    @property
    def names(self) -> Sequence[str]:
        return (*self.groups, "page")

    def choices(self, name: str) -> Sequence[Choice]:
        return self.filters.choices(name)

    def in_words(self, name: str, value: Any) -> str:
        """Districts speak for themselves; of yes and no the question does."""
        if name == "district":
            return str(value)
        if name.startswith("without_"):
            return str(self.filters.filters[name].label)
        return f"{self.filters.filters[name].label}: {value}"

    @property
    def has_fallback(self) -> bool:
        """True when an entry shows German to readers of another language."""
        shown = (*self.sure, *self.maybe)
        return any(one["title"].lang or one["summary"].lang for one in shown)

    @property
    def count_text(self) -> str:
        """The number of measures as one sentence."""
        return and_maybe(measures_in_words(self.sure_count), self.maybe_count)

    @property
    def ways_on(self) -> list[dict[str, str]]:
        """Where to go from an empty result."""
        url = f"{self.path}#measures"
        return [{"label": _("Show all measures of this period"), "url": url}]

    @property
    def charts(self) -> list[Chart]:
        """Of all measures of the period, by what is known of any of them."""
        measures = self.filters.measures.values()
        found = [by_status(measures, self.language), by_area(measures, self.language)]
        return [one for one in found if one]

    @property
    def has_known_areas(self) -> bool:
        return any(one.work_area for one in self.filters.measures.values())


def results(data: QueryDict, path: str, period: Period, language: str) -> Results:
    """The measures for an address."""
    filters = filter_of(period)(data, period=period, language=language)

    def page(selection: Any, offset: int, limit: int) -> list[int]:
        return filters.index.ordered(selection, "goal", offset, limit)

    found = selected(filters.selection(), data.get("page"), PER_PAGE, page)
    return Results(
        filters=filters,
        path=path,
        parameters=pairs(data, names=(*filters.filters, "page")),
        language=language,
        selected=found,
        sure=[row(filters.measures[pk], language) for pk in found.sure],
        maybe=[
            {
                **row(filters.measures[pk], language),
                "reasons": unknown_facts(pk, filters),
            }
            for pk in found.maybe
        ],
    )


def row(measure: Measure, language: str) -> dict[str, Any]:
    """A measure among others, as `goals/measure_row.html` has it."""
    return {
        **measure_link(measure, language),
        "summary": localized_entry(measure, "summary", language),
        "goal": goal_link(measure.goal, language),
        "badge": status_badge(measure) if measure.status else None,
        "responsible": responsible(measure.organisation, measure.role, language),
        "work_area": measure.work_area
        and localized_entry(measure.work_area, "name", language),
    }


def unknown_facts(pk: int, filters: MeasureFilter) -> list[str]:
    """Why a measure only may fit: the facts asked for that are not known."""
    return [
        str(UNKNOWN_FACTS[name])
        for name, narrowing in filters.narrowings.items()
        if name in UNKNOWN_FACTS
        and pk not in narrowing.sure
        and pk in narrowing.unknown
    ]


def by_status(measures: Sequence[Measure], language: str) -> Chart | None:
    """How many measures have each status; None where none is known."""
    counts = Counter(measure.status for measure in measures)
    if not any(counts[status] for status in counts if status):
        return None
    bars = [Bar(Text(one["label"]), one["number"]) for one in counted_by_status(counts)]
    return chart("status", _("Measures by status"), _("Status"), bars, language)


def by_area(measures: Sequence[Measure], language: str) -> Chart | None:
    """How many measures each work area has, most first, what is not known last; None
    where none is known.
    """
    counts = Counter(one.work_area for one in measures)
    unknown = counts.pop(None, 0)
    if not counts:
        return None
    areas = sorted(counts, key=lambda area: (-counts[area], area.order, area.key))
    bars = [Bar(localized_entry(one, "name", language), counts[one]) for one in areas]
    if unknown:
        bars.append(Bar(Text(_("not known")), unknown))
    return chart("area", _("Measures by work area"), _("Work area"), bars, language)
