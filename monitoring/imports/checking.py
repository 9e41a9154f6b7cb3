"""Each cell of a file: what it says, or what is wrong with it and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from herne_bildung.lib.tables import BadCell, Row
from herne_bildung.lib.tables.cells import is_empty, letters
from herne_bildung.lib.time_periods import first_day
from monitoring.choices import Protection, Unit, ValueState
from monitoring.imports import cells
from monitoring.imports import columns as named
from monitoring.imports.amounts import base_of, percentage_of, value_of
from monitoring.imports.lookups import Areas, Breakdowns, Indicators
from monitoring.imports.problems import BadValue, Problems
from monitoring.imports.state_words import state_of
from monitoring.imports.written_numbers import number
from monitoring.models import ImportRun, Indicator

Incoming = tuple
ROUNDED = Decimal("0.0001")


@dataclass(slots=True)
class Counts:
    """Of the rows of a file that were checked."""

    rows: int = 0
    values: int = 0
    left_out: int = 0
    rounded: int = 0


class Checker:
    """Goes through the rows of a file; keeps what is wrong in `problems`."""

    def __init__(self, run: ImportRun, may_write: Any) -> None:
        """`may_write(indicator)` says whether the person imports values of it."""
        self.run, self.may_write = run, may_write
        self.problems, self.counts = Problems(), Counts()
        self.areas, self.breakdowns = Areas(), Breakdowns()
        self.indicators = Indicators()
        self.touched: dict[int, bool] = {}
        self.sign = run.decimal_sign
        self.places = {one: place for place, one in enumerate(run.mapping) if one}
        self.periods = [
            (place, one[len(named.PERIOD_VALUES) :])
            for one, place in self.places.items()
            if one.startswith(named.PERIOD_VALUES)
        ]
        self.categories = [
            (place, one[len(named.CATEGORY) :])
            for one, place in self.places.items()
            if one.startswith(named.CATEGORY)
        ]

    def values(self, row: Row) -> Iterator[Incoming]:
        """What the row says, in the order of `staging.COLUMNS`; nothing of a row with
        an error.
        """
        self.counts.rows += 1
        if not self._says_something(row):
            self.counts.left_out += 1
            return
        before = self.problems.count
        indicator = self._indicator(row)
        area = self._area(row, indicator)
        categories = self._categories(row, indicator)
        if self.periods:
            read = [self._of_period(row, indicator, *one) for one in self.periods]
        else:
            read = [self._of_row(row, indicator)]
        if self.problems.count > before or indicator is None:
            return
        for found in read:
            if found is not None:
                place, period, further = found
                start = first_day(period)
                self.counts.values += 1
                yield (
                    row.number, place, indicator.pk, area, period, start, *categories,
                    *further,
                )  # fmt: skip

    @property
    def written(self) -> list[int]:
        """Ids of the indicators it has values of that the person imports."""
        return [pk for pk, is_allowed in self.touched.items() if is_allowed]

    def name(self, place: int | None) -> str:
        """A column as people find it: its letter and its name."""
        if place is None:
            return ""
        header = self.run.header
        name = header[place] if place < len(header) else ""
        return f"{letters(place)} ({name})" if name else letters(place)

    def _says_something(self, row: Row) -> bool:
        """Rows of a template that nobody filled in are left out."""
        places = [place for place, _period in self.periods] or [
            self.places[one] for one in named.OF_ONE_VALUE if one in self.places
            and one != named.PERIOD
        ]  # fmt: skip
        return any(not is_empty(row.cell(place)) for place in places)

    def _cell(self, row: Row, target: str) -> Any:
        place = self.places.get(target)
        return "" if place is None else self._at(row, place)

    def _at(self, row: Row, place: int) -> Any:
        cell = row.cell(place)
        if isinstance(cell, BadCell):
            raise BadValue(cell.reason)
        return cell

    def _wrong(self, row: Row, place: int | None, error: Exception) -> None:
        self.problems.add(row.number, self.name(place), str(error))

    def _indicator(self, row: Row) -> Indicator | None:
        place = self.places.get(named.INDICATOR)
        try:
            cell = self._cell(row, named.INDICATOR)
            if self.run.indicator_id is None:
                found = self.indicators.find(cell)
            else:
                found = self.indicators.by_id[self.run.indicator_id]
                if not is_empty(cell) and self.indicators.find(cell) != found:
                    raise BadValue(
                        _("The import is for “%(name)s”, this row is for another one.")
                        % {"name": found}
                    )
            if found.pk not in self.touched:
                self.touched[found.pk] = self.may_write(found)
            if not self.touched[found.pk]:
                raise BadValue(_not_allowed(found))
        except BadValue as error:
            self._wrong(row, place, error)
            return None
        return found

    def _area(self, row: Row, indicator: Indicator | None) -> int | None:
        try:
            return self.areas.find(
                self._cell(row, named.AREA),
                self._cell(row, named.LEVEL),
                tuple(indicator.levels) if indicator else (),
            )
        except BadValue as error:
            self._wrong(row, self.places[named.AREA], error)
            return None

    def _categories(self, row: Row, indicator: Indicator | None) -> list[int | None]:
        """The parts of the first, second and third breakdown."""
        found: list[int | None] = [None, None, None]
        positions = self.breakdowns.positions[indicator.pk] if indicator else {}
        for place, dimension in self.categories:
            try:
                category = self.breakdowns.find(dimension, self._at(row, place))
                position = positions.get(dimension)
                if position:
                    found[position - 1] = category
                elif category is not None and indicator is not None:
                    raise BadValue(
                        _("“%(name)s” has no such breakdown. Leave the cell empty.")
                        % {"name": indicator}
                    )
            except BadValue as error:
                self._wrong(row, place, error)
        return found

    def _of_period(
        self, row: Row, indicator: Indicator | None, place: int, period: str
    ) -> tuple | None:
        """A cell of a file with a column for each period; None where it is empty."""
        if is_empty(row.cell(place)):
            return None
        try:
            state, value = self._value(self._at(row, place), indicator)
        except BadValue as error:
            self._wrong(row, place, error)
            return None
        return place, period, (state, value, None, None, "", None, None)

    def _of_row(self, row: Row, indicator: Indicator | None) -> tuple:
        """The one value of a row with all that belongs to it."""
        place = self.places[named.VALUE]
        period = self._part(row, named.PERIOD, cells.period, "")
        state, value = ValueState.VALUE.value, None
        said = self._part(row, named.STATE, cells.state, None)
        try:
            cell = self._at(row, place)
            if not is_empty(cell):
                state, value = self._value(cell, indicator)
            if said is not None and said != state and not is_empty(cell):
                raise BadValue(
                    _("Value and state contradict each other: leave one empty.")
                )
            state = said or state
            if state == ValueState.VALUE and value is None:
                raise BadValue(
                    _("The value is missing. Write a number, or “not available”.")
                )
        except BadValue as error:
            self._wrong(row, place, error)
        largest = self._amount(row, named.LARGEST, value_of)
        second = self._amount(row, named.SECOND, value_of)
        if second is not None and (largest is None or second > largest):
            text = _("The second largest contribution cannot be above the largest one.")
            self._wrong(row, self.places[named.SECOND], BadValue(text))
        further = (
            state,
            value,
            self._amount(row, named.BASE, base_of),
            self._amount(row, named.PARTICIPATION, percentage_of),
            self._part(row, named.NOTE, cells.note, ""),
            largest,
            second,
        )
        return place, period, further

    def _value(
        self, cell: Any, indicator: Indicator | None
    ) -> tuple[str, Decimal | None]:
        if isinstance(cell, str):
            state = state_of(cell)
            if state == ValueState.VALUE:
                raise BadValue(
                    _("The value is missing. Write a number, or “not available”.")
                )
            if state is not None:
                return state.value, None
        is_percent = indicator is None or indicator.unit == Unit.PERCENT
        exact = number(cells.without_percent(cell) if is_percent else cell, self.sign)
        value = value_of(exact, indicator).quantize(ROUNDED)
        if value != exact:
            self.counts.rounded += 1
        return ValueState.VALUE.value, value

    def _amount(self, row: Row, target: str, limited: Any) -> Decimal | None:
        """A number beside the value; None where there is none."""

        def read(cell: Any) -> Decimal:
            is_percent = target == named.PARTICIPATION
            text = cells.without_percent(cell) if is_percent else cell
            return limited(number(text, self.sign)).quantize(ROUNDED)

        return self._part(row, target, read, None)

    def _part(self, row: Row, target: str, read: Any, otherwise: Any) -> Any:
        try:
            cell = self._cell(row, target)
            if is_empty(cell) and target != named.PERIOD:
                return otherwise
            return read(cell)
        except BadValue as error:
            self._wrong(row, self.places.get(target), error)
        return otherwise


def _not_allowed(indicator: Indicator) -> str:
    if indicator.protection == Protection.PROTECTED:
        return _(
            "Values of “%(name)s” are protected here: only the statistics office "
            "imports them."
        ) % {"name": indicator}
    return _("You may not import values of “%(name)s”.") % {"name": indicator}
