"""Taking a checked table over, row by row as planned anew at that moment."""

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.versions import history, snapshots
from herne_bildung.city.versions.snapshots import delta
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.lib import clock, many_rows
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.exchange.planned import Planned, count, problems_in
from herne_bildung.portal.exchange.planning import Planner
from herne_bildung.portal.exchange.reading import table_of
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.exchange.vanished import is_large_share, vanished_records
from herne_bildung.portal.exchange.writing import Writer
from herne_bildung.portal.models import Import, ImportedRow, ImportProblem

if TYPE_CHECKING:
    from herne_bildung.portal.exchange.work import Claim

BATCH = 500
State = Import.State


def take_over(job: Import, claim: "Claim") -> None:
    """Write all rows from `done` on, then archive what is missing where wanted."""
    table = table_of(job)
    planner = Planner(job, Scope.of(job), table.merged)
    rows = planner.in_order(table.rows)
    doubled = planner.note_keys(rows)
    writer = Writer(job, planner)
    for row in rows[: job.done]:
        planner.lookups.announce(job.kind, planner.key_of(row))
    waiting = islice(rows, job.done, None)
    while portion := list(islice(waiting, BATCH)):
        with transaction.atomic():
            found = claim.hold()
            planned = planner.plan(portion, doubled, with_lock=True)
            writer.write(planned)
            _note(found, planned)
            claim.renew(found, "done", "counts")
    if job.archives and KINDS[job.kind].can_archive:
        _archive(job, claim, {planner.key_of(row) for row in rows})
    _finish(claim)


def _note(found: Import, planned: list[Planned]) -> None:
    """Progress, numbers, and what went wrong only now."""
    counts = Counter(found.counts)
    for one in planned:
        count(counts, one)
    found.counts, found.done = dict(counts), found.done + len(planned)
    ImportProblem.objects.bulk_create(problems_in(found, planned))


def _archive(job: Import, claim: "Claim", keys: set[str]) -> None:
    """Entries whose key is missing; a large share only where somebody said so."""
    missing, known = vanished_records(job, keys)
    done = set(
        job.rows.filter(action=ImportedRow.Action.ARCHIVED).values_list(
            "object_id", flat=True
        )
    )
    is_large = is_large_share(len(missing) + len(done), known + len(done))
    if is_large and not job.archives_many:
        return
    ids = sorted({row.object_id for row in missing})
    for start in range(0, len(ids), BATCH):
        with transaction.atomic():
            found = claim.hold()
            archived = _archive_portion(found, ids[start : start + BATCH])
            counts = Counter(found.counts)
            counts[ImportedRow.Action.ARCHIVED] += archived
            found.counts = dict(counts)
            claim.renew(found, "counts")


def _archive_portion(job: Import, ids: list[int]) -> int:
    kind = KINDS[job.kind]
    declared = kind.declared
    history.lock(declared, ids)
    entries = list(kind.model._base_manager.filter(pk__in=ids).order_by("pk"))
    before = snapshots.take_many(declared, ids)
    reason = _("Missing in the table “%(file)s” of %(day)s") % {
        "file": job.file_name,
        "day": date_format(clock.today(), "SHORT_DATE_FORMAT"),
    }
    how = EntryVersion.How.IMPORT
    with history.noted(entries, by=job.by, how=how, comment=reason):
        kind.archive(ids, reason=reason[:300], by=job.by)
    if kind.care:
        sync(kind.care, ids, by=job.by)
    after = snapshots.take_many(declared, ids)
    many_rows.insert(
        [
            ImportedRow(
                imported=job,
                row=0,
                action=ImportedRow.Action.ARCHIVED,
                object_id=entry.pk,
                title=str(entry)[:200],
                before=delta(after[entry.pk], before[entry.pk]),
                after=delta(before[entry.pk], after[entry.pk]),
            )
            for entry in entries
        ]
    )
    return len(entries)


@transaction.atomic
def _finish(claim: "Claim") -> None:
    found = claim.finish(State.DONE)
    audit.record(
        audit.Action.IMPORTED, by=found.by, about=found, kind=found.kind, **found.counts
    )
