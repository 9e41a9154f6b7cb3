"""What readers will miss of an entry: said to its editors, it keeps nothing back.
History stays as its documents have it.
"""

from typing import Any

from django.utils.translation import gettext as _

from goals.models import Goal, Measure
from goals.plain_words import remarks


def missing(entry: Any) -> list[str]:
    """In words; nothing for entries of closed periods."""
    if isinstance(entry, Goal):
        return [] if entry.period.is_closed else _of_goal(entry)
    if isinstance(entry, Measure):
        return [] if entry.goal.period.is_closed else _of_measure(entry)
    return []


def _of_goal(goal: Goal) -> list[str]:
    found = []
    if not goal.success_criterion_de:
        found.append(_("It is not said how one sees that the goal is reached."))
    if not goal.short_de:
        found.append(_("The goal in plain words is missing."))
    plainly = _("In plain words")
    found += [f"{plainly}: {text}" for text in remarks(goal.short_de)]
    if goal.organisation_id is None and goal.role_id is None:
        found.append(_("Nobody is named who is responsible."))
    return found


def _of_measure(measure: Measure) -> list[str]:
    found = []
    if measure.organisation_id is None and measure.role_id is None:
        found.append(_("Nobody is named who is responsible."))
    if not measure.status:
        found.append(_("The status is not known."))
    if not measure.planned_end and not measure.is_finished:
        found.append(_("It is not said until when it is planned."))
    if measure.is_published and not measure.goal.is_published:
        found.append(_("The goal is not published: readers see nothing of this yet."))
    return found
