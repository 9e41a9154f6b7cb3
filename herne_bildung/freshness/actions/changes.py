"""Corrections by people without the right to publish: staff accept or refuse them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.forms import ModelForm

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion, User
from herne_bildung.city.versions import noted
from herne_bildung.freshness.actions.digests import link_for_notice
from herne_bildung.freshness.actions.entries import locked
from herne_bildung.freshness.actions.sync import begin_new_round, schedule, sync
from herne_bildung.freshness.emails.changes import changes_decided
from herne_bildung.freshness.kinds import Kind, kind_of
from herne_bildung.freshness.models import Call, MaintainedEntry, ProposedChange
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.proposals import is_up_to_date, present_values
from herne_bildung.freshness.questions import contacts_of_entries
from herne_bildung.freshness.rhythm import State as Freshness
from herne_bildung.freshness.rhythm import state_of
from herne_bildung.lib import clock

State = ProposedChange.State
Step = MaintainedEntry.Step


@dataclass
class Decided:
    """What became of changes: accepted or refused; `outdated` where the portal says
    something else than the proposer saw; `invalid` with what the form says.
    """

    done: list[ProposedChange] = field(default_factory=list)
    outdated: list[ProposedChange] = field(default_factory=list)
    invalid: list[tuple[ProposedChange, str]] = field(default_factory=list)


def accept(
    changes: Iterable[ProposedChange], *, by: User, even_if_outdated: bool = False
) -> Decided:
    """Write these changes into their entries, each entry's together or not at all.

    `even_if_outdated`: the person saw what the portal says now and wants it replaced.
    """
    result = Decided()
    for entry, own in _by_entry(changes).items():
        _accept_of(entry, own, by, even_if_outdated, result)
    return result


@transaction.atomic
def _accept_of(
    entry: MaintainedEntry,
    changes: list[ProposedChange],
    by: User,
    even_if_outdated: bool,
    result: Decided,
) -> None:
    row, kind = locked(entry), kind_of(entry)
    waiting = _waiting(changes)
    # Locked, so that nobody saves the entry between reading and writing it.
    kind.model._default_manager.select_for_update().filter(pk=row.object_id).first()
    if not waiting or (found := kind.get(row.object_id)) is None:
        return
    present = present_values(kind, found)
    outdated = [
        one for one in waiting if not is_up_to_date(one, present.get(one.field))
    ]
    if outdated and not even_if_outdated:
        result.outdated += outdated
        waiting = [one for one in waiting if one not in outdated]
    form = _form(kind, found, present, waiting)
    if not waiting:
        return
    if not form.is_valid():
        said = " ".join(text for texts in form.errors.values() for text in texts)
        result.invalid += [(one, said) for one in waiting]
        return
    proposer = waiting[0].recipient
    with noted(
        [form.instance],
        by=proposer.user if proposer else None,
        how=EntryVersion.How.ACCEPTED,
        accepted_by=by,
    ):
        kind.after_correction(form.save())
    audit.record(audit.Action.APPROVED, by=by, about=form.instance)
    _decide(waiting, State.ACCEPTED, by)
    # Its own people said so: nothing becomes due by it.
    sync(row.kind, [row.object_id], by=by, is_own=proposer is not None)
    row = locked(row)
    _go_on(row)
    changes_decided(waiting, _links(row, waiting))
    result.done += waiting


def refuse(changes: Iterable[ProposedChange], *, reason: str, by: User) -> Decided:
    """Leave the entries as they are; the proposer is told why."""
    result = Decided()
    for entry, own in _by_entry(changes).items():
        with transaction.atomic():
            row = locked(entry)
            if not (waiting := _waiting(own)):
                continue
            _decide(waiting, State.REFUSED, by, reason)
            _go_on(row)
            changes_decided(waiting, _links(row, waiting))
            result.done += waiting
    return result


def _by_entry(
    changes: Iterable[ProposedChange],
) -> dict[MaintainedEntry, list[ProposedChange]]:
    found: dict[MaintainedEntry, list[ProposedChange]] = defaultdict(list)
    for change in sorted(changes, key=lambda one: (one.entry_id, one.pk)):
        found[change.entry].append(change)
    return found


def _waiting(changes: list[ProposedChange]) -> list[ProposedChange]:
    """Those nobody has decided yet, as they are now."""
    return list(
        ProposedChange.objects.select_for_update(of=("self",))
        .select_related("entry", "recipient__user")
        .filter(pk__in=[one.pk for one in changes], state=State.WAITING)
        .order_by("pk")
    )


def _form(
    kind: Kind, found: Any, present: dict[str, Any], changes: list[ProposedChange]
) -> ModelForm:
    """The correction form with these fields only: what nobody proposed stays."""
    new = {one.field: one.new for one in changes}
    form = kind.correction_form({**present, **new}, instance=found)
    for name in [*form.fields]:
        if name not in new:
            del form.fields[name]
    return form


def _decide(
    changes: list[ProposedChange], state: str, by: User, reason: str = ""
) -> None:
    for change in changes:
        change.state, change.reason = state, reason[:300]
        change.decided_by, change.decided_at = by, clock.now()
        change.save()


def _links(row: MaintainedEntry, changes: list[ProposedChange]) -> dict[int, str]:
    """By proposer, a link to confirm all else with one click, where that is still to
    be said.
    """
    is_asked = row.step > Step.NONE or row.hidden_at or _is_due_soon(row)
    if row.has_waiting_change or row.ended_at or not is_asked:
        return {}
    contacts = contacts_of_entries([row])
    return {
        one.pk: link_for_notice(one, row)
        for one in {change.recipient for change in changes if change.recipient}
        if one.is_usable and contacts.answers_for(one.pk, row.organisation_id)
    }


def _is_due_soon(row: MaintainedEntry) -> bool:
    """Whether some of it is to be confirmed in the next weeks, or has been."""
    return state_of(row, clock.today()) != Freshness.CURRENT


def _go_on(row: MaintainedEntry) -> None:
    """When nothing waits any more the entry is asked for again, counted from today;
    whose call was closed by the proposal, from the first step.
    """
    waiting = ProposedChange.objects.filter(entry=row, state=State.WAITING)
    row.has_waiting_change = waiting.exists()
    today = clock.today()
    is_called = Call.objects.filter(entry=row, closed_at=None).exists()
    if row.step == Step.CALL and not row.has_waiting_change and not is_called:
        begin_new_round(row)
    elif row.step:
        row.step_on = today
    schedule(row, Calendars(), today)
    row.save()
