"""The values of a release as CSV (RFC 4180, UTF-8), row by row from the database.

A release may have hundreds of thousands of rows: they pass through a cursor of the
server and are never all in memory. Numbers stay numbers; texts that a spreadsheet would
take for formulas begin with an apostrophe (`lib.tables`).
"""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import sha256
from itertools import islice
from typing import Any

from herne_bildung.lib.tables.cells import protected
from monitoring.choices import ValueState
from monitoring.models import Area, Indicator, Observation, Release
from monitoring.opendata.columns import STATES, columns_of, parts_by_position

LINES = 1000
# The order of the index `observation_once`: nothing has to be sorted.
ORDER = ("category_1_id", "category_2_id", "category_3_id", "area_id", "period")
READ = (
    "area_id",
    "period",
    "starts_on",
    "category_1_id",
    "category_2_id",
    "category_3_id",
    "value",
    "state",
    "base",
    "participation",
    "note",
)
# Changes when files of the same values look different.
FORM = 1


class ValueTable:
    """A file of values, and a mark that changes with its content."""

    def __init__(self, indicator: Indicator, release: Release) -> None:
        self.indicator = indicator
        self.release = release
        self.names = [column.name for column in columns_of(indicator)]
        rows = Area.objects.values_list("pk", "key", "name", "official_key", "level")
        self.areas = {
            pk: [*map(protected, (key, name, official)), level]
            for pk, key, name, official, level in rows.order_by("pk")
        }
        self.parts = [
            (
                position,
                {one.pk: [one.key, protected(one.name_de or "")] for one in parts},
            )
            for position, parts in parts_by_position(indicator)
        ]

    @property
    def mark(self) -> str:
        """For `ETag`: values of a release never change, names of areas may."""
        release = self.release
        known = (FORM, release.pk, release.number, release.published_at)
        text = repr((*known, self.indicator.slug, self.names, self.areas, self.parts))
        return sha256(text.encode()).hexdigest()[:32]

    def pieces(self) -> Iterator[str]:
        """The file in pieces of many lines."""
        yield _lines([self.names])
        rows = self._rows()
        while portion := list(islice(rows, LINES)):
            yield _lines(portion)

    def _rows(self) -> Iterator[Sequence[Any]]:
        values = Observation.objects.filter(release=self.release).order_by(*ORDER)
        slug, number = self.indicator.slug, self.release.number
        for row in values.values_list(*READ).iterator(chunk_size=LINES):
            area, period, starts_on, *parts = row[:6]
            value, state, base, participation, note = row[6:]
            line = [slug, *self.areas[area], period, starts_on.isoformat()]
            for position, known in self.parts:
                line += known.get(parts[position - 1], ("", ""))
            line += [_number(value), STATES[ValueState(state)]]
            line += [_number(base), _number(participation), protected(note), number]
            yield line


def _number(value: Decimal | None) -> str:
    """A number with a point and without needless zeros; empty without one."""
    if value is None:
        return ""
    return format(value.normalize(), "f") if value else "0"


def _lines(rows: Sequence[Sequence[Any]]) -> str:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(rows)
    return buffer.getvalue()
