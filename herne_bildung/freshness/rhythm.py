"""When an entry is asked for, reminded, escalated, hidden; all pure.

From issue "Freshness": the first mail comes before the interval ends, then reminder,
second contact, responsible body, call list, hidden, each once. Days of mails are
counted without pauses.
"""

import calendar as months_of
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.pauses import Calendar

Step = MaintainedEntry.Step
# Nobody is asked about a new entry before it is a week old.
FIRST_DUE_AFTER = timedelta(days=28)
# An entry is called overdue when it was due for so long.
OVERDUE_AFTER = timedelta(days=14)


class State(TextChoices):
    """How fresh an entry is, in words anyone understands."""

    CURRENT = "current", _("current")
    DUE_SOON = "due_soon", _("due soon")
    DUE = "due", _("due")
    OVERDUE = "overdue", _("overdue")
    DOCUMENT = "document", _("from a document, never confirmed")
    UNCONFIRMED = "unconfirmed", _("unconfirmed (hidden)")
    ENDED = "ended", _("ended")


@dataclass(frozen=True)
class Rhythm:
    """Days between the steps; from settings, so that a city can choose."""

    ask_before: int
    remind_after: int
    step_after: int
    hide_after: int

    def days_after(self, step: int) -> int:
        """Open days from this step to the next one."""
        if step == Step.ASKED:
            return self.remind_after
        if step == Step.CALL:
            return self.hide_after
        return self.step_after


def rhythm() -> Rhythm:
    """The rhythm of this installation (docs/operations.md)."""
    return Rhythm(
        settings.CARE_ASK_BEFORE_DAYS,
        settings.CARE_REMIND_AFTER_DAYS,
        settings.CARE_STEP_AFTER_DAYS,
        settings.CARE_HIDE_AFTER_DAYS,
    )


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or the last one of that month."""
    number = day.month - 1 + months
    year, month = day.year + number // 12, number % 12 + 1
    return date(year, month, min(day.day, months_of.monthrange(year, month)[1]))


def state_of(entry: Any, today: date) -> State:
    """The state of a MaintainedEntry on a day."""
    if entry.ended_at:
        return State.ENDED
    if entry.hidden_at:
        return State.UNCONFIRMED
    if entry.is_document:
        return State.DOCUMENT
    return state_by_date(entry.due_on, today)


def state_by_date(due_on: date | None, today: date) -> State:
    """The state of something that is due on a day."""
    if due_on is None or today < due_on - timedelta(days=rhythm().ask_before):
        return State.CURRENT
    if today < due_on:
        return State.DUE_SOON
    return State.OVERDUE if today >= due_on + OVERDUE_AFTER else State.DUE


def due_on(groups: Mapping[str, Mapping[str, str | None]]) -> date | None:
    """The earliest day a group is due."""
    days = [group["due"] for group in groups.values() if group.get("due")]
    return date.fromisoformat(min(days)) if days else None


def confirmed_on(groups: Mapping[str, Mapping[str, str | None]]) -> date | None:
    """When the group that is due first was confirmed last; None for never."""
    due = [group for group in groups.values() if group.get("due")]
    found = min(due, key=lambda group: group["due"])["confirmed"] if due else None
    return date.fromisoformat(found) if found else None


def ask_day(due: date, calendar: Calendar, confirmed: date | None = None) -> date:
    """When to ask first about what is due on a day: so many open days before that
    reminder, second contact and responsible body have their time until then.

    What falls due in a pause has to be answered before the pause, and nobody can be
    asked in its first days: one step earlier. Never in the first half of the time
    since it was confirmed, so that nobody is asked again at once; what was never
    confirmed is new, and not asked for that early.
    """
    days = rhythm()
    if pause := calendar.pause_of(due):
        day = calendar.before(pause[0], days.ask_before + days.step_after)
    else:
        day = calendar.before(due, days.ask_before)
    earliest = due - timedelta(days=days.ask_before)
    if confirmed is not None:
        earliest = min(due, confirmed + (due - confirmed) / 2)
    return max(day, calendar.last_open(earliest))


def next_step_on(
    step: int,
    due: date,
    since: date,
    calendar: Calendar,
    *,
    is_never_hidden: bool,
    confirmed: date | None = None,
) -> date | None:
    """When the step after `step`, taken on the day `since`, is to be taken; None when
    none follows.

    Each step counts from the one before, so that with the usual days the responsible
    body is asked on the day the entry is due; the call list has its full time after
    that day. `is_never_hidden`: only people hide it, as what comes from documents.
    `confirmed`: when what is due was confirmed last.
    """
    if step == Step.NONE:
        return ask_day(due, calendar, confirmed)
    if step == Step.HIDDEN or (step == Step.CALL and is_never_hidden):
        return None
    start = max(since, due) if step == Step.CALL else since
    return calendar.after(start, rhythm().days_after(step))
