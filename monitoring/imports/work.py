"""What the worker does with files of values: check them, and take them in.

Both go through the whole file. A worker that ends in the middle leaves nothing: its
table goes with its connection, and raw values are written in one transaction with the
state "taken in". The next worker begins anew.
"""

import logging
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.city import audit
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.tables import Row, UnreadableFile
from monitoring.imports import columns, staging
from monitoring.imports.checking import Checker
from monitoring.imports.problems import MOST, Problems
from monitoring.imports.reading import look_at, table_of
from monitoring.imports.rights import may_enter, may_import
from monitoring.imports.sampling import sample
from monitoring.models import ImportRun

logger = logging.getLogger(__name__)
State = ImportRun.State
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 3
# The worker is ended after ten minutes; what waits goes to the next task.
SECONDS = 300
# Rows after which the page sees how far it is.
PORTION = 2_000


class Stop(Exception):
    """The import is no longer ours."""


def work(seconds: float = SECONDS) -> int:
    """Do what waits, one import after the other. Returns how many were worked on."""
    number, end = 0, time.monotonic() + seconds
    with override(DEFAULT_LANGUAGE):
        while time.monotonic() < end and (run := _claim()):
            _work_on(run)
            number += 1
    return number


@transaction.atomic
def _claim() -> ImportRun | None:
    """The oldest import that waits and that no other worker has."""
    now = clock.now()
    free = ImportRun.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now),
        state__in=ImportRun.AT_WORK,
    ).order_by("created_at", "pk")
    run = free.select_for_update(skip_locked=True, of=("self",)).first()
    if run is None:
        return None
    run.claimed_until, run.attempts = now + CLAIM, run.attempts + 1
    if run.attempts > MOST_ATTEMPTS:
        _end(run, State.FAILED, _("The worker ended several times at this file."))
        return _claim()
    if run.state == State.WAITING:
        run.state = State.CHECKING
    run.rows_done = 0
    run.save(update_fields=["claimed_until", "attempts", "state", "rows_done"])
    return run


def _work_on(run: ImportRun) -> None:
    try:
        _go_through(run)
    except Stop:
        logger.warning("import of values %s: another worker has it", run.pk)
    except UnreadableFile as error:
        _give_up(run, State.REFUSED, str(error))
    except PermissionDenied:
        text = _("The person who handed it in may not do that any more.")
        _give_up(run, State.REFUSED, text)
    except DatabaseError as error:
        # Such as a server that restarts: tried again, three times at most.
        logger.warning("import of values %s: %s", run.pk, error)
        _ours(run).update(claimed_until=None)
    except Exception:
        _give_up(run, State.FAILED, _("An error of the portal; nothing was taken in."))
        raise


def _go_through(run: ImportRun) -> None:
    """Check the whole file; write it, if that was said and nothing is wrong."""
    is_writing = run.state == State.WRITING
    look_at(run)
    if refusal := columns.wrong_mapping(run):
        run.refusal = refusal
        _finish(run, State.MAPPING)
        return
    person = run.started_by
    if person is None or not may_enter(person):
        raise PermissionDenied
    checker = Checker(run, lambda indicator: may_import(person, indicator))
    with staging.table():
        _stage(run, checker)
        run.indicator_ids = sorted(checker.written)
        run.rows, run.left_out = checker.counts.rows, checker.counts.left_out
        run.rounded = checker.counts.rounded
        _add_duplicates(checker)
        if checker.problems.count:
            _refuse(run, checker.problems)
        elif is_writing:
            _write(run, checker)
        else:
            counts = staging.counts(run.indicator_ids)
            run.added, run.changed, run.unchanged = counts
            run.sample = sample(run, checker)
            run.errors, run.error_count = [], 0
            _finish(run, State.CHECKED)


def _stage(run: ImportRun, checker: Checker) -> None:
    """Put all rows without errors beside the raw values, with progress."""
    rows = table_of(run).rows
    while portion := list(islice(rows, PORTION)):
        staging.add(_values(checker, portion))
        claimed_until = clock.now() + CLAIM
        is_ours = _ours(run).update(
            rows_done=checker.counts.rows, claimed_until=claimed_until
        )
        if not is_ours:
            raise Stop
        run.claimed_until = claimed_until
    staging.analyze()


def _values(checker: Checker, rows: list[Row]) -> Iterator[tuple]:
    for row in rows:
        yield from checker.values(row)


def _add_duplicates(checker: Checker) -> None:
    found, count = staging.duplicates(MOST)
    for row, place, first_row, first_place in found:
        values = {"row": first_row, "column": checker.name(first_place)}
        text = _(
            "The value of this area, period and breakdown stands in row %(row)s "
            "already (column %(column)s). Remove one of the two."
        )
        checker.problems.add(row, checker.name(place), text % values)
    checker.problems.count += count - len(found)


def _refuse(run: ImportRun, problems: Problems) -> None:
    run.errors, run.error_count = problems.in_order(), problems.count
    run.added = run.changed = run.unchanged = 0
    run.sample = []
    _finish(run, State.REFUSED)


@transaction.atomic
def _write(run: ImportRun, checker: Checker) -> None:
    """All values or none; together with the state of the import."""
    staging.lock(run.indicator_ids)
    run.added, run.changed = staging.write(run.indicator_ids)
    run.unchanged = checker.counts.values - run.added - run.changed
    run.content = None
    _finish(run, State.DONE, "content")
    audit.record(
        audit.Action.IMPORTED,
        by=run.started_by,
        about=run,
        new=run.added,
        changed=run.changed,
        same=run.unchanged,
    )


@transaction.atomic
def _finish(run: ImportRun, state: str, *further: str) -> None:
    """Save what was found, unless another worker has it meanwhile."""
    if not _ours(run).select_for_update(of=("self",)).exists():
        raise Stop
    run.state, run.claimed_until, run.attempts = state, None, 0
    if state not in {State.MAPPING, State.CHECKED}:
        run.finished_at = clock.now()
    run.rows_done = run.rows
    names = {field.name for field in ImportRun._meta.concrete_fields}
    run.save(update_fields=sorted(names - {"id", "content"} | set(further)))


def _give_up(run: ImportRun, state: str, text: str) -> None:
    if _ours(run).exists():
        _end(run, state, text)


def _end(run: ImportRun, state: str, text: str) -> None:
    run.state, run.refusal, run.claimed_until = state, text[:500], None
    run.finished_at = clock.now()
    names = ["state", "refusal", "claimed_until", "finished_at", "header", "mapping"]
    run.save(update_fields=names)


def _ours(run: ImportRun):
    return ImportRun.objects.filter(pk=run.pk, claimed_until=run.claimed_until)
