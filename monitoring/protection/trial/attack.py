"""An attack on published tables by linear programming.

It knows nothing of how tables were protected: only the published figures, how areas and
breakdowns are made up, and that no count is negative. Its unknowns are the people in
the smallest cells; every published figure is a sum of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy
from scipy.optimize import linprog
from scipy.sparse import csr_array

from monitoring.protection.tables import Kind, Place, Table
from monitoring.protection.trial.cases import BASES, PERIOD, Case

CLOSE = 1e-5
OPTIMAL, UNBOUNDED = 0, 3
# Of each smallest cell: people with the trait, and all others.
WITH, WITHOUT, ALL = "with", "without", "all"


@dataclass(frozen=True, slots=True)
class Revealed:
    """A small count that can be worked out closer than the rule allows."""

    place: Place
    what: str
    least: float
    greatest: float


class Attack:
    """All that is known, as a linear program."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.column = {key: number for number, key in enumerate(case.people)}
        self.rows: list[numpy.ndarray] = []
        self.totals: list[float] = []

    def learn(self, tables: Iterable[Table], hidden: set) -> None:
        """Read what is published: all values that are not hidden."""
        for table in tables:
            for place, entry in table.entries[PERIOD].items():
                is_open = (table.indicator, PERIOD, place) not in hidden
                if is_open and entry.value is not None:
                    for what in counted(table):
                        self.rows.append(self.row(place, what))
                        self.totals.append(self.truth(place, what))

    def row(self, place: Place, what: str) -> numpy.ndarray:
        """The unknowns a figure is the sum of."""
        found = numpy.zeros(2 * len(self.column))
        for key in self.case.cells(place):
            if what in (WITH, ALL):
                found[self.column[key]] = 1
            if what in (WITHOUT, ALL):
                found[len(self.column) + self.column[key]] = 1
        return found

    def truth(self, place: Place, what: str) -> int:
        own, everyone = self.case.count(place)
        return {WITH: own, ALL: everyone, WITHOUT: everyone - own}[what]

    def revealed(self, tables: Iterable[Table]) -> list[Revealed]:
        """Small counts of imported values that are known too closely."""
        asked = {
            (place, what)
            for table in tables
            for place, entry in table.entries[PERIOD].items()
            if entry.value is not None
            for what in self._protected(table)
        }
        found = []
        for place, what in sorted(asked, key=str):
            truth = self.truth(place, what)
            below, above = self._needed(truth)
            if above is None:
                continue
            least, greatest = self._range(self.row(place, what))
            if least > below + CLOSE or greatest < above - CLOSE:
                found.append(Revealed(place, what, least, greatest))
        return found

    def _protected(self, table: Table) -> list[str]:
        what = counted(table)
        if table.kind == Kind.SHARE and self.case.rule.complements_count:
            what.append(WITHOUT)
        return what

    def _needed(self, truth: int) -> tuple[float, float | None]:
        rule = self.case.rule
        is_small = 0 < truth < rule.smallest_count
        if is_small or (truth == 0 and rule.zeros_are_secret):
            return max(0, truth - rule.distance), truth + rule.distance
        return 0, None

    def _range(self, aim: numpy.ndarray) -> tuple[float, float]:
        if not self.rows:
            return 0.0, numpy.inf
        if not hasattr(self, "_matrix"):
            self._matrix = csr_array(numpy.array(self.rows))
        ends = []
        for sign in (1, -1):
            answer = linprog(
                sign * aim, A_eq=self._matrix, b_eq=self.totals, method="highs"
            )
            if answer.status == UNBOUNDED:
                ends.append(-sign * numpy.inf)
            elif answer.status == OPTIMAL:
                ends.append(sign * answer.fun)
            else:
                raise RuntimeError(f"the attack broke off: {answer.message}")
        return ends[0], ends[1]


def counted(table: Table) -> list[str]:
    """What a published value of a table gives away."""
    if table.kind == Kind.SHARE:
        return [WITH, ALL]
    return [ALL if table.indicator == BASES else WITH]
