"""The call list: who calls whom, and what came of it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from herne_bildung.city.models import User
from herne_bildung.freshness.actions import entries
from herne_bildung.freshness.models import Call, Confirmation, MaintainedEntry
from herne_bildung.freshness.pauses import DAY, Calendar, is_working_day
from herne_bildung.freshness.querysets import LONGEST_TO_NEXT_TRY
from herne_bildung.lib import clock

WORKING_DAYS_TO_NEXT_TRY = 3


class TakenByOther(Exception):
    """Someone else is calling just now; names that person."""


class AlreadySettled(Exception):
    """The call has its result already; carries the call."""


class TooLate(Exception):
    """The next try would be later than the last day that can be chosen: that day."""


def last_try_day(today: date) -> date:
    """The last day a call can be put off to."""
    return today + LONGEST_TO_NEXT_TRY


def next_try_day(calendar: Calendar, today: date) -> date:
    """Three working days later, pauses of the organisation left out; no later than
    can be chosen.
    """
    day, left = today, WORKING_DAYS_TO_NEXT_TRY
    while left:
        day = calendar.first_open(day + DAY)
        if is_working_day(day):
            left -= 1
    return min(day, last_try_day(today))


@transaction.atomic
def claim(organisation_id: int | None, *, by: User) -> int:
    """Take all open calls of an organisation, for two hours. Returns how many;
    TakenByOther when someone else holds one of them.
    """
    calls = _open_calls(organisation_id)
    _refuse_if_held(calls, by)
    return Call.objects.filter(pk__in=[call.pk for call in calls]).update(
        claimed_by=by, claimed_at=clock.now()
    )


@transaction.atomic
def release(organisation_id: int | None, *, by: User) -> int:
    """Give back what one took. Returns how many calls."""
    mine = [call.pk for call in _open_calls(organisation_id) if call.claimed_by == by]
    return Call.objects.filter(pk__in=mine).update(claimed_by=None, claimed_at=None)


@transaction.atomic
def confirm(call: Call, *, by: User, seen: str | None = None) -> Confirmation:
    """Someone said on the telephone that everything is true.

    `seen` is the mark of the facts that were read out; `entries.ChangedMeanwhile`
    when they are others by now.
    """
    row = _lock(call, by)
    return _confirm_all(row, by=by, seen=seen)


@transaction.atomic
def changed(call: Call, *, by: User, seen: str | None = None) -> Confirmation:
    """What was wrong has been corrected, and everything is true now."""
    row = _lock(call, by)
    entries.settle_calls(row, Call.Result.CHANGED, by=by)
    return _confirm_all(row, by=by, seen=seen)


@transaction.atomic
def not_reached(call: Call, *, next_try_on: date, tries: int, by: User) -> bool:
    """Nobody answered. `tries` is how many the person saw, so that a form sent twice
    counts once. Returns whether it counted; TooLate for a day beyond the limit.
    """
    if next_try_on > (last := last_try_day(clock.today())):
        raise TooLate(last)
    _lock(call, by)
    return bool(
        Call.objects.filter(pk=call.pk, tries=tries).update(
            tries=tries + 1,
            next_try_on=max(next_try_on, clock.today()),
            claimed_by=None,
            claimed_at=None,
        )
    )


@transaction.atomic
def end(call: Call, *, by: User, note: str = "") -> MaintainedEntry:
    """It does not exist any more, someone said on the telephone."""
    row = _lock(call, by)
    return entries.end(row, by=by, note=note)


@transaction.atomic
def undo_end(call: Call, *, by: User) -> MaintainedEntry:
    """It exists after all: on the site and on the call list again."""
    return entries.undo_end(call.entry, by=by)


def _confirm_all(row: MaintainedEntry, *, by: User, seen: str | None) -> Confirmation:
    how = Confirmation.How.PHONE
    return entries.confirm(row, groups=None, how=how, seen=seen, by=by)


def _lock(call: Call, by: User) -> MaintainedEntry:
    """The entry of a call, both locked, entry first as everywhere."""
    row = entries.locked(call.entry)
    present = _locked(Call.objects.filter(pk=call.pk)).get()
    if present.closed_at:
        raise AlreadySettled(present)
    _refuse_if_held([present], by)
    return row


def _open_calls(organisation_id: int | None) -> QuerySet[Call]:
    return _locked(
        Call.objects.filter(closed_at=None, entry__organisation_id=organisation_id)
    )


def _locked(calls: QuerySet[Call]) -> QuerySet[Call]:
    # Who holds them is read after the lock: what another one wrote meanwhile counts.
    return calls.select_for_update(of=("self",)).order_by("pk")


def _refuse_if_held(calls: Iterable[Call], by: User) -> None:
    for call in calls:
        if (holder := call.holder) and holder.pk != by.pk:
            raise TakenByOther(str(holder))
