"""Facts of a council's system as rows; what people wrote here is never lost.

Each row remembers what the server last said of it (`oparl_values`). A field is written
only where it still holds that, or nothing, or less of a day than the server knows. An
empty value of the server erases nothing. What the server deleted stays as a tombstone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from goals.choices import Publication
from goals.models import (
    Consultation,
    CouncilPaper,
    OParlSource,
    OParlWarning,
    PaperFile,
)
from goals.models.paper import FromOParl
from goals.oparl.problems import Problems
from goals.oparl.reading import Paper, Part
from goals.papers.search import reindex_papers
from herne_bildung.city.models import EntryVersion, Organisation
from herne_bildung.city.versions import has_history, note, noted

Kind = OParlWarning.Kind
LONGEST_SOURCE = 200
DAYS = {"dated", "day"}


class Outcome(StrEnum):
    """What became of a paper of the server."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DELETED = "deleted"
    SKIPPED = "skipped"


@dataclass(slots=True)
class Merged:
    """Names of fields: written, and left as they were changed here."""

    written: list[str]
    kept: list[str]


@transaction.atomic
def write(paper: Paper, source: OParlSource, problems: Problems) -> Outcome:
    """Write a paper with its parts; once again changes nothing."""
    rows = CouncilPaper.objects.select_for_update()
    found = rows.filter(oparl_id=paper.oparl_id).first()
    if paper.is_deleted:
        return _bury(found, paper.modified)
    if found is None:
        slug = f"{paper.year}-{paper.number}".lower()
        found = rows.filter(slug=slug).first()
        if found and found.oparl_id and not found.oparl_deleted:
            problems.add(Kind.NUMBER_TAKEN, paper.oparl_id, found.reference)
            return Outcome.SKIPPED
    if found is None:
        return _create(paper, source, problems)
    with noted([found], by=None, how=EntryVersion.How.IMPORT):
        return _update(found, paper, source, problems)


def is_known(paper: Paper) -> bool:
    """Whether all that the server has of a paper is here, by its own moment."""
    return paper.modified is not None and (
        CouncilPaper.objects.filter(
            oparl_id=paper.oparl_id,
            oparl_modified=paper.modified,
            oparl_deleted=paper.is_deleted,
        ).exists()
    )


def _bury(found: CouncilPaper | None, modified: datetime | None) -> Outcome:
    """Deleted there: public no more, and everything noted here stays."""
    if found is None or found.oparl_deleted:
        return Outcome.UNCHANGED
    found.oparl_deleted, found.oparl_modified = True, modified
    found.save()
    reindex_papers([found.pk])
    return Outcome.DELETED


def _create(paper: Paper, source: OParlSource, problems: Problems) -> Outcome:
    is_public = source.publishes_at_once
    website = paper.values["website"] or paper.oparl_id
    made = CouncilPaper(
        year=paper.year,
        number=paper.number,
        state=Publication.PUBLISHED if is_public else Publication.INTERNAL,
        source_title=source.name,
        source_url=website if len(website) <= LONGEST_SOURCE else "",
        licence=paper.licence,
        oparl_source=source,
        oparl_id=paper.oparl_id,
        oparl_modified=_moment(paper),
        title_de=paper.values["title_de"],
    )
    merge(made, paper.values)
    made.save()
    _write_parts(made, paper, problems)
    if has_history(CouncilPaper):
        note(made, by=None, how=EntryVersion.How.IMPORT)
    reindex_papers([made.pk])
    return Outcome.NEW


def _update(
    found: CouncilPaper, paper: Paper, source: OParlSource, problems: Problems
) -> Outcome:
    is_other = (
        found.oparl_id != paper.oparl_id
        or found.oparl_source_id != source.pk
        or found.oparl_deleted
        or found.oparl_modified != _moment(paper)
    )
    said_before = dict(found.oparl_values)
    merged = merge(found, paper.values)
    if merged.kept:
        problems.add(Kind.KEPT, paper.oparl_id, ", ".join(merged.kept))
    was_changed = bool(merged.written) or found.oparl_deleted
    found.oparl_id, found.oparl_deleted = paper.oparl_id, False
    found.oparl_modified, found.oparl_source = _moment(paper), source
    if is_other or merged.written or found.oparl_values != said_before:
        found.save()
    was_changed |= _write_parts(found, paper, problems)
    if not was_changed:
        return Outcome.UNCHANGED
    reindex_papers([found.pk])
    return Outcome.CHANGED


