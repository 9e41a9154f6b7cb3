"""What people say of an entry, and what follows: confirmed, hidden, shown, ended."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db import transaction

from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import noted
from herne_bildung.freshness.actions.call_list import put_many_on_call_list
from herne_bildung.freshness.actions.confirmations import Said, note_confirmations
from herne_bildung.freshness.actions.sync import (
    begin_new_round,
    event_of,
    schedule,
    sync,
)
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.pace import Pace
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.rhythm import State, state_by_date
from herne_bildung.lib import clock

What = CareEvent.What
Step = MaintainedEntry.Step
CARE = EntryVersion.How.CARE


class ChangedMeanwhile(Exception):
    """The facts are not those the person looked at."""


def locked(entry: MaintainedEntry) -> MaintainedEntry:
    """The same entry as it is now, locked until the transaction ends."""
    return locked_entries([entry.pk])[entry.pk]


def locked_entries(ids: Iterable[int]) -> dict[int, MaintainedEntry]:
    """Entries as they are now, by id, locked in the one order. Who locks a recipient
    too does that first (`recipients.lock_recipient`).
    """
    # Without key: rows that name an entry may be written at the same time.
    rows = MaintainedEntry.objects.select_for_update(no_key=True)
    return {row.pk: row for row in rows.filter(pk__in=list(ids)).order_by("pk")}


@transaction.atomic
def confirm(
    entry: MaintainedEntry,
    *,
    groups: Collection[str] | None,
    how: str,
    seen: str | None = None,
    by: User | None = None,
    recipient: Recipient | None = None,
) -> Confirmation:
    """Somebody says that these groups of facts are still true; None for all.

    `seen` is the mark (`mark_of`) of what the person looked at; ChangedMeanwhile when
    the facts are others by now. ValueError for groups the entry does not have.
    """
    pace = Pace()
    sync(entry.kind, [entry.object_id], pace=pace)
    row = locked(entry)
    said = Said(row, list(row.groups) if groups is None else groups, seen)
    if not said.is_known:
        raise ValueError(f"no such facts: {sorted(said.groups)}")
    if not said.is_about_present_facts:
        raise ChangedMeanwhile
    [found] = confirm_many([said], how=how, by=by, recipient=recipient, pace=pace)
    return found


def confirm_many(
    said: Sequence[Said],
    *,
    how: str,
    pace: Pace,
    by: User | None = None,
    recipient: Recipient | None = None,
) -> list[Confirmation]:
    """The same for locked entries that are in line with their facts, which are those
    that were seen. Hidden ones are shown again.
    """
    hidden = [one.row for one in said if one.row.hidden_at]
    found = note_confirmations(said, how=how, by=by, recipient=recipient, pace=pace)
    for row in hidden:
        _show(row, by=by, recipient=recipient)
    return found


def settle_calls(row: MaintainedEntry, result: str, *, by: User | None = None) -> None:
    """An open call about the entry is done."""
    Call.objects.filter(entry=row, closed_at=None).update(
        result=result, closed_at=clock.now(), closed_by=by
    )


@transaction.atomic
def hide(
    entry: MaintainedEntry,
    *,
    reason: str,
    by: User | None = None,
) -> MaintainedEntry:
    """Take an entry off the site until someone confirms it, and note it.

    Telling owner and staff is the caller's part (`actions.hidden`).
    """
    row = locked(entry)
    kind = kind_of(row)
    if (found := kind.get(row.object_id)) is None:
        return row
    if row.hidden_at:
        # It is hidden: a second reason is no second step.
        event_of(row, What.NOTE, note=reason[:500], by=by).save()
        return row
    with noted([found], by=by, how=CARE, comment=reason):
        kind.hide(found)
    if row.step == Step.HIDDEN:
        # Someone put it on the site again by hand; that is not taken over yet.
        begin_new_round(row)
    row.hidden_at, row.is_public = clock.now(), False
    row.step, row.step_on, row.next_on = Step.HIDDEN, clock.today(), None
    row.save()
    event_of(row, What.STEP, step=Step.HIDDEN, note=reason[:500], by=by).save()
    return row


@transaction.atomic
def show(
    entry: MaintainedEntry, *, by: User | None = None, recipient: Any = None
) -> MaintainedEntry:
    """Put a hidden entry on the site again: one click. What is due stays due, on the
    call list, and is not hidden before that had its time once more.
    """
    row = locked(entry)
    if row.hidden_at:
        begin_new_round(row)
        _show(row, by=by, recipient=recipient)
        state = state_by_date(row.due_on, clock.today())
        if row.confirmed_at is None or state in {State.DUE, State.OVERDUE}:
            put_on_call_list(row, Call.Reason.NO_ANSWER)
    return row


def put_on_call_list(row: MaintainedEntry, reason: str, note: str = "") -> None:
    """A step of a locked entry: staff ask by telephone. Once in a round."""
    row.save()
    put_many_on_call_list([(row, reason)], Calendars(), clock.today(), note)


def _show(row: MaintainedEntry, *, by: User | None, recipient: Any) -> None:
    kind = kind_of(row)
    if (found := kind.get(row.object_id)) is not None:
        with noted([found], by=by, how=CARE):
            kind.show(found)
        row.is_public = True
    row.hidden_at = row.ended_at = None
    schedule(row, Calendars(), clock.today())
    row.save()
    event_of(row, What.SHOWN, by=by, recipient=recipient).save()


@transaction.atomic
def end(
    entry: MaintainedEntry,
    *,
    by: User | None = None,
    recipient: Recipient | None = None,
    note: str = "",
) -> MaintainedEntry:
    """It has really ended: off the site, never asked again; can be undone."""
    row = locked(entry)
    kind = kind_of(row)
    if (found := kind.get(row.object_id)) is None:
        return row
    with noted([found], by=by, how=CARE, comment=note):
        kind.end(found)
    row.ended_at, row.is_public, row.next_on = clock.now(), False, None
    row.save()
    settle_calls(row, Call.Result.ENDED, by=by)
    event_of(row, What.ENDED, by=by, recipient=recipient, note=note[:500]).save()
    return row


@transaction.atomic
def undo_end(
    entry: MaintainedEntry,
    *,
    by: User | None = None,
    recipient: Recipient | None = None,
) -> MaintainedEntry:
    """It has not ended after all: on the site again, and asked for as before; by
    telephone where it was called. What was hidden is asked from the first step on.
    """
    row = locked(entry)
    kind = kind_of(row)
    if not row.ended_at or (found := kind.get(row.object_id)) is None:
        return row
    with noted([found], by=by, how=CARE):
        kind.show(found)
    was_hidden = row.hidden_at or row.step == Step.HIDDEN
    row.ended_at, row.hidden_at, row.is_public = None, None, True
    if was_hidden:
        begin_new_round(row)
    elif row.step == Step.CALL:
        _call_again(row)
    schedule(row, Calendars(), clock.today())
    row.save()
    event_of(row, What.NOT_ENDED, by=by, recipient=recipient).save()
    if was_hidden:
        event_of(row, What.SHOWN, by=by, recipient=recipient).save()
    return row


def _call_again(row: MaintainedEntry) -> None:
    """The call that ended it is open again, from today; or there is a new one."""
    row.step_on = clock.today()
    calls = Call.objects.filter(entry=row)
    if calls.filter(closed_at=None).exists():
        return
    last = calls.filter(result=Call.Result.ENDED).order_by("closed_at", "pk").last()
    if last is None:
        put_on_call_list(row, Call.Reason.NO_ANSWER)
    else:
        last.result, last.closed_at, last.closed_by = "", None, None
        last.save()
