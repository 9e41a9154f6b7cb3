"""What tables count: the values themselves, the bases, and those who are left."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from math import floor

from django.utils.translation import gettext as _

from monitoring.choices import ValueState
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.tables import Entry, Frame, Kind, Place, Table

# What a measure of an indicator counts.
VALUES, BASES, OTHERS = "values", "bases", "others"
Name = tuple[str, int]
# Names a cell of an indicator in words.
Say = Callable[[int, str, Place], str]


@dataclass(slots=True)
class Measure:
    """Something that adds up: what has no value is not known to anybody. `errors` say
    by how much a count that comes from a share may be wrong.
    """

    name: Name
    is_count: bool = True
    values: dict[str, dict[Place, float | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    errors: dict[str, dict[Place, float]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    # Breakdowns along which it stays the same: a base that all parts share.
    flat: set[Hashable] = field(default_factory=set)

    def place(self, place: Place, frame: Frame) -> Place:
        """Where its value stands: parts of `flat` breakdowns make no difference."""
        if not self.flat:
            return place
        kept = [one for one in place.parts if frame.parts.group[one] not in self.flat]
        return Place(place.area, frozenset(kept))


def measures_of(table: Table, frame: Frame, say: Say) -> list[Measure]:
    """The measures of a table: its values as counts or sums, and its bases."""
    is_count = table.kind not in (Kind.SUM, Kind.MEAN)
    own = Measure((VALUES, table.indicator), is_count)
    bases = Measure((BASES, table.indicator))
    for period, entries in table.entries.items():
        for place, entry in entries.items():
            own.values[period][place] = None
            if entry.state == ValueState.NOT_APPLICABLE:
                own.values[period][place] = 0.0
                continue
            if entry.state == ValueState.VALUE:
                _must_be_whole(table, period, place, entry, say)
                own.values[period][place] = amount(table, entry)
                own.errors[period][place] = _error(table, entry)
            if entry.base is not None or table.kind != Kind.COUNT:
                bases.values[period][place] = entry.base
    if not any(bases.values.values()):
        return [own]
    return [own, _flattened(bases, frame)]


def amount(table: Table, entry: Entry) -> float:
    """What adds up: people behind a share, or the sum behind a mean."""
    if table.kind in (Kind.COUNT, Kind.SUM):
        return entry.value
    if table.kind == Kind.MEAN:
        return entry.value * entry.base
    return float(floor(entry.value * entry.base / table.per + 0.5))


def _error(table: Table, entry: Entry) -> float:
    if table.kind in (Kind.COUNT, Kind.SUM):
        return 0.0
    per = table.per if table.kind != Kind.MEAN else 1.0
    wide = 0.5 * 10**-table.decimals * entry.base / per
    return wide if table.kind == Kind.MEAN else float(floor(wide + 0.5))


def _must_be_whole(
    table: Table, period: str, place: Place, entry: Entry, say: Say
) -> None:
    """Refuses what is no count or has no base."""
    where = say(table.indicator, period, place)
    if table.kind != Kind.COUNT and entry.base is None:
        raise ProtectionRefused(
            _("Without the number of people it rests on this cannot be protected: %s.")
            % where
        )
    if entry.base is not None and (entry.base < 0 or entry.base % 1):
        raise ProtectionRefused(_("This is no number of people: %s.") % where)
    is_wrong = (table.kind == Kind.COUNT and (entry.value < 0 or entry.value % 1)) or (
        table.kind in (Kind.SHARE, Kind.RATE) and entry.value < 0
    )
    has_too_many = (
        table.kind in (Kind.COUNT, Kind.SHARE)
        and entry.base is not None
        and amount(table, entry) > entry.base
    )
    if is_wrong or has_too_many:
        raise ProtectionRefused(_("This is no number of people: %s.") % where)


def _flattened(bases: Measure, frame: Frame) -> Measure:
    """With the breakdowns found along which all parts have the base of the total."""
    for breakdown in _breakdowns(bases, frame):
        if _is_flat(bases, frame, breakdown):
            bases.flat.add(breakdown)
    if bases.flat:
        values: dict[str, dict[Place, float | None]] = defaultdict(dict)
        for period, rows in bases.values.items():
            for place, value in rows.items():
                kept = bases.place(place, frame)
                if values[period].get(kept) is None:
                    values[period][kept] = value
        bases.values = values
    return bases


def _breakdowns(measure: Measure, frame: Frame) -> set[Hashable]:
    return {
        frame.parts.group[part]
        for rows in measure.values.values()
        for place in rows
        for part in place.parts
    }


def _is_flat(measure: Measure, frame: Frame, breakdown: Hashable) -> bool:
    """Whether all parts of each total have its value, or each other's without one; not
    where they add up to it.
    """
    seen = 0
    for rows in measure.values.values():
        for total, values in _by_total(rows, frame, breakdown):
            upper = rows.get(total)
            known = [value for value in values if value is not None]
            if len(known) < 2 or not any(known):
                continue
            if upper is not None and sum(known) == upper:
                return False
            if len({*known, known[0] if upper is None else upper}) > 1:
                return False
            seen += 1
    return seen > 0


def _by_total(
    rows: dict[Place, float | None], frame: Frame, breakdown: Hashable
) -> Iterable[tuple[Place, list[float | None]]]:
    totals: dict[Place, list[float | None]] = defaultdict(list)
    for place, value in rows.items():
        for total, group in frame.groups_of(place):
            if group == ("part", breakdown):
                totals[total].append(value)
    return totals.items()
