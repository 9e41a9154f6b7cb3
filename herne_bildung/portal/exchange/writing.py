"""What was planned, written: entries, their history, records for the next table."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.snapshots import delta
from herne_bildung.freshness.actions.confirmations import Said
from herne_bildung.freshness.actions.entries import confirm_many, locked_entries
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.freshness.pace import Pace
from herne_bildung.portal.exchange.creating import Slugs, create_many
from herne_bildung.portal.exchange.planned import Planned, is_of_portal
from herne_bildung.portal.exchange.planning import Planner
from herne_bildung.portal.models import Import, ImportedRow, ImportRecord

How = EntryVersion.How


class Writer:
    """Writes planned rows of one import, in the caller's transaction."""

    def __init__(self, job: Import, planner: Planner) -> None:
        self.job, self.planner = job, planner
        self.kind, self.scope = planner.kind, planner.scope
        self.pace = Pace()
        has_slug = hasattr(self.kind.model, "slug")
        self.slugs = Slugs(self.kind.model) if has_slug else None

    def write(self, planned: Sequence[Planned]) -> list[ImportedRow]:
        """Returns what became of rows that did something; faults become problems."""
        entries = [one.entry for one in planned if one.entry and one.facts]
        history.begin(entries)
        before = self._snapshots(entries)
        written: list[Planned] = []
        created = self._create([one for one in planned if self._is_fresh(one)])
        for one in planned:
            if one.problems:
                continue
            if one.row.number in created or self._write_one(one):
                written.append(one)
        changed = [one.entry.pk for one in written if one.facts and one.is_direct]
        self._follow(changed)
        after = self._snapshots([one.entry for one in written])
        self._ask_to_publish(written)
        rows = [
            self._row(one, before.get(one.entry.pk, {}), after[one.entry.pk])
            for one in written
            if one.action
        ]
        ImportedRow.objects.bulk_create(rows)
        self._keep_records(written)
        if self.job.confirms:
            self._confirm([one.entry.pk for one in written if self._fits(one)])
        return rows

    def _snapshots(self, entries: Iterable[Any]) -> dict[int, dict]:
        return snapshots.take_many(self.kind.declared, [e.pk for e in entries])

    def _is_fresh(self, one: Planned) -> bool:
        """A new entry that names no other row of the table: made with many."""
        return not one.problems and one.entry is None and not _names_others(one.facts)

    def _create(self, fresh: Sequence[Planned]) -> set[int]:
        """New entries at once; numbers of their rows. None where the database refuses
        one of them: then each is tried alone.
        """
        try:
            with transaction.atomic():
                entries = create_many(self.kind, [p.facts for p in fresh], self.slugs)
        except (IntegrityError, DataError, ValidationError):
            return set()
        for one, entry in zip(fresh, entries, strict=True):
            self._made(one, entry)
        return {one.row.number for one in fresh}

    def _made(self, one: Planned, entry: Any) -> None:
        self.planner.lookups.made(self.kind.name, one.key, entry.pk, str(entry))
        one.entry = entry

    def _write_one(self, one: Planned) -> bool:
        """Whether it could be written; what the database refuses is a problem."""
        if not one.facts and one.entry is not None:
            return True
        try:
            with transaction.atomic():
                facts = {n: self._settled(n, v) for n, v in one.facts.items()}
                if one.entry is not None and not one.is_direct:
                    waiting.store(one.entry, facts, by=self.scope.user)
                    return True
                entry = one.entry
                if entry is None:
                    [entry] = create_many(self.kind, [facts], self.slugs)
                else:
                    self.kind.write(entry, facts)
        except ValidationError as error:
            one.problems.append(("", " ".join(error.messages)[:400]))
        except (IntegrityError, DataError):
            one.problems.append(("", _("The facts of this row do not fit together.")))
        else:
            if one.entry is None:
                self._made(one, entry)
            return True
        return False

    def _settled(self, fact: str, value: Any) -> Any:
        """Entries that other rows of the table made are known by now."""
        to = getattr(self.kind.by_fact.get(fact), "to", "")
        if not to:
            return value
        settled = self.planner.lookups.settled
        if isinstance(value, list):
            return sorted({settled(to, one) for one in value})
        return settled(to, value)

    def _follow(self, ids: Sequence[int]) -> None:
        """Search, history and care learn of the changes."""
        if not ids:
            return
        self.kind.after(ids)
        fresh = self.kind.model._base_manager.in_bulk(list(ids))
        history.note_many(
            list(fresh.values()),
            by=self.scope.user,
            how=How.IMPORT,
            comment=self.job.file_name,
        )
        if self.kind.care:
            sync(self.kind.care, ids, by=self.scope.user, pace=self.pace)

    def _ask_to_publish(self, written: Sequence[Planned]) -> None:
        for one in written:
            if one.asks_to_publish:
                waiting.ask_to_publish(one.entry, by=self.scope.user)

    def _row(self, one: Planned, before: dict, after: dict) -> ImportedRow:
        return ImportedRow(
            imported=self.job,
            row=one.row.number,
            action=one.action,
            object_id=one.entry.pk,
            title=str(one.entry)[:200],
            before=delta(after, before) if before else {},
            after=delta(before, after),
            kept=one.kept,
            former={} if is_of_portal(one.key) else _as_json(one.record),
        )

    def _keep_records(self, written: Sequence[Planned]) -> None:
        """What this table said, for facts that hold it now; and for new keys."""
        fresh, known = [], []
        for one in written:
            if is_of_portal(one.key):
                continue
            held = {n: v for n, v in one.said.items() if n not in one.kept}
            held = {name: self._settled(name, value) for name, value in held.items()}
            if not one.is_direct:
                held = {n: v for n, v in held.items() if n not in one.facts}
            record = one.record or ImportRecord(
                kind=self.job.kind,
                organisation_id=self.job.organisation_id,
                source=self.job.source,
                key=one.key,
            )
            values = {**record.values, **held}
            is_same = record.pk and values == record.values
            record.values, record.object_id = values, one.entry.pk
            if record.pk is None:
                fresh.append(record)
            elif not is_same or record.is_undone:
                record.is_undone = False
                known.append(record)
        ImportRecord.objects.bulk_create(fresh)
        ImportRecord.objects.bulk_update(known, ["values", "object_id", "is_undone"])

    def _fits(self, one: Planned) -> bool:
        """Whether the entry says what the table says."""
        return one.is_direct and not one.kept

    def _confirm(self, ids: Sequence[int]) -> None:
        """The person says that these facts are true as of today."""
        if not (self.kind.care and ids):
            return
        sync(self.kind.care, ids, by=self.scope.user, pace=self.pace)
        rows = MaintainedEntry.objects.filter(
            kind=self.kind.care, object_id__in=ids, is_public=True
        )
        locked = locked_entries(rows.values_list("pk", flat=True))
        said = [Said(row, list(row.groups)) for row in locked.values() if row.groups]
        confirm_many(
            said, how=Confirmation.How.IMPORT, by=self.scope.user, pace=self.pace
        )


def _names_others(facts: dict) -> bool:
    """Whether entries are meant that other rows of the table make."""
    for value in facts.values():
        parts = value if isinstance(value, list) else [value]
        if any(isinstance(one, dict) and set(one) == {"key"} for one in parts):
            return True
    return False


def _as_json(record: ImportRecord | None) -> dict | None:
    if record is None or record.pk is None:
        return None
    return {"values": dict(record.values), "is_undone": record.is_undone}
