"""Bringing the engine's rows in line with the entries they are about."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Lower

from herne_bildung.city.models import User
from herne_bildung.freshness.editors import Editors
from herne_bildung.freshness.group_days import set_groups
from herne_bildung.freshness.kinds import Kind, kind_of, kinds
from herne_bildung.freshness.models import Call, CareEvent, MaintainedEntry, Recipient
from herne_bildung.freshness.pace import Pace
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.rhythm import (
    confirmed_on,
    next_step_on,
)
from herne_bildung.lib import clock, many_rows, page_cache
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

Step = MaintainedEntry.Step
BATCH = 500
# What a transaction wrote so long ago is visible by now.
STILL_RUNNING = timedelta(minutes=1)
WRITTEN = (
    "organisation",
    "first_recipient",
    "title",
    "is_public",
    "was_shown",
    "is_sample",
    "as_of",
    "dimensions",
    "fingerprints",
    "groups",
    "due_on",
    "round",
    "step",
    "step_on",
    "next_on",
    "hidden_at",
    "ended_at",
    "synced_at",
)
PUBLIC = (
    "title",
    "is_public",
    "was_shown",
    "as_of",
    "groups",
    "due_on",
    "hidden_at",
    "ended_at",
)


def sync_all(kind_name: str | None = None) -> int:
    """Take over all entries of one kind or of all. Returns how many."""
    chosen = [kinds()[kind_name]] if kind_name else kinds().values()
    return sum(
        sync(kind.name, kind.entries().order_by().values_list("pk", flat=True))
        + forget_vanished(kind)
        for kind in chosen
    )


def sync_changed() -> int:
    """Take over entries of all kinds that changed since they were taken over last, and
    new ones. What this misses (entries of others they point at) `sync_all` finds.
    """
    return sum(sync(kind.name, _changed_ids(kind)) for kind in kinds().values())


def _changed_ids(kind: Kind) -> QuerySet:
    synced_at = MaintainedEntry.objects.filter(
        kind=kind.name, object_id=OuterRef("pk")
    ).values("synced_at")
    entries = kind.entries().order_by().annotate(synced_at=Subquery(synced_at))
    return entries.filter(
        Q(synced_at=None) | Q(updated_at__gt=F("synced_at"))
    ).values_list("pk", flat=True)


def sync(
    kind_name: str,
    ids: Iterable[int],
    *,
    by: User | None = None,
    is_own: bool = False,
    pace: Pace | None = None,
) -> int:
    """Take over these entries as they are now. Returns how many there were.

    Facts that were confirmed and have changed since are due again at once, unless
    someone of the entry's own organisation changed them: `by`, or whoever the
    administration's log names, or a recipient without a login (`is_own`).
    `pace` where the caller has read it already.
    """
    kind, wanted = kinds()[kind_name], sorted(set(ids))
    pace = pace or Pace()
    for start in range(0, len(wanted), BATCH):
        _sync_batch(kind, wanted[start : start + BATCH], pace, by, is_own)
    return len(wanted)


@transaction.atomic
def forget_vanished(kind: Kind) -> int:
    """Rows whose entry was removed for good, or is a sample, go too. What the kind
    only does not look after any more keeps its history and is asked no more.
    """
    rows = MaintainedEntry.objects.filter(kind=kind.name)
    stored = kind.model._base_manager.filter(pk=OuterRef("object_id"), is_sample=False)
    present = kind.entries().order_by().filter(pk=OuterRef("object_id"))
    removed = rows.filter(~Exists(stored), ~Exists(present)).delete()[0]
    left = rows.filter(Q(is_public=True) | Q(next_on__isnull=False), ~Exists(present))
    locked = left.select_for_update(no_key=True, of=("self",)).order_by("pk")
    if ids := [row.pk for row in locked.only("pk")]:
        rows.filter(pk__in=ids).update(is_public=False, next_on=None)
    return removed + len(ids)


@transaction.atomic
def _sync_batch(
    kind: Kind,
    ids: Sequence[int],
    pace: Pace,
    by: User | None,
    is_own: bool,
) -> None:
    known = {
        row.object_id: row
        for row in MaintainedEntry.objects.select_for_update(no_key=True)
        .filter(kind=kind.name, object_id__in=ids)
        .order_by("pk")
    }
    now, today = clock.now(), clock.today()
    # Read after the rows are locked: of two runs the later one sees the newer facts.
    objects = kind.get_many(ids)
    first_asked = _first_recipients(kind, objects)
    intervals, before = pace.intervals(kind), {}
    editors = None if is_own else Editors(kind, _changed(kind, known, objects), by)
    fresh, settled, events = [], [], []
    for pk, found in objects.items():
        row = known.get(pk) or MaintainedEntry(kind=kind.name, object_id=pk)
        before[pk] = _public_columns(row)
        changed = editors.changed_by_others(row) if editors else set()
        row.first_recipient_id = first_asked.get(pk)
        is_shown_again = _take_over(row, kind, found, now)
        is_put_off = set_groups(row, intervals, today, changed, kind.days(found))
        is_put_off = is_put_off and row.step != Step.NONE
        if is_put_off:
            begin_new_round(row)
        schedule(row, pace.calendars, today)
        if row.pk is None:
            fresh.append(row)
            continue
        if is_shown_again or is_put_off:
            settled.append(row)
        if is_shown_again:
            events.append(event_of(row, CareEvent.What.SHOWN, by=by))
        if changed:
            names = ", ".join(str(kind.group(name).label) for name in sorted(changed))
            events.append(event_of(row, CareEvent.What.CHANGED, note=names))
    rows = [known[pk] for pk in objects if pk in known]
    many_rows.update(rows, WRITTEN)
    # Another run may have made the same rows meanwhile; then theirs stay.
    many_rows.insert(fresh, ignore_conflicts=True)
    if fresh or any(before[row.object_id] != _public_columns(row) for row in rows):
        transaction.on_commit(page_cache.outdate)
    CareEvent.objects.bulk_create(events)
    if settled:
        # They are asked from the first step on.
        Call.objects.filter(entry__in=settled, closed_at=None).update(
            result=Call.Result.SETTLED, closed_at=now, closed_by=by
        )


def _public_columns(row: MaintainedEntry) -> list[Any]:
    """What public pages say of an entry depends on these."""
    return [getattr(row, name) for name in PUBLIC]


def _changed(
    kind: Kind, known: dict[int, MaintainedEntry], objects: dict[int, Any]
) -> dict[int, set[str]]:
    """Groups that were confirmed and say something else now, by id, where any are."""
    found = {}
    for pk, row in known.items():
        present = kind.fingerprints(objects[pk]) if pk in objects else row.fingerprints
        found[pk] = {
            name
            for name, group in row.groups.items()
            if group["confirmed"]
            and name in row.fingerprints
            and row.fingerprints[name] != present.get(name)
        }
    return {pk: names for pk, names in found.items() if names}


def _take_over(row: MaintainedEntry, kind: Kind, found: Any, now: datetime) -> bool:
    """Whether it was off the site and someone put it there again, in whatever way:
    that begins a new round.
    """
    row.organisation_id = kind.organisation_id(found)
    row.title = kind.title(found, DEFAULT_LANGUAGE).text[:200]
    row.is_sample, row.as_of = found.is_sample, found.as_of
    row.dimensions = dict(kind.dimensions(found))
    row.fingerprints = kind.fingerprints(found)
    row.is_public = kind.is_public(found)
    row.was_shown = row.was_shown or kind.is_shown(found)
    row.synced_at = now - STILL_RUNNING
    was_off = row.hidden_at or row.ended_at or row.step == Step.HIDDEN
    if not (row.is_public and was_off):
        return False
    row.hidden_at = row.ended_at = None
    begin_new_round(row)
    return True


def _first_recipients(kind: Kind, objects: Mapping[int, Any]) -> dict[int, int]:
    """Ids of whom to ask first, by id of the entry; a query where there are any."""
    wanted = {pk: kind.first_address(found).lower() for pk, found in objects.items()}
    addresses = set(wanted.values()) - {""}
    if not addresses:
        return {}
    known = dict(
        Recipient.objects.annotate(address=Lower("email"))
        .filter(address__in=addresses)
        .values_list("address", "pk")
    )
    return {pk: known[address] for pk, address in wanted.items() if address in known}


def schedule(row: MaintainedEntry, calendars: Calendars, today: date) -> None:
    """Set the day of the next step, after anything that could move it changed."""
    if (
        not row.is_public
        or row.is_sample
        or row.has_waiting_change
        or row.due_on is None
    ):
        row.next_on = None
        return
    calendar = calendars.of(row.organisation_id)
    row.next_on = next_step_on(
        row.step,
        row.due_on,
        row.step_on or today,
        calendar,
        is_never_hidden=row.is_document or not kind_of(row).is_hidden_at_last,
        confirmed=confirmed_on(row.groups),
    )
    if row.campaign_id and row.step == Step.NONE:
        row.next_on = min(row.next_on, today)


def begin_new_round(row: MaintainedEntry) -> None:
    """Nobody has been asked in it yet; the first step comes first. The caller
    schedules and saves.
    """
    row.round += 1
    row.step, row.step_on = Step.NONE, None


def event_of(row: MaintainedEntry, what: str, **more: Any) -> CareEvent:
    """An event of an entry, now, not saved yet."""
    return CareEvent(entry=row, what=what, round=row.round, at=clock.now(), **more)
