"""Writing down that facts are still true, for any number of entries in few queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Min

from herne_bildung.city.models import User
from herne_bildung.freshness.actions.sync import (
    BATCH,
    begin_new_round,
    schedule,
)
from herne_bildung.freshness.group_days import group_of
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.kinds import kind_of, kinds
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    MaintainedEntry,
    ProposedChange,
    Recipient,
)
from herne_bildung.freshness.pace import Pace
from herne_bildung.freshness.rhythm import due_on
from herne_bildung.lib import clock

WRITTEN = (
    "groups",
    "confirmed_at",
    "due_on",
    "round",
    "step",
    "step_on",
    "next_on",
    "campaign",
    "has_waiting_change",
)


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody says that these groups of an entry (in line with its facts, locked) are
    still true. `seen` is the mark of what the person looked at; None for "all".
    """

    row: MaintainedEntry
    groups: Collection[str]
    seen: str | None = None

    @property
    def is_known(self) -> bool:
        """Whether there are such facts."""
        return bool(self.groups) and set(self.groups) <= set(self.row.groups)

    @property
    def is_about_present_facts(self) -> bool:
        """Whether the facts are those the person looked at."""
        return self.seen is None or self.seen == mark_of(
            self.row.fingerprints, self.groups
        )


def note_confirmations(
    said: Sequence[Said],
    *,
    how: str,
    by: User | None,
    recipient: Recipient | None,
    pace: Pace,
) -> list[Confirmation]:
    """Confirm all of these; their rounds end, and their calls are done. What waits for
    staff still does.
    """
    rows = [one.row for one in said]
    now, today = clock.now(), clock.today()
    asked = _first_asked(rows)
    waiting = set(
        ProposedChange.objects.filter(
            entry__in=rows, state=ProposedChange.State.WAITING
        ).values_list("entry_id", flat=True)
    )
    confirmations = [
        Confirmation(
            entry=one.row,
            at=now,
            how=how,
            by=by,
            recipient=recipient,
            groups=sorted(one.groups),
            fingerprints={name: one.row.fingerprints[name] for name in one.groups},
            days_waited=_days_since(asked.get(one.row.pk), today),
            steps_needed=one.row.step,
        )
        for one in said
    ]
    for one in said:
        row, intervals = one.row, pace.intervals(kind_of(one.row))
        for name in one.groups:
            day = row.groups[name].get("day")
            due = intervals.due(row, name, today, day)
            row.groups[name] = group_of(today.isoformat(), due.isoformat(), day)
        row.confirmed_at, row.due_on = now, due_on(row.groups)
        begin_new_round(row)
        row.campaign, row.has_waiting_change = None, row.pk in waiting
        schedule(row, pace.calendars, today)
    MaintainedEntry.objects.bulk_update(rows, WRITTEN, batch_size=BATCH)
    Call.objects.filter(entry__in=rows, closed_at=None).update(
        result=Call.Result.CONFIRMED, closed_at=now, closed_by=by
    )
    for name, kind in kinds().items():
        found = {one.row.object_id: one.groups for one in said if one.row.kind == name}
        if found:
            kind.after_confirmation(found)
    return Confirmation.objects.bulk_create(confirmations, batch_size=BATCH)


def _first_asked(rows: Sequence[MaintainedEntry]) -> dict[int, datetime]:
    """When the first question of the present round was asked, by entry."""
    asked = CareEvent.objects.order_by().filter(
        entry__in=rows, what=CareEvent.What.STEP, round=F("entry__round")
    )
    return dict(asked.values_list("entry_id").annotate(first=Min("at")))


def _days_since(moment: datetime | None, today: date) -> int | None:
    """None when nobody was asked."""
    if moment is None:
        return None
    return max(0, (today - moment.astimezone(clock.BERLIN).date()).days)
