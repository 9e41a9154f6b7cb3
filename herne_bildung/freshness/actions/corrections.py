""" "Something is wrong": what a recipient corrects, shown at once or proposed."""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.forms import ModelForm
from django.http import QueryDict
from django.utils.text import capfirst
from django.utils.translation import override

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.rights import publishes
from herne_bildung.city.versions import has_history, noted, snapshots
from herne_bildung.city.versions.waiting import leave_out
from herne_bildung.freshness.actions import reports
from herne_bildung.freshness.actions.answers import decide, locked_items
from herne_bildung.freshness.actions.entries import (
    ChangedMeanwhile,
    confirm,
    locked,
    settle_calls,
)
from herne_bildung.freshness.actions.sync import event_of, schedule, sync
from herne_bildung.freshness.forms import one_way
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.kinds import Kind, kind_of
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    Digest,
    DigestItem,
    ErrorReport,
    MaintainedEntry,
    ProposedChange,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.proposals import plain, present_values
from herne_bildung.freshness.questions import (
    CLOSED,
    groups_asked,
    standing_now,
)
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

Decision = DigestItem.Decision
WAITING = ProposedChange.State.WAITING


@dataclass(slots=True)
class Corrected:
    """The form as it was checked; what it changed, by names of fields; whether a
    note went to staff; whether it was all said before. Nothing was written when the
    form has errors.
    """

    form: ModelForm
    changed: list[str]
    has_note: bool = False
    is_done: bool = False


def may_publish(recipient: Recipient, entry: MaintainedEntry) -> bool:
    """Whether corrections of this recipient are shown at once: staff allowed it for
    the organisation or one above it, or it is somebody whose login publishes for it.
    """
    if (organisation := entry.organisation) is None:
        return False
    user = recipient.user
    if user and publishes(user, organisation.pk):
        return True
    allowed = set(
        Responsibility.objects.filter(
            recipient=recipient, may_publish=True
        ).values_list("organisation_id", flat=True)
    )
    seen: set[int] = set()
    while organisation is not None and organisation.pk not in seen:
        if organisation.pk in allowed:
            return True
        seen.add(organisation.pk)
        organisation = organisation.parent
    return False


@transaction.atomic
def correct(
    digest: Digest,
    pk: int,
    data: QueryDict,
    *,
    seen: str,
    note: str = "",
    and_confirm: bool = False,
) -> Corrected | None:
    """Save or propose what a recipient wrote into the correction form.

    `seen` is the mark of the facts the form was filled with: ChangedMeanwhile when
    they are others by now. `and_confirm` says that all else that was asked for is
    still true; only of use with the right to publish. None when the entry is gone,
    has ended, or is not the recipient's (any more).
    """
    items = locked_items(digest, [pk])
    if not items:
        return None
    item, kind = items[0], kind_of(items[0].entry)
    row = locked(item.entry)
    kind.model._default_manager.select_for_update().filter(pk=row.object_id).first()
    found = kind.get(row.object_id)
    if standing_now(item, found) in CLOSED:
        return None
    present = kind.fingerprints(found)
    former = present_values(kind, found)
    form = kind.correction_form(data, instance=found)
    if seen != mark_of(present, present):
        if form.is_valid() and _waits_already(row, form):
            # A second click: the first one wrote just this.
            return Corrected(form, [], is_done=True)
        raise ChangedMeanwhile
    if not form.is_valid():
        return Corrected(form, [])
    result = Corrected(form, list(form.changed_data), bool(note))
    is_published = may_publish(digest.recipient, row)
    later = [
        name for name in result.changed if not is_published and name not in kind.at_once
    ]
    if is_published and result.changed:
        _publish(kind, form, row, digest.recipient, result.changed)
    elif now := [name for name in result.changed if name not in later]:
        _publish_at_once(kind, data, row, digest.recipient, now)
    if later:
        _propose(locked(row), form, former, digest.recipient, later)
    if result.changed:
        decide(item, Decision.PROPOSED if later else Decision.CORRECTED)
    if note:
        _tell_staff(item, note)
    if and_confirm and is_published:
        _confirm_rest(item)
    return result


