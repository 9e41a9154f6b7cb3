"""What people do with tables: hand in, assign columns, take over, undo, discard."""

import hashlib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from herne_bildung.city.models import Membership, User
from herne_bildung.city.rights import (
    LEADS,
    OFFICE,
    managed_organisations,
    sees_everything,
)
from herne_bildung.lib import clock
from herne_bildung.lib.waking import wake_after_commit
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.exchange.reading import missing_columns, remember_mapping
from herne_bildung.portal.exchange.scope import Scope
from herne_bildung.portal.exchange.vanished import is_large_share
from herne_bildung.portal.models import Import, ImportedRow

State = Import.State
# A second click on the same button hands in nothing new.
SAME_WITHIN = timedelta(minutes=10)
NOT_TAKEN_OVER = (State.MAPPING, State.CHECKED, State.REFUSED, State.DISCARDED)


# Who reaches entries of all organisations, as superusers do.
GROUPS_ABOVE = (OFFICE, LEADS)


class NotNow(Exception):
    """The import is in another state than the button was for."""


class NeedsMore(NotNow):
    """A tick is missing; `names` are those of the ticks."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(*names)
        self.names = names


def imports_of(user: Any) -> QuerySet[Import]:
    """Imports a person may see: staff all, others those for their organisations, their
    own and those of people who manage nothing beyond. A table of staff, or of somebody
    who manages more, may be about entries this person must not see.
    """
    every = Import.objects.defer("file").select_related("organisation", "by")
    if sees_everything(user):
        return every
    managed = managed_organisations(user)
    staff = User.objects.filter(Q(is_superuser=True) | Q(groups__name__in=GROUPS_ABOVE))
    managers = Membership.objects.filter(role=Membership.Role.MANAGER)
    beyond = managers.exclude(organisation__in=managed)
    of_others = (
        Q(by=None) | Q(by__in=staff.values("pk")) | Q(by__in=beyond.values("user"))
    )
    return every.filter(organisation__in=managed).filter(Q(by=user.pk) | ~of_others)


@transaction.atomic
def hand_in(
    *,
    kind: str,
    organisation_id: int | None,
    source: str,
    file_name: str,
    data: bytes,
    by: User,
) -> Import:
    """Keep a file for the worker to check. PermissionDenied without the right; the
    same file handed in twice within minutes is one import.
    """
    Scope(by, organisation_id, source).check(kind)
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    recent = Import.objects.defer("file").filter(
        by=by,
        kind=kind,
        organisation_id=organisation_id,
        source=source,
        file_name=file_name[:200],
        state__in=(State.CHECKING, State.MAPPING, State.CHECKED),
        created_at__gte=clock.now() - SAME_WITHIN,
    )
    digest = hashlib.sha256(data).hexdigest()
    for job in recent.filter(digest=digest):
        return job
    job = Import.objects.create(
        kind=kind,
        organisation_id=organisation_id,
        source=source,
        file_name=file_name[:200],
        file=data,
        digest=digest,
        by=by,
    )
    wake_worker()
    return job


@transaction.atomic
def assign(job: Import, mapping: list[str], *, by: User) -> Import:
    """The person says which column means what; the table is checked anew."""
    found = _in_state(job, State.MAPPING, State.CHECKED, by=by)
    known = KINDS[found.kind].by_fact
    found.mapping = [fact if fact in known else "" for fact in mapping]
    found.save(update_fields=["mapping"])
    if missing_columns(found):
        return found
    remember_mapping(found)
    found.counts, found.preview = {}, []
    _queue(found, State.CHECKING)
    return found


@transaction.atomic
def take_over(job: Import, *, by: User, **ticks: bool) -> Import:
    """Let the worker write a checked table. `ticks` as the columns of Import. NotNow
    for a second click, NeedsMore where a tick is missing that is needed.
    """
    found = _in_state(job, State.CHECKED, by=by)
    for name in ("overwrites", "archives", "archives_many", "skips_errors", "confirms"):
        setattr(found, name, bool(ticks.get(name)))
    if missing := needs_more(found):
        raise NeedsMore(missing)
    found.by, found.counts = by, {}
    found.problems.all().delete()
    _queue(found, State.RUNNING)
    return found


def needs_more(job: Import) -> list[str]:
    """Names of ticks without which a checked table is not taken over."""
    needed = []
    if job.counts.get("wrong") and not job.skips_errors:
        needed.append("skips_errors")
    vanished, known = job.counts.get("vanished", 0), job.counts.get("known", 0)
    is_large = bool(vanished) and is_large_share(vanished, known)
    if job.archives and is_large and not job.archives_many:
        needed.append("archives_many")
    return needed


@transaction.atomic
def undo(job: Import, *, by: User) -> Import:
    """Let the worker put back what the import wrote, as one step; of it only what is
    within reach of who says so.
    """
    found = _in_state(job, State.DONE, State.BROKEN, by=by)
    if not found.rows.exists():
        raise NotNow
    found.undone_by = by
    found.total = found.rows.filter(is_undone=False).count()
    _queue(found, State.UNDOING)
    return found


@transaction.atomic
def go_on(job: Import, *, by: User) -> Import:
    """Try again what broke off, with the rights of who says so. What broke off before
    it was checked is checked: nobody has said yes to it.
    """
    found = _in_state(job, State.BROKEN, by=by)
    if found.undone_by_id is not None:
        found.undone_by = by
        _queue(found, State.UNDOING, done=found.done)
        return found
    if not Import.objects.filter(pk=found.pk, file__isnull=False).exists():
        raise NotNow
    found.by = by
    # A table of which nothing was to be written is checked again as well.
    was_checked = bool(found.preview) or found.rows.exists()
    if was_checked:
        _queue(found, State.RUNNING, done=found.done)
    else:
        _queue(found, State.CHECKING)
    return found


@transaction.atomic
def discard(job: Import, *, by: User) -> Import:
    """The person does not want it; the file goes at once."""
    found = _in_state(job, State.MAPPING, State.CHECKED, State.REFUSED, by=by)
    found.state, found.finished_at, found.file = State.DISCARDED, clock.now(), None
    found.preview = []
    found.save(update_fields=["state", "finished_at", "file", "preview"])
    found.problems.all().delete()
    return found


def clean_up() -> int:
    """Files go some days after they were handed in, imports with all they remember
    after the time in which they can be undone. Returns how many imports lost something.
    """
    now = clock.now()
    waiting = now - timedelta(days=settings.IMPORT_FILES_KEPT_DAYS)
    files = Import.objects.filter(created_at__lt=waiting, file__isnull=False).exclude(
        state__in=Import.AT_WORK
    )
    files.filter(state__in=(State.MAPPING, State.CHECKED)).update(
        state=State.DISCARDED, finished_at=now
    )
    number = files.update(file=None, preview=[])
    old = Import.objects.defer("file").filter(
        created_at__lt=now - timedelta(days=settings.IMPORTS_KEPT_DAYS)
    )
    rows = ImportedRow.objects.filter(imported__in=old)
    rows._raw_delete(rows.db)
    return number + old.exclude(state__in=Import.AT_WORK).delete()[0]


def wake_worker() -> None:
    """After the commit; should the call be lost, beat finds the import."""
    # Here, because the tasks call this package.
    from herne_bildung.portal.tasks import work_on_imports

    wake_after_commit(work_on_imports)


def _in_state(job: Import, *states: str, by: User) -> Import:
    """The import as it is now, locked; NotNow when its state is another,
    PermissionDenied when this person may not act on it.
    """
    if not imports_of(by).filter(pk=job.pk).exists():
        raise PermissionDenied
    rows = Import.objects.select_for_update(of=("self",)).defer("file")
    found = rows.filter(pk=job.pk, state__in=states).first()
    if found is None:
        raise NotNow
    return found


def _queue(job: Import, state: str, done: int = 0) -> None:
    job.state, job.done, job.attempts = state, done, 0
    job.claimed_until, job.refusal, job.finished_at = None, "", None
    fields = [field.name for field in Import._meta.concrete_fields]
    job.save(update_fields=[name for name in fields if name not in {"id", "file"}])
    wake_worker()
