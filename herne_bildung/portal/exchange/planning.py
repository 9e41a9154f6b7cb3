"""What a row would do: its facts, what is wrong, and what was changed here meanwhile.

Nothing is written here; checking and taking over both plan by this.
"""

from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from herne_bildung.city.versions import history, snapshots, waiting
from herne_bildung.city.versions.snapshots import is_same
from herne_bildung.lib.tables import BadCell, Row
from herne_bildung.lib.tables.cells import is_empty
from herne_bildung.portal.exchange.columns import text_of
from herne_bildung.portal.exchange.kinds import AS_OF, KEY, KINDS, SPECIAL
from herne_bildung.portal.exchange.lookups import Lookups
from herne_bildung.portal.exchange.planned import (
    Planned,
    is_equal,
    moment_in,
    number_in,
)
from herne_bildung.portal.exchange.reading import Assigned
from herne_bildung.portal.exchange.rows import rows_of
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.models import Import, ImportedRow

Action = ImportedRow.Action
EXAMPLE = "beispiel"
LONGEST_KEY = 100


class Planner:
    """Plans rows of one import, with the rights of the person of now."""

    def __init__(self, job: Import, scope: Scope, merged: dict | None = None) -> None:
        self.job, self.scope = job, scope
        self.kind = KINDS[job.kind]
        self.assigned = Assigned.of(job)
        self.lookups = Lookups(scope)
        self.merged = merged or {}
        self.seen: dict[str, int] = {}

    def key_of(self, row: Row) -> str:
        cell = self.assigned.cell(row, KEY.fact)
        return "" if isinstance(cell, BadCell) else text_of(cell).replace("\0", "")

    def is_example(self, row: Row) -> bool:
        return self.key_of(row).casefold().startswith(EXAMPLE)

    def in_order(self, rows: Iterable[Row]) -> list[Row]:
        """All rows but examples, in the order in which they are written."""
        chosen = [row for row in rows if not self.is_example(row)]
        return self.kind.in_order(chosen, self._text)

    def _text(self, row: Row, fact: str) -> str:
        cell = self.assigned.cell(row, fact)
        return "" if isinstance(cell, BadCell) else text_of(cell)

    def note_keys(self, rows: Sequence[Row]) -> set[int]:
        """Numbers of rows whose key another row has too."""
        doubled: set[int] = set()
        for row in rows:
            if key := self.key_of(row).casefold():
                first = self.seen.setdefault(key, row.number)
                if first != row.number:
                    doubled |= {first, row.number}
        return doubled

    def plan(
        self,
        rows: Sequence[Row],
        doubled: Collection[int] = (),
        *,
        with_lock: bool = False,
    ) -> list[Planned]:
        """Rows in order; a fixed number of queries. With lock in a transaction."""
        planned = [Planned(row, self.key_of(row)) for row in rows]
        self._find_entries(planned, with_lock)
        for one in planned:
            if one.row.number in doubled:
                self._problem(one, KEY.fact, _("This key stands in several rows."))
            self._plan(one)
        return planned

    def _find_entries(self, planned: Sequence[Planned], with_lock: bool) -> None:
        keys = {one.key for one in planned}
        numbers = {key: number_in(key) for key in keys}
        own = [key for key, number in numbers.items() if number is None]
        records = {
            row.key: row
            for row in self.scope.records(self.job.kind).filter(key__in=own)
        }
        ids = {row.object_id for row in records.values()}
        ids |= {number for number in numbers.values() if number}
        if with_lock:
            history.lock(self.kind.declared, ids)
        entries = {e.pk: e for e in self.kind.entries(self.scope).filter(pk__in=ids)}
        present = snapshots.take_many(self.kind.declared, entries)
        for one in planned:
            one.record = records.get(one.key)
            number = one.record.object_id if one.record else numbers[one.key]
            one.entry = entries.get(number)
            one.present = present.get(number, {})
            if one.entry is not None and one.record and one.record.is_undone:
                one.is_revived = self.kind.is_archived(one.present)
            if number is not None and one.entry is None:
                text = _("The entry of this key is gone, or is not yours.")
                self._problem(one, KEY.fact, text)

    def _plan(self, one: Planned) -> None:
        self._check_key(one)
        self._read(one)
        if one.is_new:
            defaults = self.kind.defaults(self.scope, self.lookups)
            given = {n: v for n, v in one.said.items() if not is_same(v, None)}
            one.said = {**one.said, **defaults, **given}
        one.said |= self.kind.implied({**one.present, **one.said}, one.present)
        self._check_together(one)
        if one.problems:
            return
        self._merge(one)
        self._check_rights(one)
        one.settle()
        if one.is_new and not one.problems:
            self.lookups.announce(self.kind.name, one.key)

    def _check_key(self, one: Planned) -> None:
        if not one.key:
            self._problem(one, KEY.fact, _("Every row needs a key."))
        elif len(one.key) > LONGEST_KEY:
            text = _("The key is too long: at most %(most)s signs.")
            self._problem(one, KEY.fact, text % {"most": LONGEST_KEY})

    def _read(self, one: Planned) -> None:
        """All facts the row says, and all that is wrong with its cells."""
        for place in range(len(self.assigned.header), len(one.row.cells)):
            if not is_empty(one.row.cells[place]):
                text = _("This row has more cells than there are names of columns.")
                one.problems.append((self.assigned.name(place), text))
                break
        for (row, place), reference in self.merged.items():
            if row == one.row.number and place in self.assigned.columns:
                text = _("Cells are joined here (%(cells)s). Please part them.")
                text = text % {"cells": reference}
                one.problems.append((self.assigned.name(place), text))
        for column in self.assigned.columns.values():
            if column.fact in SPECIAL or column.relation:
                continue
            if column.is_private and not self.scope.reads_notes:
                continue
            cell = self.assigned.cell(one.row, column.fact)
            if is_empty(cell) and column.keeps_if_empty:
                continue
            try:
                value = column.read(cell, self.lookups)
            except ValidationError as error:
                self._problem(one, column.fact, " ".join(error.messages))
                continue
            if is_same(value, None) and column.is_required:
                # Nor is an entry refused for what it never had.
                is_unchanged = one.entry is not None and is_same(
                    one.present.get(column.fact), None
                )
                has_default = column.fact in self.kind.defaults(
                    self.scope, self.lookups
                )
                if not (is_unchanged or has_default):
                    self._problem(one, column.fact, _("This is needed."))
                continue
            one.said[column.fact] = value
        found, problems = rows_of(
            self.assigned, one.row, self.kind, one.present, self.lookups
        )
        one.said |= found
        for fact, text in problems:
            self._problem(one, fact, text)

    def _check_together(self, one: Planned) -> None:
        """Facts that are needed for a new entry, and facts that do not fit."""
        if one.entry is None:
            for column in self.kind.columns:
                is_missing = column.is_required and column.fact not in SPECIAL
                if is_missing and is_same(one.said.get(column.fact), None):
                    known = {name for name, _text in one.problems}
                    if self.assigned.name_of(column.fact) not in known - {""}:
                        text = _("“%(name)s” is needed for a new entry.")
                        text = text % {"name": column.header}
                        self._problem(one, column.fact, text)
        unread = {name for name, _text in one.problems}
        found = list(self.kind.check({**one.present, **one.said}, one.present))
        if one.entry is not None:
            found += self.kind.leads_back(one.entry, one.said)
        for fact, text, *others in found:
            about = (fact, *others)
            names = {self.assigned.name_of(name) for name in about}
            said = [name for name in about if self._is_said(one, name)]
            if said and not (names - {""} & unread):
                self._problem(one, said[0], text)

    def _is_said(self, one: Planned, fact: str) -> bool:
        return fact in self.assigned.facts or fact.partition(".")[0] in one.said

    def _merge(self, one: Planned) -> None:
        """What is written: not what people changed here since the last table, or
        since this one was downloaded here.
        """
        base = one.record.values if one.record else {}
        is_outdated = self._changed_since_download(one)
        for fact, value in one.said.items():
            now = one.present.get(fact)
            if one.entry is not None and is_equal(now, value):
                continue
            if one.is_new or self.job.overwrites:
                may_write = True
            elif is_outdated is not None or not one.record:
                may_write = not is_outdated
            else:
                may_write = is_equal(now, base.get(fact))
            if may_write:
                one.facts[fact] = value
            else:
                one.kept.append(fact)

    def _changed_since_download(self, one: Planned) -> bool | None:
        """Whether somebody changed the entry after this table was downloaded; None
        for a table that was not.
        """
        cell = self.assigned.cell(one.row, AS_OF.fact)
        if one.entry is None or is_empty(cell):
            return None
        moment = moment_in(cell)
        if moment is None:
            self._problem(one, AS_OF.fact, _("This is no moment."))
            return None
        return one.entry.updated_at > moment

    def _check_rights(self, one: Planned) -> None:
        """Rows about others are errors; what may not be published waits."""
        before = self.kind.owner(one.present) if one.entry is not None else None
        after = self.kind.owner({**one.present, **one.facts})
        if self.scope.is_staff:
            owners = {after if isinstance(after, int) else None}
        else:
            owners = {after} | ({before} if one.entry is not None else set())
            if not all(self.scope.reaches(owner) for owner in owners):
                text = _("This belongs to another organisation.")
                self._problem(one, "provider", text)
                return
        self._check_publishing(one, owners)

    def _check_publishing(self, one: Planned, owners: set[int | None]) -> None:
        declared = self.kind.declared
        if not declared.state:
            return
        after = {**one.present, **one.facts}
        was_public = one.entry is not None and declared.is_public_in(one.present)
        may = waiting.may_save(
            self.scope.user,
            declared,
            owners,
            was_public=was_public,
            is_public=declared.is_public_in(after),
        )
        if may:
            return
        if was_public:
            one.is_direct = False
        elif declared.state in one.facts:
            one.asks_to_publish = after[declared.state] == declared.public
            one.facts[declared.state] = declared.drafts[0]
            if one.entry is not None:
                del one.facts[declared.state]

    def _problem(self, one: Planned, fact: str, text: str) -> None:
        one.problems.append((self.assigned.name_of(fact), text))

    def labels(self, facts: Iterable[str]) -> list[str]:
        """Facts as their columns are called."""
        known = self.kind.by_fact
        found = []
        for fact in facts:
            column = known.get(fact) or next(
                (c for c in known.values() if c.relation == fact), None
            )
            if column:
                found.append(column.header)
        return found
