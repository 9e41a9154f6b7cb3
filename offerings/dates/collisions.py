"""Moved dates that begin when another date of the same offer does: nobody means that.
Two dates of one day at different times are fine.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from django.utils.translation import gettext_lazy as _

from herne_bildung.lib.schedule import Rule, changed_meetings, planned

# Day and time of a date, planned or now.
Start = tuple[date, time]
COLLIDES = _("Another date of this offer begins at this time.")


def collisions(rules: Iterable[Rule], first: date) -> set[Start]:
    """When, from the day `first` on, a moved date and another one begin together. What
    several schedules plan for one moment is one date. Pauses are looked through: they
    end, and then both take place.
    """
    whole = [replace(rule, pause=None) for rule in rules]
    if not any(change.new_day for rule in whole for change in rule.changes):
        return set()
    changed = [changed_meetings(rule, first) for rule in whole]
    plans: dict[Start, set[Start]] = defaultdict(set)
    for one in (one for of_rule in changed for one in of_rule):
        if not one.is_cancelled and one.day >= first:
            plans[one.day, one.start_time].add((one.plan.day, one.plan.start_time))
    for rule, of_rule in zip(whole, changed, strict=True):
        elsewhere = {one.plan.day for one in of_rule}
        for day, start in plans:
            if day in elsewhere or start != rule.start_time:
                continue
            if (plan := next(planned(rule, day), None)) and plan.day == day:
                plans[day, start].add((day, start))
    return {start for start, of_start in plans.items() if len(of_start) > 1}


def new_collisions(
    rules: Iterable[Rule], before: Iterable[Rule], first: date
) -> set[Start]:
    """Those that come by a change of these rules; what was so before stays unsaid."""
    found = collisions(rules, first)
    return found - collisions(before, first) if found else found
