"""The cells of linked tables as one system of linear equations, and what must hold."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

# Counts that come from shares and sums of amounts are not exact.
TINY = 1e-6


@dataclass(slots=True)
class Equation:
    """Sum of coefficient × cell equals `total`; `about` is the cell it is known by."""

    terms: dict[int, float]
    total: float = 0.0
    about: int = 0


@dataclass(frozen=True, slots=True)
class Need:
    """How far below and above its true value a hidden cell must stay possible."""

    below: float
    above: float


@dataclass(slots=True)
class System:
    """All cells of one period that hang together. Cells are numbered from 0.

    `values` are the true ones (None: nobody knows), `floors` what everybody knows they
    cannot fall below. `known` are public already, with this value; `closed` are never
    published; `needs` says which are too small. `shown` holds, for each value that
    would be published, the cells it gives away.
    """

    keys: list[Hashable] = field(default_factory=list)
    values: list[float | None] = field(default_factory=list)
    floors: list[float | None] = field(default_factory=list)
    costs: list[int] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    closed: set[int] = field(default_factory=set)
    needs: dict[int, Need] = field(default_factory=dict)
    # Too small, but public already: hidden from now on, and nothing more can be done.
    lost: set[int] = field(default_factory=set)
    shown: dict[Hashable, tuple[int, ...]] = field(default_factory=dict)
    numbers: dict[Hashable, int] = field(default_factory=dict)

    def number(
        self,
        key: Hashable,
        value: float | None = None,
        *,
        floor: float | None = 0.0,
        cost: int = 1,
    ) -> int:
        """The number of this cell, which is added if it is new."""
        if key not in self.numbers:
            self.numbers[key] = len(self.keys)
            self.keys.append(key)
            self.values.append(value)
            self.floors.append(floor)
            self.costs.append(cost)
        return self.numbers[key]

    def equate(self, terms: dict[int, float], about: int, total: float = 0.0) -> None:
        """Everybody knows that these add up."""
        self.equations.append(Equation(terms, total, about))

    def hidden(self, secret: Iterable[int]) -> set[int]:
        """The cells nobody is told when these are secret: a value is left out when one
        cell it gives away is; what no value gives away any more is hidden with it.
        """
        withheld = self.withheld(secret)
        told = set(self.known)
        for key, cells in self.shown.items():
            if key not in withheld:
                told.update(cells)
        return set(range(len(self.keys))) - told

    def withheld(self, secret: Iterable[int]) -> set[Hashable]:
        """Keys of the values that are not published when these cells are secret."""
        secret = {*secret, *self.needs, *self.lost}
        never = self.closed - self.known
        return {
            key
            for key, cells in self.shown.items()
            if not secret.isdisjoint(cells) or not never.isdisjoint(cells)
        }
