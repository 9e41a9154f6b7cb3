"""From the tables of a set to one system of equations a period."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from monitoring.choices import ValueState
from monitoring.protection.completion import Filled, fill
from monitoring.protection.links import same_measures, sums
from monitoring.protection.measures import (
    BASES,
    OTHERS,
    VALUES,
    Measure,
    Name,
    Say,
    measures_of,
)
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.rules import Rule
from monitoring.protection.system import System
from monitoring.protection.tables import Entry, Frame, Kind, Place, Table

# What hiding costs: a step up in a hierarchy is worth as much as a cell more.
CELL = 10
LEFT_OVER = 1


@dataclass(slots=True)
class Linked:
    """The measures of a set of tables, and how they hang together."""

    tables: dict[int, Table]
    measures: dict[Name, Measure]
    leaders: dict[Name, Name]
    sums: list[tuple[Name, tuple[Name, ...]]]
    frame: Frame
    say: Say
    notes: list[str] = field(default_factory=list)

    def key(self, name: Name, place: Place) -> tuple[Name, Place]:
        """Of the cell in the system: equal for cells that are the same."""
        return self.leaders[name], self.measures[name].place(place, self.frame)


def linked(tables: Iterable[Table], frame: Frame, say: Say) -> Linked:
    """How the tables of a set hang together; refuses what is no number of people."""
    by_indicator = {table.indicator: table for table in tables}
    notes: list[str] = []
    found = []
    for table in by_indicator.values():
        found += measures_of(table, frame, say)
    measures = {one.name: one for one in found}
    leaders = same_measures(found, say, notes)
    for table in by_indicator.values():
        base, own = (BASES, table.indicator), (VALUES, table.base_of)
        if base in measures and own in measures and not measures[base].flat:
            _must_agree(measures[base], measures[own], say)
            old = leaders[base]
            leaders = {
                name: leaders[own] if leader == old else leader
                for name, leader in leaders.items()
            }
    for name, leader in leaders.items():
        if name != leader:
            _join(measures[leader], measures[name])
    heads = [one for one in found if leaders[one.name] == one.name]
    return Linked(
        by_indicator, measures, leaders, sums(heads, say, notes), frame, say, notes
    )


def _must_agree(bases: Measure, own: Measure, say: Say) -> None:
    for period, rows in bases.values.items():
        for place, value in rows.items():
            other = own.values.get(period, {}).get(place)
            if value is not None and other is not None and value != other:
                raise ProtectionRefused(
                    _("The base differs from the indicator that it is: %s.")
                    % say(bases.name[1], period, place)
                )


def _join(leader: Measure, other: Measure) -> None:
    for period, rows in other.values.items():
        ours = leader.values[period]
        for place, value in rows.items():
            if ours.get(place) is None:
                ours[place] = value


def build(all_linked: Linked, period: str, rule: Rule) -> System:
    """The system of one period, with what the rule asks for."""
    system = System()
    filled: dict[Name, Filled] = {}
    for name in dict.fromkeys(all_linked.leaders.values()):
        measure = all_linked.measures[name]
        if measure.values.get(period):
            filled[name] = fill(measure, period, all_linked.frame, all_linked.say)
            _add_measure(system, all_linked, measure, filled[name], rule)
    for table in all_linked.tables.values():
        _add_table(system, all_linked, table, period, filled, rule)
    for total, parts in all_linked.sums:
        _add_sums(system, filled, total, parts)
    given_away = {cell for cells in system.shown.values() for cell in cells}
    system.closed = {
        cell
        for cell, (name, _place) in enumerate(system.keys)
        if cell not in given_away and name[0] != OTHERS
    }
    return system


def _add_measure(
    system: System, ours: Linked, measure: Measure, filled: Filled, rule: Rule
) -> None:
    """Cells and sums of a measure. Where several places are not known, what is left
    for them together is known.
    """
    known = [value for value in filled.values.values() if value is not None]
    floor = 0.0 if measure.is_count or min(known, default=0) >= 0 else None

    def cell(place: Place) -> int:
        return system.number(
            (measure.name, place),
            filled.values[place],
            floor=floor,
            cost=_cost(ours.frame, place),
        )

    for place in filled.values:
        if place not in filled.away:
            cell(place)
    for one in filled.sums:
        members = [place for place in one.members if place not in filled.away]
        terms = {cell(one.total): -1.0} | {cell(place): 1.0 for place in members}
        values = [filled.values[place] for place in members]
        total = sum(values) - filled.values[one.total]
        system.equate(terms, cell(one.total), total)
        left = [place for place in members if place in filled.guessed]
        if len(left) > 1 and one.total not in filled.guessed:
            rest = sum(filled.values[place] for place in left)
            key = (("left", *measure.name), frozenset(left))
            number = system.number(key, rest, floor=floor)
            system.equate({number: -1.0} | {cell(p): 1.0 for p in left}, number)
            _need(system, number, rule.of_count(rest) if measure.is_count else None)
    if measure.is_count:
        for place, value in filled.values.items():
            if place not in filled.guessed and place not in filled.away:
                _need(system, cell(place), rule.of_count(value))


def _cost(frame: Frame, place: Place) -> int:
    """Totals are dearer than what they are made of."""
    depth = frame.areas.height(place.area)
    depth += sum(1 + frame.parts.height(part) for part in place.parts)
    return CELL * max(1, 6 - depth)


def _need(system: System, cell: int, need) -> None:
    if need is not None:
        system.needs[cell] = need


def _add_table(
    system: System,
    ours: Linked,
    table: Table,
    period: str,
    filled: dict[Name, Filled],
    rule: Rule,
) -> None:
    """What each value of a table gives away, and those who are left of its base."""
    has_bases = (BASES, table.indicator) in ours.measures
    for place, entry in table.entries.get(period, {}).items():
        if entry.state == ValueState.NOT_AVAILABLE:
            continue
        own = system.numbers[ours.key((VALUES, table.indicator), place)]
        if entry.state == ValueState.NOT_APPLICABLE:
            system.known.add(own)
            system.needs.pop(own, None)
            continue
        cells = [own]
        if has_bases and entry.base is not None:
            base = system.numbers[ours.key((BASES, table.indicator), place)]
            cells.append(base)
            _add_others(system, table, place, own, base, rule)
        if table.kind in (Kind.SUM, Kind.MEAN):
            _need(system, own, _need_of_sum(system, table, entry, own, rule))
        system.shown[table.indicator, period, place] = tuple(cells)


def _need_of_sum(system: System, table: Table, entry: Entry, own: int, rule: Rule):
    if table.kind == Kind.SUM and entry.base is None and not rule.dominance_percent:
        raise ProtectionRefused(
            _("Sums need the number of contributors, or a rule of dominance.")
        )
    dominated = entry if table.kind == Kind.SUM else None
    return rule.of_sum(system.values[own], entry.base, dominated)


def _add_others(
    system: System, table: Table, place: Place, own: int, base: int, rule: Rule
) -> None:
    """Base = those with it + those without it."""
    if table.kind not in (Kind.COUNT, Kind.SHARE):
        return
    left = system.values[base] - system.values[own]
    key = ((OTHERS, table.indicator), place)
    others = system.number(key, left, cost=LEFT_OVER)
    system.equate({own: 1.0, others: 1.0, base: -1.0}, others)
    if rule.complements_count:
        _need(system, others, rule.of_count(left))


def _add_sums(
    system: System, filled: dict[Name, Filled], total: Name, parts: tuple[Name, ...]
) -> None:
    """One figure is everywhere the sum of others."""
    if total not in filled or not all(part in filled for part in parts):
        return
    for place in filled[total].values:
        cells = [system.numbers.get((part, place)) for part in parts]
        whole = system.numbers.get((total, place))
        if whole is None or None in cells:
            continue
        if any(place in filled[name].guessed for name in (total, *parts)):
            continue
        added = sum(system.values[cell] for cell in cells) - system.values[whole]
        system.equate({whole: -1.0} | dict.fromkeys(cells, 1.0), whole, added)
