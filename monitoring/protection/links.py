"""Which tables of a set say something about each other.

Staff put indicators that belong together into one set; how they belong together is in
the figures: totals of two tables that are the same number everywhere are the same
cell, and a figure that is everywhere the sum of others is their total.
"""

from collections.abc import Iterator
from itertools import combinations

from django.utils.translation import gettext as _

from monitoring.protection.measures import Measure, Name, Say
from monitoring.protection.tables import Place

# So many cells in common make chance unlikely, or one that is large.
ENOUGH_CELLS = 3
LARGE = 50
# With so many of the cells agreeing the others are errors.
MOSTLY = 0.8
MOST_PARTS = 3
MOST_MEASURES = 10

Where = tuple[str, Place]


def same_measures(
    measures: list[Measure], say: Say, notes: list[str]
) -> dict[Name, Name]:
    """For each measure the first one that counts the same: they share cells. `notes`
    gets a sentence where two agree nearly everywhere.
    """
    leaders: dict[Name, Name] = {}
    for measure in measures:
        leaders[measure.name] = measure.name
        for former in measures:
            if former is measure:
                break
            # What is the same for all parts cannot lead what differs between them.
            if former.is_count != measure.is_count or former.flat - measure.flat:
                continue
            if _agree([former], measure, say, notes):
                leaders[measure.name] = leaders[former.name]
                break
    return leaders


def sums(
    measures: list[Measure], say: Say, notes: list[str]
) -> list[tuple[Name, tuple[Name, ...]]]:
    """Measures that are the sum of two or three others: the total and its parts."""
    found = []
    if len(measures) > MOST_MEASURES:
        return found
    for total in measures:
        others = [
            one
            for one in measures
            if one is not total and one.is_count == total.is_count
        ]
        for size in range(2, MOST_PARTS + 1):
            for some in combinations(others, size):
                if _agree(list(some), total, say, notes):
                    found.append((total.name, tuple(one.name for one in some)))
    return found


def _agree(some: list[Measure], total: Measure, say: Say, notes: list[str]) -> bool:
    right, wrong, largest = 0, [], 0.0
    for where, added, value in _in_common(some, total):
        if not value and not added:
            continue
        largest = max(largest, abs(value))
        if abs(added - value) <= _tolerance(some, total, where):
            right += 1
        else:
            wrong.append(where)
    if not wrong:
        return right >= ENOUGH_CELLS or (right > 0 and largest >= LARGE)
    if right >= ENOUGH_CELLS and right >= MOSTLY * (right + len(wrong)):
        period, place = wrong[0]
        notes.append(
            _("Figures that agree nearly everywhere do not agree here: %s.")
            % say(total.name[1], period, place)
        )
    return False


def _in_common(
    some: list[Measure], total: Measure
) -> Iterator[tuple[Where, float, float]]:
    for period, rows in total.values.items():
        for place, value in rows.items():
            parts = [one.values.get(period, {}).get(place) for one in some]
            if value is not None and None not in parts:
                yield (period, place), sum(parts), value


def _tolerance(some: list[Measure], total: Measure, where: Where) -> float:
    period, place = where
    return 1e-6 + sum(
        one.errors.get(period, {}).get(place, 0.0) for one in (*some, total)
    )
