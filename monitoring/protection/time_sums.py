"""Periods that add up: a year beside its quarters or months.

Each period is protected by itself, so a year that is the sum of its quarters would give
a secret one away. Such tables are refused; figures at a point in time, which do not add
up, pass.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from monitoring.protection.build import Linked
from monitoring.protection.links import ENOUGH_CELLS, LARGE, MOSTLY
from monitoring.protection.measures import OTHERS, VALUES, Measure, amount
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.tables import EarlierValue, Entry, Kind, Place

SAME = 0.5
Values = dict[str, dict[Place, float]]


def refuse_time_sums(ours: Linked, earlier: Iterable[EarlierValue] = ()) -> None:
    """ProtectionRefused where a period is the sum of shorter ones of the same figure,
    in these tables or together with what was public before.
    """
    told = _told(ours, earlier)
    found = [
        (one, _known(one, told.get(one.name[1], {}) if one.name[0] == VALUES else {}))
        for one in ours.measures.values()
        if one.name[0] != OTHERS
    ]
    for total, totals in found:
        for parts, values in found:
            if total.is_count != parts.is_count:
                continue
            for period, shorter in _complete(totals, values):
                if where := _sums_up(totals[period], [values[one] for one in shorter]):
                    raise ProtectionRefused(
                        _(
                            "A year that is the sum of its quarters or months gives "
                            "secret values away: %s. Import either the year or its "
                            "parts."
                        )
                        % ours.say(total.name[1], period, where)
                    )


def shorter_periods(period: str) -> list[list[str]]:
    """The ways in which shorter periods make up this one."""
    if len(period) == 4:
        quarters = [f"{period}-Q{number}" for number in range(1, 5)]
        return [quarters, [f"{period}-{month:02}" for month in range(1, 13)]]
    year = int(period[:4])
    if period[4:6] == "-Q":
        first = 3 * int(period[6]) - 2
        return [[f"{year}-{month:02}" for month in range(first, first + 3)]]
    if period[4] == "/":
        months = [f"{year}-{month:02}" for month in range(8, 13)]
        return [months + [f"{year + 1}-{month:02}" for month in range(1, 8)]]
    return []


def _told(ours: Linked, earlier: Iterable[EarlierValue]) -> dict[int, Values]:
    found: dict[int, Values] = defaultdict(lambda: defaultdict(dict))
    for one in earlier:
        table = ours.tables.get(one.indicator)
        needs_base = table is not None and table.kind not in (Kind.COUNT, Kind.SUM)
        if table is None or one.value is None or (needs_base and one.base is None):
            continue
        value = amount(table, Entry(one.value, one.base))
        found[one.indicator][one.period][one.place] = value
    return found


def _known(measure: Measure, told: Values) -> Values:
    """By period and place; raw values go before what was public."""
    found: Values = {period: dict(rows) for period, rows in told.items()}
    for period, rows in measure.values.items():
        known = {place: value for place, value in rows.items() if value is not None}
        found[period] = found.get(period, {}) | known
    return found


def _complete(totals: Values, values: Values) -> Iterator[tuple[str, list[str]]]:
    for period in totals:
        for shorter in shorter_periods(period):
            if all(one in values for one in shorter):
                yield period, shorter


def _sums_up(
    total: dict[Place, float], parts: list[dict[Place, float]]
) -> Place | None:
    """A place where they add up, if they mostly do."""
    right, wrong, largest = [], 0, 0.0
    for place, value in total.items():
        found = [one.get(place) for one in parts]
        if None in found or not (value or any(found)):
            continue
        if abs(sum(found) - value) <= SAME:
            right.append(place)
            largest = max(largest, abs(value))
        else:
            wrong += 1
    is_enough = len(right) >= ENOUGH_CELLS or largest >= LARGE
    if right and is_enough and len(right) >= MOSTLY * (len(right) + wrong):
        return right[0]
    return None
