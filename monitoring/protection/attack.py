"""An attack on what is stored: all public releases of a set of linked tables.

Sees what everybody sees, `Observation`, and how areas and breakdowns are made up; no
raw value, and nothing of how the tables were protected. One unknown for each figure of
each place; every complete sum is an equation, every incomplete one a limit.
"""

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import combinations

import numpy
from django.db.models import Q
from scipy.optimize import linprog
from scipy.sparse import csr_array

from monitoring.choices import Measured, ReleaseState, ValueState
from monitoring.models import Observation, Release, TableSet
from monitoring.protection.reading import (
    FORMER,
    PER,
    READ_AT_ONCE,
    frame,
    place_of,
)
from monitoring.protection.tables import Frame, Place

OPTIMAL, UNBOUNDED = 0, 3
# So many public figures must agree to be taken for the same.
ENOUGH = 3
CLOSE = 1e-5
SHARES = (Measured.SHARE, Measured.OTHER)


@dataclass(frozen=True, slots=True)
class Known:
    """Between which values everybody knows a suppressed figure to be: for shares the
    number of people behind them.
    """

    indicator: int
    period: str
    place: Place
    least: float
    greatest: float


class _Unknowns:
    """One for each figure (`kind`: what of which indicator) and place."""

    def __init__(self) -> None:
        self.numbers: dict[tuple[Hashable, Place], int] = {}
        self.fixed: dict[int, float] = {}
        self.equal: list[dict[int, float]] = []
        self.at_most: list[dict[int, float]] = []

    def number(self, kind: Hashable, place: Place) -> int:
        return self.numbers.setdefault((kind, place), len(self.numbers))

    def places(self, kind: Hashable) -> dict[Place, int]:
        return {place: n for (one, place), n in self.numbers.items() if one == kind}

    def kinds(self) -> list[Hashable]:
        return list(dict.fromkeys(kind for kind, _place in self.numbers))

    def interval(self, cell: int) -> tuple[float, float]:
        """The least and the greatest it can be."""
        count = len(self.numbers)
        aim = numpy.zeros(count)
        aim[cell] = 1
        bounds = [(self.fixed.get(n, 0), self.fixed.get(n)) for n in range(count)]
        limits = {}
        if self.equal:
            limits |= {"A_eq": _matrix(self.equal, count)}
            limits |= {"b_eq": numpy.zeros(len(self.equal))}
        if self.at_most:
            limits |= {"A_ub": _matrix(self.at_most, count)}
            limits |= {"b_ub": numpy.zeros(len(self.at_most))}
        ends = []
        for sign in (1, -1):
            answer = linprog(sign * aim, bounds=bounds, method="highs", **limits)
            if answer.status not in (OPTIMAL, UNBOUNDED):
                raise ValueError(f"the attack broke off: {answer.message}")
            is_open = answer.status == UNBOUNDED
            ends.append(-sign * numpy.inf if is_open else sign * answer.fun)
        return ends[0], ends[1]


def _matrix(rows: list[dict[int, float]], count: int) -> csr_array:
    found = numpy.zeros((len(rows), count))
    for number, terms in enumerate(rows):
        for cell, factor in terms.items():
            found[number, cell] = factor
    return csr_array(found)


def work_out(table_set: TableSet, *, with_drafts: bool = False) -> list[Known]:
    """What everybody can work out of suppressed values; `with_drafts`: if they were
    public, too.
    """
    states = [*FORMER, ReleaseState.DRAFT] if with_drafts else FORMER
    releases = Release.objects.filter(
        indicator__table_set=table_set, state__in=states
    ).select_related("indicator")
    by_pk = {one.pk: one for one in releases.order_by("number")}
    rows = Observation.objects.filter(
        Q(state=ValueState.VALUE) | Q(state=ValueState.SUPPRESSED), release__in=by_pk
    )
    periods: dict[str, list[Observation]] = defaultdict(list)
    for row in rows.order_by("release__number").iterator(READ_AT_ONCE):
        periods[row.period].append(row)
    tree = frame()
    found = []
    for period, observations in sorted(periods.items()):
        found += _of_period(period, observations, by_pk, tree)
    return found


def _of_period(
    period: str, rows: list[Observation], releases: dict[int, Release], tree: Frame
) -> list[Known]:
    unknowns = _Unknowns()
    asked: dict[int, tuple[int, Place]] = {}
    for row in rows:
        indicator = releases[row.release_id].indicator
        place = place_of(row)
        whose = ("bases", indicator.pk)
        if indicator.base_id:
            whose = ("values", indicator.base_id)
        own = unknowns.number(("values", indicator.pk), place)
        if indicator.measured in SHARES or row.base is not None:
            base = unknowns.number(whose, place)
            unknowns.at_most.append({own: 1.0, base: -1.0})
        if row.state == ValueState.SUPPRESSED:
            asked[own] = indicator.pk, place
            continue
        value = float(row.value)
        if row.base is not None:
            unknowns.fixed[base] = float(row.base)
            if indicator.measured in SHARES:
                value = round(value * float(row.base) / PER.get(indicator.unit, 1.0))
        unknowns.fixed[own] = value
    for kind in unknowns.kinds():
        _add_sums(unknowns, tree, kind)
    for first, second in combinations(unknowns.kinds(), 2):
        _add_same(unknowns, first, second)
    return [
        Known(indicator, period, place, *unknowns.interval(cell))
        for cell, (indicator, place) in sorted(asked.items())
        if cell not in unknowns.fixed
    ]


def _add_sums(unknowns: _Unknowns, tree: Frame, kind: Hashable) -> None:
    """Complete sums are equations, incomplete ones limits; none along what does not add
    up where all of it is public.
    """
    places = unknowns.places(kind)
    groups: dict[Hashable, dict[Place, dict[int, float]]] = defaultdict(dict)
    for place in places:
        for total, group in tree.groups_of(place):
            if total in places:
                members = tree.members(total, group)
                terms = {places[one]: 1.0 for one in members if one in places}
                groups[group][total] = terms | {places[total]: -1.0}
    for group, sums in groups.items():
        known = [one for one in sums.values() if one.keys() <= unknowns.fixed.keys()]
        if any(_added(unknowns, terms) > CLOSE for terms in known):
            continue
        for total, terms in sums.items():
            is_complete = len(terms) > len(tree.members(total, group))
            (unknowns.equal if is_complete else unknowns.at_most).append(terms)


def _added(unknowns: _Unknowns, terms: dict[int, float]) -> float:
    return sum(factor * unknowns.fixed[cell] for cell, factor in terms.items())


def _add_same(unknowns: _Unknowns, first: Hashable, second: Hashable) -> None:
    """Two figures that are the same wherever both are public, are the same."""
    ours, theirs = unknowns.places(first), unknowns.places(second)
    common = [place for place in ours if place in theirs]
    fixed = unknowns.fixed
    known = [
        (fixed[ours[place]], fixed[theirs[place]])
        for place in common
        if ours[place] in fixed and theirs[place] in fixed
    ]
    if len(known) >= ENOUGH and all(one == other for one, other in known):
        for place in common:
            unknowns.equal.append({ours[place]: 1.0, theirs[place]: -1.0})
