"""What people do with files of values: hand in, say what columns are, take in."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from herne_bildung.city.models import User
from herne_bildung.lib import clock
from herne_bildung.lib.waking import wake_after_commit
from monitoring.imports import columns
from monitoring.imports.rights import may_enter, may_import, may_take_in
from monitoring.models import ImportRun, Indicator

State = ImportRun.State
# A second click on the same button hands in nothing new.
SAME_WITHIN = timedelta(minutes=10)
CONTENT_KEPT = timedelta(days=1)


class NotNow(Exception):
    """The import is in another state than the button was for."""


@transaction.atomic
def hand_in(
    *, indicator: Indicator | None, file_name: str, data: bytes, by: User
) -> ImportRun:
    """Keep a file for the worker to check. PermissionDenied without the right; the
    same file handed in twice within minutes is one import.
    """
    if not may_enter(by) or (indicator and not may_import(by, indicator)):
        raise PermissionDenied
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    digest = hashlib.sha256(data).hexdigest()
    recent = ImportRun.objects.defer("content").filter(
        started_by=by,
        indicator=indicator,
        digest=digest,
        file_name=file_name[:200],
        state__in=(*ImportRun.AT_WORK, State.MAPPING, State.CHECKED),
        created_at__gte=clock.now() - SAME_WITHIN,
    )
    for run in recent:
        return run
    run = ImportRun.objects.create(
        indicator=indicator,
        file_name=file_name[:200],
        content=data,
        digest=digest,
        started_by=by,
        created_at=clock.now(),
    )
    wake_worker()
    return run


@transaction.atomic
def assign(
    run: ImportRun, mapping: Sequence[str], decimal_sign: str, *, by: User
) -> ImportRun:
    """The person says what each column is; the file is checked anew."""
    found = _in_state(run, State.MAPPING, State.CHECKED, State.REFUSED, by=by)
    known = {one.target for one in columns.choices(found, columns.dimensions_of(found))}
    chosen: list[str] = []
    for target in mapping[: len(found.header)]:
        is_free = target in known and target not in chosen
        chosen.append(target if is_free else "")
    found.mapping, found.decimal_sign = chosen, decimal_sign
    found.refusal = columns.wrong_mapping(found)
    if found.refusal or not _has_content(found):
        found.state = State.MAPPING
        found.save(update_fields=["mapping", "decimal_sign", "refusal", "state"])
        return found
    _queue(found, State.WAITING)
    return found


@transaction.atomic
def take_in(run: ImportRun, *, by: User) -> ImportRun:
    """Let the worker write a checked file. NotNow for a second click."""
    found = _in_state(run, State.CHECKED, by=by)
    if not may_take_in(by, found):
        raise PermissionDenied
    if not _has_content(found):
        raise NotNow
    found.started_by = by
    _queue(found, State.WRITING)
    return found


@transaction.atomic
def try_again(run: ImportRun, *, by: User) -> ImportRun:
    """Check again what broke off; nothing of it was written."""
    found = _in_state(run, State.FAILED, by=by)
    if not _has_content(found):
        raise NotNow
    found.started_by = by
    _queue(found, State.WAITING)
    return found


@transaction.atomic
def discard(run: ImportRun, *, by: User) -> ImportRun:
    """The person does not want it; the file goes at once."""
    states = (State.MAPPING, State.CHECKED, State.REFUSED, State.FAILED)
    found = _in_state(run, *states, by=by)
    found.state, found.finished_at = State.DISCARDED, clock.now()
    found.content, found.sample, found.errors = None, [], []
    found.save(update_fields=["state", "finished_at", "content", "sample", "errors"])
    return found


def clean_up() -> int:
    """After a day nothing of a file is left, after some months nothing of the import.
    Returns how many imports lost something.
    """
    now = clock.now()
    rows = ImportRun.objects.exclude(state__in=ImportRun.AT_WORK)
    old = rows.filter(created_at__lt=now - CONTENT_KEPT)
    old.filter(state__in=(State.MAPPING, State.CHECKED)).update(
        state=State.DISCARDED, finished_at=now
    )
    has_words = ~Q(content=None) | ~Q(sample=[]) | ~Q(errors=[])
    number = old.filter(has_words).update(content=None, sample=[], errors=[])
    kept = timedelta(days=settings.IMPORTS_KEPT_DAYS)
    gone, _rows = rows.filter(created_at__lt=now - kept).delete()
    return number + gone


def wake_worker() -> None:
    """After the commit; should the call be lost, beat finds the import."""
    # Here, because the tasks call this package.
    from monitoring.tasks import import_values

    wake_after_commit(import_values)


def _in_state(run: ImportRun, *states: str, by: Any) -> ImportRun:
    """The import as it is now, locked; NotNow when its state is another."""
    if not may_enter(by):
        raise PermissionDenied
    rows = ImportRun.objects.select_for_update(of=("self",)).defer("content")
    found = rows.filter(pk=run.pk, state__in=states).first()
    if found is None:
        raise NotNow
    if found.indicator and not may_import(by, found.indicator):
        raise PermissionDenied
    return found


def _has_content(run: ImportRun) -> bool:
    return ImportRun.objects.filter(pk=run.pk, content__isnull=False).exists()


def _queue(run: ImportRun, state: str) -> None:
    run.state, run.attempts, run.claimed_until = state, 0, None
    run.rows_done, run.refusal, run.finished_at = 0, "", None
    run.save(
        update_fields=[
            "state", "attempts", "claimed_until", "rows_done", "refusal", "finished_at",
            "mapping", "decimal_sign", "started_by",
        ]
    )  # fmt: skip
    wake_worker()
