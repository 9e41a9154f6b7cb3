"""From one who does not answer for an entry to the next one, or to staff."""

from django.db.models import F

from herne_bildung.freshness.actions.entries import (
    locked,
    put_on_call_list,
    settle_calls,
)
from herne_bildung.freshness.actions.sync import begin_new_round, schedule
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


def pass_on(
    row: MaintainedEntry, note: str = "", planner: Planner | None = None
) -> None:
    """Ask the next contact of a locked entry in a round of its own; when nobody is
    left, staff by telephone. `note` says whom to ask.
    """
    if row.step == Step.CALL:
        open_call = Call.objects.filter(entry=row, closed_at=None)
        open_call.update(reason=Call.Reason.NOT_MINE, note=note[:300])
    if not row.is_public or row.has_waiting_change or row.step >= Step.CALL:
        return
    begin_new_round(row)
    schedule(row, Calendars(), clock.today())
    row.save()
    planner = planner or Planner(clock.today())
    plan = planner.plan(MaintainedEntry.objects.filter(pk=row.pk))
    for planned in plan.calls:
        put_on_call_list(row, planned.reason, note)


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
        decision__in=("", DigestItem.Decision.CORRECTED),
        round=F("entry__round"),
        entry__step__gt=Step.NONE,
        entry__step__lt=Step.CALL,
    )
    entries = MaintainedEntry.objects.filter(pk__in=waiting.values("entry"))
    planner = Planner(clock.today())
    for entry in entries.order_by("pk"):
        pass_on(locked(entry), planner=planner)
