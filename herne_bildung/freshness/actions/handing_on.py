"""From one who does not answer for an entry to the next one, or to staff."""

from collections.abc import Sequence

from django.db.models import F

from herne_bildung.freshness.actions.call_list import put_many_on_call_list
from herne_bildung.freshness.actions.digests import OPEN_AFTER
from herne_bildung.freshness.actions.entries import locked_entries, settle_calls
from herne_bildung.freshness.actions.sync import BATCH, begin_new_round, schedule
from herne_bildung.freshness.models import (
    Call,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.planning import Planner
from herne_bildung.lib import clock

Step = MaintainedEntry.Step


class AskedOther(Exception):
    """Somebody else has been asked in this round."""


def pass_on(rows: Sequence[MaintainedEntry], note: str = "") -> None:
    """Ask the next contact of each of these locked entries, in a round of its own; when
    nobody is left, staff by telephone. `note` says whom to ask.
    """
    called = [row for row in rows if row.step == Step.CALL]
    if called:
        Call.objects.filter(entry__in=called, closed_at=None).update(
            reason=Call.Reason.NOT_MINE, note=note[:300]
        )
    asked = {
        row.pk: row
        for row in rows
        if row.is_public and not row.has_waiting_change and row.step < Step.CALL
    }
    if not asked:
        return
    today = clock.today()
    planner = Planner(today)
    for row in asked.values():
        begin_new_round(row)
        schedule(row, planner.calendars, today)
    MaintainedEntry.objects.bulk_update(
        asked.values(), ["round", "step", "step_on", "next_on"], batch_size=BATCH
    )
    plan = planner.plan(MaintainedEntry.objects.filter(pk__in=asked))
    to_call = [(asked[one.entry_id], one.reason) for one in plan.calls]
    put_many_on_call_list(to_call, planner.calendars, today, note)


def take_back(row: MaintainedEntry, item: DigestItem) -> None:
    """The entry of an item that was passed on is its recipient's after all, in a
    round of its own. AskedOther when someone else was asked meanwhile; the item is
    saved by the caller.
    """
    if row.round == item.round:
        return
    others = DigestItem.objects.filter(entry=row, round=row.round).exclude(
        digest__recipient=item.digest.recipient
    )
    if Step.NONE < row.step < Step.CALL or others.exists():
        raise AskedOther
    if row.round != item.round + 1 or row.step not in {Step.NONE, Step.CALL}:
        # Answered or hidden meanwhile: what follows from that stays.
        return
    settle_calls(row, Call.Result.SETTLED)
    begin_new_round(row)
    row.step = item.step
    row.step_on = clock.today() if row.step else None
    item.round = row.round
    schedule(row, Calendars(), clock.today())
    row.save()


def pass_on_all(recipient: Recipient) -> None:
    """Somebody wants no mails: what they were asked and have not answered goes on."""
    waiting = DigestItem.objects.filter(
        digest__recipient=recipient,
        decision__in=OPEN_AFTER,
        round=F("entry__round"),
        entry__step__gt=Step.NONE,
        entry__step__lt=Step.CALL,
    )
    rounds = dict(waiting.values_list("entry_id", "round"))
    rows = locked_entries(rounds).values()
    # Answered by someone else before they were locked: that stays.
    pass_on([row for row in rows if row.step and row.round == rounds[row.pk]])
