"""Starting imports of council papers, and going on with those that broke off."""

from datetime import datetime
from typing import Any

from django.db import transaction

from goals.models import OParlRun, OParlSource
from goals.oparl.running import since_for
from herne_bildung.city import audit
from herne_bildung.city.models import User
from herne_bildung.lib.waking import wake_after_commit

State = OParlRun.State
# Meant as "everything", not as "since the last time".
EVERYTHING = object()


@transaction.atomic
def start(
    source: OParlSource, *, by: User | None = None, since: datetime | Any = None
) -> OParlRun:
    """Let the worker fetch what changed since the last complete run, since a moment, or
    EVERYTHING. One that waits, works or broke off is gone on with instead.
    """
    source = OParlSource.objects.select_for_update().get(pk=source.pk)
    run = source.runs.select_for_update().exclude(state=State.DONE).first()
    if run is None:
        if since is EVERYTHING:
            since = None
        elif since is None:
            since = since_for(source)
        run = OParlRun.objects.create(source=source, since=since)
    elif run.state == State.BROKEN:
        run.state, run.trouble, run.finished_at = State.WAITING, "", None
        run.attempts = 0
        run.save()
    if by is not None:
        audit.record(audit.Action.IMPORTED, by=by, about=run, kind="oparl")
    wake_worker()
    return run


@transaction.atomic
def give_up(run: OParlRun) -> None:
    """Leave a run that broke off as it is; the next one begins anew."""
    OParlRun.objects.filter(pk=run.pk, state=State.BROKEN).update(state=State.DONE)


def start_all() -> int:
    """Each night: all sources that are active. Returns how many."""
    sources = OParlSource.objects.filter(is_active=True)
    return len([start(source) for source in sources])


def wake_worker() -> None:
    """After the commit; should the call be lost, beat finds the run."""
    # Here, because the tasks call this package.
    from goals.tasks import import_council_papers

    wake_after_commit(import_council_papers)
