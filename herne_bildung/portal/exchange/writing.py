"""What was planned, written: entries, their history, records for the next table."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.versions import history, waiting
from herne_bildung.city.versions.snapshots import Snapshot, delta
from herne_bildung.freshness.actions.confirmations import Said
from herne_bildung.freshness.actions.entries import confirm_many, locked_entries
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.freshness.pace import Pace
from herne_bildung.lib import many_rows
from herne_bildung.portal.exchange.creating import Slugs, create_many
from herne_bildung.portal.exchange.kinds import Facts
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
        written: list[Planned] = []
        fresh = [one for one in planned if _is_fresh(one)]
        known = [one for one in planned if _is_known(one)]
        done = self._at_once(self._create, fresh) | self._at_once(self._change, known)
        for one in planned:
            if one.problems:
                continue
            if one.row.number in done or self._write_one(one):
                written.append(one)
        changed = [one.entry for one in written if one.facts and one.is_direct]
        after = self._follow(changed)
        self._ask_to_publish(written)
        rows = [
            self._row(one, after.get(one.entry.pk, one.present))
            for one in written
            if one.action
        ]
        many_rows.insert(rows)
        self._keep_records(written)
        if self.job.confirms:
            self._confirm([one.entry.pk for one in written if self._fits(one)])
        return rows

    def _at_once(
        self, write: Callable[[Sequence[Planned]], None], rows: Sequence[Planned]
    ) -> set[int]:
        """Numbers of rows that were written together; none where the database refuses
        one of them: then each is tried alone.
        """
        try:
            with transaction.atomic():
                write(rows)
        except (IntegrityError, DataError, ValidationError):
            return set()
        return {one.row.number for one in rows}

    def _create(self, rows: Sequence[Planned]) -> None:
        entries = create_many(self.kind, [one.facts for one in rows], self.slugs)
        for one, entry in zip(rows, entries, strict=True):
            self._made(one, entry)

    def _change(self, rows: Sequence[Planned]) -> None:
        chosen: dict[Model, Facts] = {}
        for one in rows:
            chosen[one.entry] = chosen.get(one.entry, {}) | one.facts
        self.kind.write_many(chosen)

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
                    self.kind.write_many({entry: facts})
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

    def _follow(self, entries: Sequence[Model]) -> dict[int, Snapshot]:
        """Search, history and care learn of the changes. Returns what entries say."""
        if not entries:
            return {}
        ids = [entry.pk for entry in entries]
        self.kind.after(ids)
        versions = history.note_many(
            entries, by=self.scope.user, how=How.IMPORT, comment=self.job.file_name
        )
        if self.kind.care:
            sync(self.kind.care, ids, by=self.scope.user, pace=self.pace)
        return {version.object_id: version.snapshot for version in versions}

    def _ask_to_publish(self, written: Sequence[Planned]) -> None:
        for one in written:
            if one.asks_to_publish:
                waiting.ask_to_publish(one.entry, by=self.scope.user)

    def _row(self, one: Planned, after: Snapshot) -> ImportedRow:
        before = one.present
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
        many_rows.insert(fresh)
        many_rows.update(known, ["values", "object_id", "is_undone"])

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


def _is_fresh(one: Planned) -> bool:
    """A new entry that names no other row of the table: made with many."""
    return not one.problems and one.entry is None and not _names_others(one.facts)


def _is_known(one: Planned) -> bool:
    """An entry that is changed at once, and names no other row of the table."""
    is_changed = one.entry is not None and bool(one.facts) and one.is_direct
    return is_changed and not one.problems and not _names_others(one.facts)


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
