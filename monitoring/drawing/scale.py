"""From values to places: axes with round numbers."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
# Values that vary by less than this share of the largest need not begin at zero.
VARIES_LITTLE = Decimal("0.3")


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from the first tick to the last, on `length` units."""

    ticks: tuple[Decimal, ...]
    length: float

    def at(self, value: Decimal) -> float:
        """How far from the beginning of the axis a value stands."""
        first, last = self.ticks[0], self.ticks[-1]
        return float((value - first) / (last - first)) * self.length

    @property
    def decimals(self) -> int:
        """How many decimal places its ticks need."""
        return max(0, *(-tick.normalize().as_tuple().exponent for tick in self.ticks))

    @property
    def has_zero(self) -> bool:
        return self.ticks[0] <= 0 <= self.ticks[-1]


def scale_of(
    values: Iterable[Decimal], length: float, *, most: int = 6, needs_zero: bool = False
) -> Scale:
    """An axis of round numbers around all values; lengths of bars need its zero."""
    known = list(values)
    low, high = min(known, default=Decimal(0)), max(known, default=Decimal(1))
    largest = max(abs(low), abs(high))
    if needs_zero or high - low > VARIES_LITTLE * largest or low == high:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = round_step((high - low) / (most - 1))
    first, last = math.floor(low / step), math.ceil(high / step)
    return Scale(tuple(step * number for number in range(first, last + 1)), length)


def round_step(least: Decimal) -> Decimal:
    """The next of 1, 2, 2.5, 5, 10, 20 … (or tenths of them) from this size on."""
    power = Decimal(10) ** math.floor(math.log10(least))
    return next(step * power for step in STEPS if step * power >= least)
