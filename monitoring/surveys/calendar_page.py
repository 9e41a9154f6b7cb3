"""All surveys, and the waves of a year."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from goals.network.calendar import subscription
from herne_bildung.lib import clock
from herne_bildung.lib.addresses import page_address
from herne_bildung.lib.dates import days_in_words
from herne_bildung.lib.localized import localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager
from monitoring.in_words import monitoring_step
from monitoring.models import Instrument, Wave
from monitoring.surveys.words import (
    has_fallback,
    shown_wave,
    survey_path,
    waves_for_page,
)

PER_PAGE = 40
# The rest stands in the overview of the year.
MOST_WAVES = 20


@dataclass(slots=True)
class CalendarPage:
    """What `monitoring/surveys/calendar.html` shows. `year` is None while no wave has
    a date.
    """

    year: int | None
    is_year_known: bool
    years: list[dict[str, Any]]
    waves: list[dict[str, Any]]
    wave_count: int
    year_url: str
    surveys: list[dict[str, Any]]
    is_page_known: bool
    pager: dict[str, Any]
    subscription: dict[str, str]

    @property
    def steps(self) -> list[dict[str, str]]:
        return [monitoring_step()]

    @property
    def has_fallback(self) -> bool:
        return has_fallback(self.waves) or any(
            one["name"].is_fallback for one in self.surveys
        )


def years_with_waves() -> list[int]:
    """The latest first."""
    rows = Wave.objects.published().order_by()
    spans = rows.values_list("starts_on__year", "ends_on__year").distinct()
    return sorted(
        {year for first, last in spans for year in range(first, last + 1)}, reverse=True
    )


def waves_of(year: int) -> QuerySet[Wave]:
    """Public waves with a day in a year."""
    return waves_for_page().filter(
        starts_on__lte=date(year, 12, 31), ends_on__gte=date(year, 1, 1)
    )


def year_shown(wanted: str | None, years: Sequence[int]) -> tuple[int | None, bool]:
    """The year asked for, else this one, else the nearest with waves; and whether
    what was asked could be followed.
    """
    now = clock.today().year
    nearest = min(years, key=lambda year: (abs(year - now), -year), default=None)
    if not wanted:
        return nearest, True
    found = next((year for year in years if str(year) == wanted), None)
    return (nearest, False) if found is None else (found, True)


def calendar_page(year: str | None, page: str | None, language: str) -> CalendarPage:
    """The surveys of a page and the waves of a year."""
    years = years_with_waves()
    shown, is_known = year_shown(year, years)
    waves: list[dict[str, Any]] = []
    count = 0
    if shown is not None:
        rows = waves_of(shown)
        count = rows.count()
        waves = [shown_wave(wave, language) for wave in rows[:MOST_WAVES]]
    published = Instrument.objects.published()
    number, is_page_known = page_number(page, total := published.count(), PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    found = list(published[paging.offset : paging.offset + PER_PAGE])
    coming = next_waves([one.pk for one in found])
    path = reverse("surveys")
    chosen = [("year", str(shown))] if year and is_known else []
    return CalendarPage(
        year=shown,
        is_year_known=is_known,
        years=[
            {"year": one, "url": f"{path}?year={one}", "is_current": one == shown}
            for one in years
        ],
        waves=waves,
        wave_count=count,
        year_url=reverse("survey_year", args=[shown]) if shown else "",
        surveys=[_shown(one, coming.get(one.pk), language) for one in found],
        is_page_known=is_page_known,
        pager=pager(paging, lambda number: page_address(path, chosen, number)),
        subscription=subscription(reverse("survey_calendar")),
    )


def next_waves(ids: Sequence[int]) -> dict[int, Wave]:
    """The wave of each of these surveys that runs or comes next; one query."""
    rows = Wave.objects.published().filter(
        instrument__in=ids, ends_on__gte=clock.today()
    )
    first = rows.order_by("instrument_id", "starts_on", "pk").distinct("instrument_id")
    return {wave.instrument_id: wave for wave in first}


def _shown(one: Instrument, coming: Wave | None, language: str) -> dict[str, Any]:
    return {
        "name": localized_entry(one, "name", language),
        "url": survey_path(one),
        "is_survey": one.is_survey,
        "is_sample": one.is_sample,
        "target": localized_entry(one, "target", language),
        "cycle": one.get_cycle_display() if one.cycle else "",
        "since": one.first_year,
        "participation": localized_entry(one, "participation", language),
        "next": coming and days_in_words(coming.starts_on, coming.ends_on, language),
    }


def by_month(waves: Sequence[Wave], year: int) -> dict[int, list[Wave]]:
    """The waves of each month of a year; a long one stands in several."""
    found: dict[int, list[Wave]] = defaultdict(list)
    for wave in waves:
        first = max(wave.starts_on, date(year, 1, 1)).month
        last = min(wave.ends_on, date(year, 12, 31)).month
        for month in range(first, last + 1):
            found[month].append(wave)
    return found