def _publish(
    kind: Kind,
    form: ModelForm,
    row: MaintainedEntry,
    recipient: Recipient,
    changed: list[str],
) -> None:
    """Onto the site at once; by its own people, so nothing becomes due by it."""
    with noted([form.instance], by=recipient.user, how=EntryVersion.How.MAIL_LINK):
        kind.after_correction(form.save())
    sync(row.kind, [row.object_id], by=recipient.user, is_own=True)
    with override(DEFAULT_LANGUAGE):
        names = ", ".join(str(capfirst(form.fields[name].label)) for name in changed)
    event_of(row, CareEvent.What.NOTE, recipient=recipient, note=names[:500]).save()


def _publish_at_once(
    kind: Kind,
    data: QueryDict,
    row: MaintainedEntry,
    recipient: Recipient,
    changed: list[str],
) -> None:
    """Of a form that is valid the facts that never wait. What waits says nothing of
    them any more.
    """
    form = kind.correction_form(data, instance=kind.get(row.object_id))
    for name in [*form.fields]:
        if name not in kind.at_once:
            del form.fields[name]
    is_kept, before = has_history(kind.model), {}
    if is_kept:
        before = snapshots.take(form.instance)
    if not form.is_valid():
        raise ChangedMeanwhile
    _publish(kind, form, row, recipient, changed)
    if is_kept:
        written = snapshots.delta(before, snapshots.take(form.instance))
        leave_out(form.instance, written, by=recipient.user)
    waiting = ProposedChange.objects.filter(entry=row, state=WAITING)
    waiting.filter(field__in=changed).delete()
    row = locked(row)
    row.has_waiting_change = waiting.exists()
    schedule(row, Calendars(), clock.today())
    row.save()


def _waits_already(row: MaintainedEntry, form: ModelForm) -> bool:
    """Whether all that a valid form changes waits already with the same values."""
    waiting = ProposedChange.objects.filter(entry=row, state=WAITING)
    said = dict(waiting.values_list("field", "new"))
    return all(
        name in said and said[name] == one_way(plain(form[name].data))
        for name in form.changed_data
    )


def _propose(
    row: MaintainedEntry,
    form: ModelForm,
    former: dict[str, Any],
    recipient: Recipient,
    changed: list[str],
) -> None:
    """One proposed change for each field; a later one replaces what waits."""
    for name in changed:
        ProposedChange.objects.update_or_create(
            entry=row,
            field=name,
            state=WAITING,
            defaults={
                "old": former[name],
                "new": one_way(plain(form[name].data)),
                "recipient": recipient,
                "at": clock.now(),
            },
        )
    row.has_waiting_change = True
    schedule(row, Calendars(), clock.today())
    row.save()
    settle_calls(row, Call.Result.SETTLED)


def _tell_staff(item: DigestItem, note: str) -> None:
    """What no field is for, as a report from the one who knows. The reminders of
    this round count from today again.
    """
    mark = hashlib.blake2b(note.encode(), digest_size=8).hexdigest()
    key = f"note:{item.pk}:{mark}"
    if ErrorReport.objects.filter(key=key).exists():
        # Sent twice: said once, and nothing begins anew.
        return
    reports.receive(
        key=key,
        kind=item.entry.kind,
        object_id=item.entry.object_id,
        reason=ErrorReport.Reason.OTHER,
        text=note,
        email=item.digest.recipient.email,
        language=item.digest.recipient.language,
    )
    row = locked(item.entry)
    if MaintainedEntry.Step.NONE < row.step < MaintainedEntry.Step.CALL:
        row.step_on = clock.today()
        schedule(row, Calendars(), clock.today())
        row.save()
    if not item.decision:
        decide(item, Decision.PROPOSED, note)


def _confirm_rest(item: DigestItem) -> Confirmation:
    """All groups that were asked for, the corrected facts among them."""
    kind = kind_of(item.entry)
    found = kind.get(item.entry.object_id)
    confirmation = confirm(
        item.entry,
        groups=groups_asked(item, kind.fingerprints(found)),
        how=Confirmation.How.MAIL_LINK,
        recipient=item.digest.recipient,
    )
    if item.decision != Decision.CORRECTED:
        decide(item, Decision.CONFIRMED)
    return confirmation
