"""Checking a table: what it would do, and all that is wrong; nothing is written."""

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from herne_bildung.lib.tables import UnreadableFile
from herne_bildung.portal.exchange.planned import Planned, count, problems_in
from herne_bildung.portal.exchange.planning import Planner
from herne_bildung.portal.exchange.reading import (
    missing_columns,
    proposed_mapping,
    table_of,
)
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.exchange.vanished import vanished_records
from herne_bildung.portal.models import Import, ImportProblem

if TYPE_CHECKING:
    from herne_bildung.portal.exchange.work import Claim

BATCH = 500
PREVIEW = 100
# Beyond that a table is wrong as a whole; the number is told.
MOST_PROBLEMS = 20_000
State = Import.State


def check(job: Import, claim: "Claim") -> None:
    """Plan all rows and note what they would do. Begins anew each time. UnreadableFile
    for a table that says nothing.
    """
    table = table_of(job)
    if job.header != table.header or not job.mapping:
        job.header = table.header
        job.mapping = proposed_mapping(job, table.header)
    if missing_columns(job):
        _ask_for_columns(job, claim)
        return
    planner = Planner(job, Scope.of(job), table.merged)
    rows = planner.in_order(table.rows)
    if not rows:
        raise UnreadableFile(_("The table has no rows, or only those of the example."))
    _begin(job, claim, len(rows))
    doubled = planner.note_keys(rows)
    counts, preview, keys = Counter(), [], set()
    waiting = iter(rows)
    while portion := list(islice(waiting, BATCH)):
        planned = planner.plan(portion, doubled)
        for one in planned:
            keys.add(one.key)
            count(counts, one)
            if one.action and not one.problems and len(preview) < PREVIEW:
                preview.append(_shown(planner, one))
        _keep_problems(job, claim, planned, counts)
    _finish(job, claim, counts, preview, vanished_records(job, keys))


@transaction.atomic
def _ask_for_columns(job: Import, claim: "Claim") -> None:
    found = claim.hold()
    found.header, found.mapping = job.header, job.mapping
    found.state, found.claimed_until, found.attempts = State.MAPPING, None, 0
    found.save(
        update_fields=["header", "mapping", "state", "claimed_until", "attempts"]
    )


@transaction.atomic
def _begin(job: Import, claim: "Claim", total: int) -> None:
    found = claim.hold()
    found.problems.all().delete()
    found.header, found.mapping = job.header, job.mapping
    found.total, found.done = total, 0
    claim.renew(found, "header", "mapping", "total", "done")


@transaction.atomic
def _keep_problems(
    job: Import, claim: "Claim", planned: list[Planned], counts: Counter
) -> None:
    """All problems of these rows, and how far we are."""
    found = claim.hold()
    problems = problems_in(job, planned)
    room = max(0, MOST_PROBLEMS - counts["problems"])
    counts["problems"] += len(problems)
    ImportProblem.objects.bulk_create(problems[:room], batch_size=1000)
    found.done += len(planned)
    claim.renew(found, "done")


@transaction.atomic
def _finish(
    job: Import, claim: "Claim", counts: Counter, preview: list, vanished: tuple
) -> None:
    found = claim.hold()
    records, known = vanished
    counts["vanished"], counts["known"] = len(records), known
    found.counts, found.preview = dict(counts), preview
    found.state, found.claimed_until, found.attempts = State.CHECKED, None, 0
    found.save(
        update_fields=["counts", "preview", "state", "claimed_until", "attempts"]
    )


def _shown(planner: Planner, one: Planned) -> dict:
    """A row for people to look at before they say yes."""
    name = one.said.get(planner.kind.title) or one.present.get(planner.kind.title)
    is_new = one.is_new
    return {
        "row": one.row.number,
        "action": one.action,
        "title": str(name or one.key)[:200],
        "facts": [] if is_new else planner.labels(one.facts),
        "kept": planner.labels(one.kept),
    }
