"""When the next values of an indicator are to be expected."""

from datetime import date

from herne_bildung.freshness.rhythm import add_months
from monitoring.choices import Cycle

MONTHS = {
    Cycle.MONTHLY: 1,
    Cycle.QUARTERLY: 3,
    Cycle.YEARLY: 12,
    Cycle.TWO_YEARS: 24,
}


def moved_on(day: date | None, cycle: str, today: date) -> date | None:
    """The day values were announced for, after values came today: so many cycles later
    that it lies ahead, the day of the month stays where the month has it. It stays as
    it is more than a quarter of a cycle before: other values came than those. None is
    not known: it was before, or no cycle says how to count.
    """
    if day is None:
        return None
    months = MONTHS.get(cycle)
    if months is None:
        return day if day > today else None
    is_early = (day - today).days > months * 30 / 4
    if is_early:
        return day
    steps = 1
    while add_months(day, steps * months) <= today:
        steps += 1
    return add_months(day, steps * months)
