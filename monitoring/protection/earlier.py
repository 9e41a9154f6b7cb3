"""What earlier releases said: everybody still has it.

A cell that was public with its value of today cannot be hidden any more; one that was
kept secret stays secret. Where other cells of a sum have changed since, the former sum
is one more equation for those that stayed the same.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from monitoring.protection.build import Linked
from monitoring.protection.measures import BASES, OTHERS, VALUES, amount
from monitoring.protection.system import System
from monitoring.protection.tables import EarlierValue, Entry, Kind

# Two counts are the same figure.
SAME = 0.5
# Sums and means are published rounded.
SAME_SHARE = 1e-4


def add_earlier(system: System, ours: Linked, told: Iterable[EarlierValue]) -> None:
    """Take into the system of a period what everybody knows of it. Cells that are too
    small, but public already, become `lost`.
    """
    former: dict[Hashable, dict[int, float]] = defaultdict(dict)
    secret: set[int] = set()
    for one in told:
        for cell, value in _cells(system, ours, one).items():
            if value is None:
                secret.add(cell)
                continue
            former[one.told][cell] = value
            if is_same(system.values[cell], value):
                system.known.add(cell)
    _add_others(system, former)
    for values in former.values():
        _add_sums(system, values)
    system.lost = set(system.needs) & system.known
    for cell in system.lost:
        del system.needs[cell]
    system.closed |= secret - system.known


def is_same(value: float | None, former: float) -> bool:
    """Whether a published figure is the one of today."""
    if value is None:
        return False
    return abs(value - former) <= max(SAME, SAME_SHARE * abs(value))


def _cells(system: System, ours: Linked, one: EarlierValue) -> dict[int, float | None]:
    """The cells an earlier value gave away, with what it said; None: kept secret."""
    table = ours.tables.get(one.indicator)
    if table is None:
        return {}
    found: dict[int, float | None] = {}
    own = system.numbers.get(ours.key((VALUES, one.indicator), one.place))
    if own is not None:
        if one.value is None:
            found[own] = None
        elif table.kind in (Kind.COUNT, Kind.SUM) or one.base is not None:
            found[own] = amount(table, Entry(one.value, one.base))
    if one.base is not None:
        base = system.numbers.get(ours.key((BASES, one.indicator), one.place))
        if base is not None:
            found[base] = one.base
    return found


def _add_others(system: System, former: dict[Hashable, dict[int, float]]) -> None:
    """Whoever knew a share and its base knew those who are left."""
    for equation in list(system.equations):
        cell = equation.about
        if system.keys[cell][0][0] != OTHERS:
            continue
        own, _others, base = equation.terms
        for values in former.values():
            if own in values and base in values:
                values[cell] = values[base] - values[own]
                if is_same(system.values[cell], values[cell]):
                    system.known.add(cell)


def _add_sums(system: System, former: dict[int, float]) -> None:
    """The sums of a former release in which something has changed since."""
    changed = {
        cell
        for cell, value in former.items()
        if not is_same(system.values[cell], value)
    }
    for equation in list(system.equations):
        if changed.isdisjoint(equation.terms):
            continue
        then = [former.get(cell, system.values[cell]) for cell in equation.terms]
        factors = equation.terms.values()
        added = sum(f * value for f, value in zip(factors, then, strict=True))
        if abs(added - equation.total) > SAME:
            # Something that is still secret has changed, too.
            continue
        terms = {
            cell: factor
            for cell, factor in equation.terms.items()
            if cell not in former
        }
        if terms:
            total = sum(f * system.values[cell] for cell, f in terms.items())
            system.equate(terms, equation.about, total)
