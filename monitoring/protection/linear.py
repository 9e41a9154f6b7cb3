"""Linear programming: what can be worked out about hidden cells."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array

from monitoring.protection.system import Equation, System

# Differences below this are rounding of the solver.
CLOSE = 1e-5
OPTIMAL, UNBOUNDED = 0, 3


def too_close(system: System, hidden: set[int]) -> list[int]:
    """Cells that must stay open, and can be worked out closer than they may."""
    asked = [cell for cell in system.needs if cell in hidden]
    found = [cell for cell in system.needs if cell not in hidden]
    for cells, equations in parts(system, hidden):
        ours = [cell for cell in asked if cell in cells]
        if ours:
            found += _too_close(system, cells, equations, ours)
    free = {cell for equation in system.equations for cell in equation.terms}
    # Of a cell in no sum nobody knows anything, but that it is not negative.
    return sorted(set(found) - {cell for cell in asked if cell not in free})


def interval(system: System, hidden: set[int], cell: int) -> tuple[float, float]:
    """Between which values everybody knows this hidden cell to be."""
    for cells, equations in parts(system, hidden):
        if cell in cells:
            program = _Program(system, cells, equations)
            return program.extreme(cell, 1)[0], program.extreme(cell, -1)[0]
    floor = system.floors[cell]
    return (-numpy.inf if floor is None else floor), numpy.inf


def parts(
    system: System, hidden: set[int]
) -> Iterator[tuple[dict[int, int], list[Equation]]]:
    """Hidden cells that hang together, numbered, with the equations between them."""
    leader = {cell: cell for cell in hidden}

    def lead(cell: int) -> int:
        while leader[cell] != cell:
            leader[cell] = leader[leader[cell]]
            cell = leader[cell]
        return cell

    joined = []
    for equation in system.equations:
        ours = [cell for cell in equation.terms if cell in hidden]
        if ours:
            joined.append((ours[0], equation))
            for cell in ours[1:]:
                leader[lead(cell)] = lead(ours[0])
    equations = defaultdict(list)
    for first, equation in joined:
        equations[lead(first)].append(equation)
    cells: dict[int, dict[int, int]] = defaultdict(dict)
    for cell in sorted(hidden):
        group = cells[lead(cell)]
        group[cell] = len(group)
    for first, group in cells.items():
        if first in equations:
            yield group, equations[first]


class _Program:
    """Everything that hidden cells could be, as everybody sees it."""

    def __init__(
        self, system: System, cells: dict[int, int], equations: list[Equation]
    ) -> None:
        rows, columns, factors = [], [], []
        for row, equation in enumerate(equations):
            for cell, factor in equation.terms.items():
                if cell in cells:
                    rows.append(row)
                    columns.append(cells[cell])
                    factors.append(factor)
        shape = (len(equations), len(cells))
        self.cells = cells
        self.truth = numpy.array([system.values[cell] for cell in cells], dtype=float)
        self.matrix = csr_array((factors, (rows, columns)), shape=shape)
        self.totals = self.matrix @ self.truth
        self.bounds = [(system.floors[cell], None) for cell in cells]

    def extreme(self, cell: int, sign: int) -> tuple[float, numpy.ndarray | None]:
        """The least (sign 1) or greatest (-1) value of a cell, and all cells then."""
        aim = numpy.zeros(len(self.cells))
        aim[self.cells[cell]] = sign
        answer = linprog(
            aim,
            A_eq=self.matrix,
            b_eq=self.totals,
            bounds=self.bounds,
            method="highs",
        )
        if answer.status == OPTIMAL:
            return sign * answer.fun, answer.x
        if answer.status == UNBOUNDED:
            return -sign * numpy.inf, None
        # Not solved: nothing is sure to be open.
        return float(self.truth[self.cells[cell]]), None


def _too_close(
    system: System,
    cells: dict[int, int],
    equations: list[Equation],
    asked: Iterable[int],
) -> list[int]:
    """Asks the program as seldom as possible: each answer speaks for other cells."""
    program = _Program(system, cells, equations)
    open_ways = {(cell, sign) for cell in asked for sign in (1, -1)}
    failed = set()
    while open_ways:
        cell, sign = min(open_ways)
        open_ways.discard((cell, sign))
        value, solution = program.extreme(cell, sign)
        if not _reaches(system, cell, sign, value):
            failed.add(cell)
        if solution is not None:
            open_ways = {
                (one, way)
                for one, way in open_ways
                if not _reaches(system, one, way, solution[cells[one]])
            }
    return sorted(failed)


def _reaches(system: System, cell: int, sign: int, value: float) -> bool:
    """Whether a possible value is as far from the truth as is needed."""
    truth, need = system.values[cell], system.needs[cell]
    if sign == 1:
        return value <= truth - need.below + CLOSE
    return value >= truth + need.above - CLOSE
