"""The waves of a year to print: months and groups as a table, and all as a list."""

from dataclasses import dataclass
from typing import Any

from babel.dates import get_month_names
from django.http import Http404
from django.utils.translation import gettext as _

from herne_bildung.lib.languages import BY_CODE
from herne_bildung.lib.localized import Text, localized_entry
from monitoring.models import AskedGroup, Wave
from monitoring.surveys.calendar_page import by_month, waves_of, years_with_waves
from monitoring.surveys.words import has_fallback, shown_wave, steps

# More than anybody could carry out in a year.
MOST_WAVES = 300
# Stands for waves whose groups are not known.
UNKNOWN = 0


@dataclass(slots=True)
class YearPage:
    """What `monitoring/surveys/year.html` shows."""

    year: int
    # Names of the columns.
    groups: list[Text]
    # {label, cells: one list of {title, url} a group}
    months: list[dict[str, Any]]
    waves: list[dict[str, Any]]
    count: int
    years: list[int]

    @property
    def steps(self) -> list[dict[str, str]]:
        return steps()

    @property
    def has_fallback(self) -> bool:
        return has_fallback(self.waves)

    @property
    def is_sample(self) -> bool:
        """Whether all of it is made up."""
        return all(wave["is_sample"] for wave in self.waves)


def year_page(year: int, language: str) -> YearPage:
    """A year in which a public wave has a day; else there is no such page."""
    years = years_with_waves()
    if year not in years:
        raise Http404("no waves in this year")
    rows = waves_of(year)
    waves = list(rows[:MOST_WAVES])
    groups = _groups(waves, language)
    months = by_month(waves, year)
    names = get_month_names("wide", "stand-alone", BY_CODE[language].spoken_code)
    return YearPage(
        year=year,
        groups=list(groups.values()),
        months=[
            {
                "label": names[month],
                "cells": [
                    [
                        _cell(wave, language)
                        for wave in months.get(month, ())
                        if pk in _ids(wave)
                    ]
                    for pk in groups
                ],
            }
            for month in range(1, 13)
        ],
        waves=[shown_wave(wave, language) for wave in waves],
        count=rows.count() if len(waves) == MOST_WAVES else len(waves),
        years=sorted(years),
    )


def _ids(wave: Wave) -> list[int]:
    return [group.pk for group in wave.groups.all()] or [UNKNOWN]


def _groups(waves: list[Wave], language: str) -> dict[int, Text]:
    """The groups that are asked in the year, in their order."""
    found: dict[int, AskedGroup] = {
        group.pk: group for wave in waves for group in wave.groups.all()
    }
    in_order = sorted(found.values(), key=lambda group: (group.order, group.key))
    names = {group.pk: localized_entry(group, "name", language) for group in in_order}
    if any(_ids(wave) == [UNKNOWN] for wave in waves):
        names[UNKNOWN] = Text(_("group not known"))
    return names


def _cell(wave: Wave, language: str) -> dict[str, Any]:
    name = localized_entry(wave.instrument, "name", language)
    title = localized_entry(wave, "title", language)
    return {"survey": name, "title": title, "url": f"#wave-{wave.pk}"}
