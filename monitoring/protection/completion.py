"""The sums of one measure in one period, and the values nobody imported.

A table may have holes: places that are not available, that have no row, or totals
between two levels. They are no gift: whoever knows the total and all other parts knows
the last one. So holes become cells of their own, which are never published.
"""

from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy
from django.utils.translation import gettext as _
from scipy.optimize import linprog

from monitoring.protection.linear import OPTIMAL
from monitoring.protection.measures import Measure, Say
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.system import TINY
from monitoring.protection.tables import Frame, Place


@dataclass(slots=True)
class Sum:
    """A total and the places that make it up; `error` is what rounding may do."""

    total: Place
    members: list[Place]
    error: float = 0.0


@dataclass(slots=True)
class Filled:
    """All places of a measure in a period with their values. `guessed` have none that
    could be worked out: what they have fits, and may be wrong; `away` are 0 for all.
    """

    values: dict[Place, float | None]
    sums: list[Sum]
    guessed: set[Place] = field(default_factory=set)
    away: set[Place] = field(default_factory=set)


def fill(measure: Measure, period: str, frame: Frame, say: Say) -> Filled:
    """The sums of a measure, complete. ProtectionRefused where they do not add up."""
    rows = measure.values[period]
    errors = measure.errors.get(period, {})
    sums = _sums(rows, frame, measure)
    for one in sums:
        one.error = TINY + sum(errors.get(p, 0.0) for p in (one.total, *one.members))
    values = {place: rows.get(place) for one in sums for place in one.members}
    values |= {one.total: rows.get(one.total) for one in sums}
    values |= rows
    filled = Filled(values, sums)

    def refuse(total: Place) -> ProtectionRefused:
        where = say(measure.name[1], period, total)
        return ProtectionRefused(
            _(
                "The parts do not add up to the total: %s. If some belong to no part, "
                "add a part for them."
            )
            % where
        )

    has_floor = measure.is_count or all(value >= 0 for value in rows.values() if value)
    while _work_out(filled, rows, refuse, has_floor=has_floor):
        pass
    _guess(filled, refuse, has_floor=has_floor)
    return filled


def _sums(rows: dict[Place, float | None], frame: Frame, measure: Measure) -> list[Sum]:
    """All sums of which a part is known, up to the uppermost totals."""
    found: dict[tuple[Place, Hashable], Sum] = {}
    waiting = list(rows)
    seen = set(waiting)
    while waiting:
        place = waiting.pop()
        for total, group in frame.groups_of(place):
            if (total, group) in found:
                continue
            found[total, group] = Sum(total, frame.members(total, group))
            if total not in seen:
                seen.add(total)
                waiting.append(total)
    return list(found.values())


def _work_out(filled: Filled, rows: dict, refuse, *, has_floor: bool) -> bool:
    """Fill in what follows from the rest. Returns whether anything did."""
    values, is_changed = filled.values, False
    for one in filled.sums:
        unknown = [place for place in one.members if values[place] is None]
        added = sum(values[place] or 0.0 for place in one.members)
        if values[one.total] is None:
            if not unknown:
                values[one.total] = added
                is_changed = True
            continue
        rest = values[one.total] - added
        is_too_much = (not unknown or has_floor) and rest < -one.error
        if is_too_much or (not unknown and rest > one.error):
            raise refuse(one.total)
        if unknown and has_floor and rest <= one.error:
            for place in unknown:
                values[place] = 0.0
                if place not in rows:
                    filled.away.add(place)
            is_changed = True
        elif len(unknown) == 1:
            values[unknown[0]] = rest
            is_changed = True
    return is_changed


def _guess(filled: Filled, refuse, *, has_floor: bool) -> None:
    """Values that fit for what cannot be worked out: as small as possible."""
    unknown = [place for place, value in filled.values.items() if value is None]
    if not unknown:
        return
    column = {place: number for number, place in enumerate(unknown)}
    rows, totals, about = [], [], []
    for one in filled.sums:
        row = numpy.zeros(len(unknown))
        total = 0.0
        for factor, place in [(-1, one.total), *((1, p) for p in one.members)]:
            if place in column:
                row[column[place]] += factor
            else:
                total -= factor * filled.values[place]
        if row.any():
            rows.append(row)
            totals.append(total)
            about.append(one.total)
    solution = numpy.zeros(len(unknown))
    if rows:
        answer = linprog(
            numpy.full(len(unknown), 1 if has_floor else 0),
            A_eq=numpy.array(rows),
            b_eq=totals,
            bounds=(0 if has_floor else None, None),
            method="highs",
        )
        if answer.status != OPTIMAL:
            raise refuse(about[0])
        solution = answer.x
    for place, number in column.items():
        filled.values[place] = float(solution[number])
        filled.guessed.add(place)
