"""Hiding where the engine takes too long: not the fewest cells, but as safe.

For each cell that can be worked out a second table is sought that shows the same and
differs as little as possible; where it differs, cells are hidden. Then cells are opened
again one by one while that stays safe.
"""

import time

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack

from monitoring.protection.linear import OPTIMAL, too_close
from monitoring.protection.system import System

CHANGED = 1e-7


def hide_more(system: System, secret: set[int]) -> set[int]:
    """These cells and others, so that none can be worked out closer than it may, as far
    as that is possible at all.
    """
    secret = set(secret)
    for cell in too_close(system, system.hidden(secret)):
        for move in (system.needs[cell].above, -system.needs[cell].below):
            if move:
                secret |= _changed(system, system.hidden(secret), cell, move)
    return secret


def open_again(system: System, secret: set[int], seconds: float) -> set[int]:
    """Fewer of these, as safe as before, as far as the time allows."""
    ends = time.monotonic() + seconds
    needed = set(secret)
    dearest = sorted(secret - set(system.needs), key=lambda cell: -system.costs[cell])
    for cell in dearest:
        if time.monotonic() > ends:
            break
        if not too_close(system, system.hidden(needed - {cell})):
            needed.discard(cell)
    return needed


def _changed(system: System, hidden: set[int], cell: int, move: float) -> set[int]:
    """The cells that differ in another table with the same sums, in which this cell is
    moved; empty where there is none.
    """
    count = len(system.keys)
    rows, columns, factors = [], [], []
    for row, equation in enumerate(system.equations):
        for one, factor in equation.terms.items():
            rows.append(row)
            columns.append(one)
            factors.append(factor)
    matrix = csr_array((factors, (rows, columns)), shape=(len(system.equations), count))
    costs = numpy.array(system.costs, dtype=float) + 1
    costs[list(hidden)] = 0.001
    up = [(0, 0 if one in system.known else None) for one in range(count)]
    down = [(0, _room(system, one)) for one in range(count)]
    here, there = (up, down) if move > 0 else (down, up)
    here[cell], there[cell] = (abs(move), abs(move)), (0, 0)
    answer = linprog(
        numpy.concatenate([costs, costs]),
        A_eq=hstack([matrix, -matrix]),
        b_eq=numpy.zeros(len(system.equations)),
        bounds=up + down,
        method="highs",
    )
    if answer.status != OPTIMAL:
        return set()
    moved = numpy.abs(answer.x[:count] - answer.x[count:]) > CHANGED
    return {int(one) for one in numpy.flatnonzero(moved)}


def _room(system: System, cell: int) -> float | None:
    if cell in system.known:
        return 0
    if system.floors[cell] is None:
        return None
    return max(0, system.values[cell] - system.floors[cell])