def _moment(paper: Paper) -> datetime | None:
    """When the server says it changed; None while parts of it are missing, so that it
    is read again.
    """
    return None if paper.unread else paper.modified


def merge(entry: FromOParl, values: dict[str, str]) -> Merged:
    """Take over what the server says, field by field; the entry is not saved."""
    merged = Merged([], [])
    for name, wanted in values.items():
        present = getattr(entry, name) or ""
        said = entry.oparl_values.get(name)
        if not wanted:
            continue
        if present == wanted:
            pass
        elif present == said or (said is None and _is_less(name, present, wanted)):
            setattr(entry, name, wanted)
            merged.written.append(name)
        elif said != wanted:
            merged.kept.append(name)
        entry.oparl_values = {**entry.oparl_values, name: wanted}
    return merged


def _is_less(name: str, present: str, wanted: str) -> bool:
    """Whether what stands here is nothing, or less of the same day."""
    return not present or (name in DAYS and wanted.startswith(present))


def _write_parts(found: CouncilPaper, paper: Paper, problems: Problems) -> bool:
    """Consultations and attachments; whether any of them changed."""
    changed = False
    if paper.consultations is not None:
        rows = list(found.consultations.select_for_update())
        changed |= _write_rows(
            found, Consultation, rows, paper.consultations, paper.unread, problems
        )
    if paper.files is not None:
        files = list(found.files.select_for_update())
        changed |= _write_rows(
            found, PaperFile, files, paper.files, paper.unread, problems
        )
    return changed


def _write_rows(
    paper: CouncilPaper,
    model: type[Consultation] | type[PaperFile],
    rows: Sequence[FromOParl],
    parts: Sequence[Part],
    unread: frozenset[str],
    problems: Problems,
) -> bool:
    changed = False
    taken: set[int] = set()
    for order, part in enumerate(parts):
        row = _row_for(part, [row for row in rows if row.pk not in taken])
        if row is None and part.is_deleted:
            continue
        is_new = row is None
        row = row or model(paper=paper, order=order)
        if is_new and model is Consultation:
            row.organisation = _organisation(part.values["committee"])
        changed |= _write_row(row, part, problems)
        taken.add(row.pk)
    if "" not in unread:
        changed |= _bury_rows(rows, taken, unread)
    return changed


def _row_for(part: Part, rows: Iterable[FromOParl]) -> FromOParl | None:
    """The row of a part: by its address, else one made by hand that says the same."""
    rows = list(rows)
    if part.oparl_id:
        for row in rows:
            if row.oparl_id == part.oparl_id:
                return row
    for row in rows:
        has_own = row.oparl_id is not None and row.oparl_id != part.oparl_id
        if not has_own and _is_same(row, part.values):
            return row
    return None


def _is_same(row: FromOParl, values: dict[str, str]) -> bool:
    if isinstance(row, Consultation):
        is_same_day = values.get("day", "").startswith(row.day)
        return row.committee == values.get("committee") and is_same_day
    same_url = not row.url or row.url == values.get("url")
    return row.name == values.get("name") and same_url


def _write_row(row: FromOParl, part: Part, problems: Problems) -> bool:
    before = (row.pk, row.oparl_id, row.oparl_deleted, dict(row.oparl_values))
    merged = merge(row, part.values)
    if merged.kept:
        address = part.oparl_id or row.paper.oparl_id
        problems.add(Kind.KEPT, address, ", ".join(merged.kept))
    row.oparl_id = part.oparl_id or row.oparl_id
    row.oparl_deleted = part.is_deleted
    row.oparl_modified = part.modified
    after = (row.pk, row.oparl_id, row.oparl_deleted, row.oparl_values)
    if row.pk is None or before != after:
        row.save()
        return True
    return False


def _bury_rows(
    rows: Iterable[FromOParl], taken: set[int], unread: frozenset[str]
) -> bool:
    """Parts of the server's that it names no more; those entered here stay."""
    changed = False
    for row in rows:
        is_gone = row.oparl_id and row.pk not in taken and row.oparl_id not in unread
        if is_gone and not row.oparl_deleted:
            row.oparl_deleted = True
            row.save()
            changed = True
    return changed


def _organisation(committee: str) -> Organisation | None:
    """The committee in the list of organisations, where one bears this very name."""
    found = Organisation.objects.filter(name_de__iexact=committee)[:2]
    return found[0] if len(found) == 1 else None
