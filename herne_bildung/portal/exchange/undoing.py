"""Undoing an import as one step: what it wrote, where nobody changed it since."""

from collections import Counter
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model, ProtectedError
from django.utils.translation import gettext as _

from herne_bildung.city import audit
from herne_bildung.city.models import EntryVersion, WaitingVersion
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.snapshots import is_same
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.lib import many_rows
from herne_bildung.portal.exchange.kinds import KINDS, ExchangeKind, Facts
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.models import Import, ImportedRow, ImportRecord

if TYPE_CHECKING:
    from herne_bildung.portal.exchange.work import Claim

BATCH = 500
Action = ImportedRow.Action
State = Import.State


def undo(job: Import, claim: "Claim") -> None:
    """From the last row to the first; rows that are done are marked."""
    while True:
        with transaction.atomic():
            found = claim.hold()
            rows = found.rows.filter(is_undone=False).order_by("-pk")[:BATCH]
            if not (rows := list(rows)):
                break
            _Undo(found).rows(rows)
            found.done += len(rows)
            claim.renew(found, "done", "counts")
    _finish(claim)


class _Undo:
    """One portion of rows, in the caller's transaction."""

    def __init__(self, job: Import) -> None:
        self.job, self.by = job, job.undone_by or job.by
        if self.by is None or not self.by.is_active:
            raise PermissionDenied
        self.scope = Scope(self.by, job.organisation_id, job.source)
        self.scope.check(job.kind)
        self.kind: ExchangeKind = KINDS[job.kind]
        self.counts = Counter(job.counts)
        self.waiting: set[int] = set()
        self.records_to_save: list[ImportRecord] = []

    def rows(self, rows: list[ImportedRow]) -> None:
        ids = {row.object_id for row in rows}
        declared = self.kind.declared
        history.lock(declared, ids)
        entries = self.kind.model._base_manager.in_bulk(list(ids))
        present = snapshots.take_many(declared, ids)
        records = self._records(rows)
        waiting_now = WaitingVersion.objects.filter(
            model=declared.name,
            object_id__in=ids,
            state=WaitingVersion.State.WAITING,
        )
        self.waiting = set(waiting_now.values_list("object_id", flat=True))
        back: dict[Model, Facts] = {}
        archived: list[int] = []
        for row in rows:
            entry = entries.get(row.object_id)
            if entry is not None and not self._reaches(row, present[entry.pk]):
                row.stays = [self.kind.title]
                self.counts["stay"] += 1
            elif entry is not None:
                self._one(row, entry, present[entry.pk], back, archived)
                self._forget(records.get(row.object_id), row, archived)
            row.is_undone = True
        if archived and self.kind.can_archive:
            reason = _("Import of “%(file)s” undone") % {"file": self.job.file_name}
            self.kind.archive(archived, reason=reason[:300], by=self.by)
        history.begin(list(back))
        self.kind.put_many(back)
        self._follow([entry.pk for entry in back], archived)
        many_rows.update(self.records_to_save, ["values", "is_undone"])
        many_rows.update(rows, ["is_undone", "stays"])
        self.job.counts = dict(self.counts)

    def _one(self, row, entry, present, backs: dict, archived: list) -> None:
        """Put back what nobody changed since; note what stays."""
        if row.action == Action.WAITING:
            self._withdraw(entry)
        if row.action == Action.NEW and not row.before:
            row.stays = [n for n, v in row.after.items() if not _same(present, n, v)]
            if row.stays:
                self.counts["stay"] += 1
            elif self.kind.can_archive:
                archived.append(entry.pk)
                self._withdraw(entry)
                self.counts["taken_back"] += 1
            elif self._remove(entry):
                self.counts["taken_back"] += 1
            else:
                row.stays = [self.kind.title]
                self.counts["stay"] += 1
            return
        names = row.after.keys() | row.before.keys()
        back = {}
        for name in names:
            if _same(present, name, row.after.get(name)):
                back[name] = row.before.get(name)
            else:
                row.stays.append(name)
        self.counts["stay"] += bool(row.stays)
        if back:
            backs[entry] = backs.get(entry, {}) | self._complete(back)
            self.counts["taken_back"] += 1

    def _reaches(self, row: ImportedRow, present: dict) -> bool:
        """Whether the entry is, and would be again, of who undoes."""
        owners = {self.kind.owner(present), self.kind.owner({**present, **row.before})}
        return all(self.scope.reaches(owner) for owner in owners)

    def _complete(self, back: dict) -> dict:
        """Relations that had nothing are empty, not unknown."""
        declared = self.kind.declared
        several = declared.many.keys() | declared.relations.keys()
        empty = {"translation_state": {}}
        return {
            name: ([] if name in several else empty.get(name))
            if value is None
            else value
            for name, value in back.items()
        }

    def _remove(self, entry) -> bool:
        """A place that nobody uses goes again; it was on no page."""
        uses = ("organisations", "offerings", "schools")
        if any(getattr(entry, name).exists() for name in uses if hasattr(entry, name)):
            return False
        try:
            with transaction.atomic():
                entry.delete()
        except ProtectedError:
            return False
        return True

    def _withdraw(self, entry) -> None:
        """What the import let wait needs no decision any more."""
        if entry.pk in self.waiting:
            waiting.withdraw(entry, by=self.by)

    def _records(self, rows: list[ImportedRow]) -> dict[int, ImportRecord]:
        records = ImportRecord.objects.filter(
            kind=self.job.kind,
            organisation_id=self.job.organisation_id,
            source=self.job.source,
            object_id__in=[row.object_id for row in rows],
        )
        return {record.object_id: record for record in records}

    def _forget(self, record, row: ImportedRow, archived: list) -> None:
        """The next table meets what was there before this one."""
        if record is None or row.former == {} or row.action == Action.ARCHIVED:
            return
        if row.former is not None:
            record.values = row.former["values"]
            record.is_undone = row.former["is_undone"]
            self.records_to_save.append(record)
        elif row.action == Action.NEW and row.object_id in archived:
            record.values, record.is_undone = {}, True
            self.records_to_save.append(record)
        elif not row.stays:
            record.delete()

    def _follow(self, changed: list[int], archived: list[int]) -> None:
        ids = [*changed, *archived]
        fresh = list(self.kind.model._base_manager.filter(pk__in=ids).order_by("pk"))
        if not fresh:
            return
        pks = [entry.pk for entry in fresh]
        if changed:
            self.kind.after(changed)
        text = _("Import undone")
        how = EntryVersion.How.IMPORT
        history.note_many(fresh, by=self.by, how=how, comment=text)
        if self.kind.care:
            sync(self.kind.care, pks, by=self.by)


def _same(present: dict, name: str, value) -> bool:
    return name == "translation_state" or is_same(present.get(name), value)


@transaction.atomic
def _finish(claim: "Claim") -> None:
    found = claim.finish(State.UNDONE)
    audit.record(
        audit.Action.IMPORT_UNDONE,
        by=found.undone_by or found.by,
        about=found,
        kind=found.kind,
        taken_back=found.counts.get("taken_back", 0),
        stay=found.counts.get("stay", 0),
    )
