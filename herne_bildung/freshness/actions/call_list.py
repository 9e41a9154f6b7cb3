"""Putting entries on the call list of the Bildungsbüro, many at once."""

from collections.abc import Sequence
from datetime import date

from herne_bildung.freshness.actions.sync import BATCH, event_of, schedule
from herne_bildung.freshness.models import Call, CareEvent, MaintainedEntry
from herne_bildung.freshness.pauses import Calendars

Step = MaintainedEntry.Step


def put_many_on_call_list(
    wanted: Sequence[tuple[MaintainedEntry, str]],
    calendars: Calendars,
    today: date,
    note: str = "",
) -> None:
    """A step of locked entries, each with its reason: staff ask by telephone. An
    entry has one open call, and takes the step once in a round.
    """
    for row, _reason in wanted:
        row.step, row.step_on = Step.CALL, today
        schedule(row, calendars, today)
    MaintainedEntry.objects.bulk_update(
        [row for row, _reason in wanted],
        ["step", "step_on", "next_on"],
        batch_size=BATCH,
    )
    Call.objects.bulk_create(
        [
            Call(
                entry=row,
                reason=reason,
                note=note[:300],
                since=today,
                next_try_on=today,
            )
            for row, reason in wanted
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
    CareEvent.objects.bulk_create(
        [
            event_of(row, CareEvent.What.STEP, step=Step.CALL, note=note[:500])
            for row, _reason in wanted
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
