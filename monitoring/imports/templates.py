"""The file to fill in for an indicator: its areas and breakdowns, the next period."""

import tempfile
from collections.abc import Iterator
from itertools import islice, product

from django.utils.translation import gettext as _

from herne_bildung.lib.tables import csv_lines, write_xlsx
from monitoring.choices import Level, Measured
from monitoring.imports import columns
from monitoring.imports.period_words import following
from monitoring.models import (
    Area,
    Category,
    Dimension,
    Indicator,
    Observation,
    RawValue,
)

MOST_ROWS = 20_000
PERIODS_NAMED = 60
AFTER = (columns.BASE, columns.PARTICIPATION, columns.NOTE)
OF_SUMS = (columns.LARGEST, columns.SECOND)


class Template:
    """What the file of an indicator says. German: run it in that language."""

    def __init__(self, indicator: Indicator) -> None:
        self.indicator = indicator
        self.areas = areas_of(indicator)
        self.periods = periods_of(indicator)
        self.dimensions = list(
            Dimension.objects.filter(uses__indicator=indicator).order_by(
                "uses__position"
            )
        )
        self.categories = [
            list(Category.objects.filter(dimension=one)) for one in self.dimensions
        ]

    @property
    def header(self) -> list[str]:
        """Names of columns, as `columns.guessed` knows them."""
        label = columns.label_of
        further = [*AFTER, *(OF_SUMS if self._has_contributions else ())]
        return [
            label(columns.AREA),
            _("Name of the area"),
            label(columns.PERIOD),
            *(one.name_de for one in self.dimensions),
            label(columns.VALUE),
            label(columns.STATE),
            *(label(one) for one in further),
        ]

    def rows(self) -> Iterator[list[str]]:
        """A row for each area and part of the breakdowns, all together first; to be
        filled in. Rows that stay empty are left out by the import.
        """
        period = following(self.periods[0]) if self.periods else ""
        parts = [["", *(one.key for one in found)] for found in self.categories]
        width = len(self.header)
        every = product(self.areas, product(*parts))
        for area, chosen in islice(every, MOST_ROWS):
            row = [area.key, area.name, period, *chosen]
            yield row + [""] * (width - len(row))

    def explanation(self) -> list[tuple[str, str]]:
        """What may stand in the columns."""
        states = _("empty for a number, else “not available” or “makes no sense here”")
        found = [
            (str(self.indicator), str(self.indicator.get_unit_display())),
            (columns.label_of(columns.STATE), states),
            (columns.label_of(columns.PERIOD), _("2022, 2022-Q3, 2022-05 or 2024/25")),
        ]
        known = ", ".join(self.periods[:PERIODS_NAMED])
        found += [(_("Periods there are"), known)] if known else []
        for dimension, parts in zip(self.dimensions, self.categories, strict=True):
            keys = ", ".join(f"{one.key} ({one.name_de})" for one in parts)
            found.append((str(dimension), _("empty for all together, or: %s") % keys))
        found += [
            (area.key, f"{area.name}, {Level(area.level).label}") for area in self.areas
        ]
        return found

    @property
    def _has_contributions(self) -> bool:
        return self.indicator.measured == Measured.SUM


def areas_of(indicator: Indicator) -> list[Area]:
    """Areas of its levels; without levels those it has values of, else all."""
    rows = Area.objects.order_by("level", "order", "key")
    if indicator.levels:
        return list(rows.filter(level__in=indicator.levels))
    of_raw = RawValue.objects.filter(indicator=indicator)
    known = set(of_raw.values_list("area_id", flat=True).distinct())
    known |= set(_public(indicator).values_list("area_id", flat=True).distinct())
    return list(rows.filter(pk__in=known)) if known else list(rows)


def periods_of(indicator: Indicator) -> list[str]:
    """Periods it has values of, the newest first."""
    found: dict[str, object] = {}
    for rows in (RawValue.objects.filter(indicator=indicator), _public(indicator)):
        found |= dict(rows.values_list("period", "starts_on").distinct())
    return sorted(found, key=lambda period: (found[period], period), reverse=True)


def csv_template(indicator: Indicator) -> Iterator[str]:
    """The pieces of the CSV file; explanations are lines above the names of columns."""
    template = Template(indicator)
    notes = [f"{name}: {text}" for name, text in template.explanation()]
    return csv_lines(template.header, template.rows(), notes)


def xlsx_template(indicator: Indicator) -> Iterator[bytes]:
    """The pieces of the XLSX file; explanations are its second sheet."""
    template = Template(indicator)
    file = tempfile.TemporaryFile()  # noqa: SIM115 (closed below)
    with file:
        write_xlsx(
            file,
            template.header,
            template.rows(),
            title=columns.label_of(columns.VALUE),
            explanation=(_("Explanation"), template.explanation()),
        )
        file.seek(0)
        content = file.read()
    return iter([content])


def _public(indicator: Indicator):
    """Values of its newest release."""
    newest = indicator.releases.order_by("-number").values("pk")[:1]
    return Observation.objects.filter(release__in=newest)
