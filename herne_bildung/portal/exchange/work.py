"""What the worker does with imports: check, take over, undo; in small transactions.

Each portion of rows is one transaction with the progress it makes, so that a worker
that ends in the middle leaves nothing half done: the next one goes on from there. A
worker whose claim lapsed, or was taken by another one, writes nothing any more.
"""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.db import OperationalError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.city import audit
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.tables import UnreadableFile
from herne_bildung.portal.exchange import checking, taking_over, undoing
from herne_bildung.portal.exchange.stop import Stop
from herne_bildung.portal.models import Import

logger = logging.getLogger(__name__)

CLAIM = timedelta(minutes=3)
MOST_ATTEMPTS = 3
# The worker is ended after ten minutes; what is left goes to the next task.
SECONDS = 420
State = Import.State
STEPS: dict[str, Callable] = {
    State.CHECKING: checking.check,
    State.RUNNING: taking_over.take_over,
    State.UNDOING: undoing.undo,
}


class Claim:
    """One worker's right to work on an import, until it lapses."""

    def __init__(self, job: Import, end: float) -> None:
        self.job, self.end = job, end
        self.until: datetime = job.claimed_until

    def hold(self) -> Import:
        """The import locked until the transaction ends, the claim renewed. Stop when
        it is no longer ours, or time is up.
        """
        if time.monotonic() > self.end:
            raise Stop
        job = Import.objects.select_for_update(of=("self",)).defer("file")
        found = job.filter(pk=self.job.pk, claimed_until=self.until).first()
        if found is None or found.state != self.job.state:
            raise Stop
        return found

    def renew(self, job: Import, *fields: str) -> None:
        """Save progress together with the claim."""
        self.until = job.claimed_until = clock.now() + CLAIM
        job.save(update_fields=["claimed_until", *fields])

    def finish(self, state: str) -> Import:
        """Nothing is left to do; the import, locked. In a transaction."""
        job = self.hold()
        job.state, job.finished_at = state, clock.now()
        job.claimed_until, job.attempts = None, 0
        fields = ["state", "finished_at", "claimed_until", "attempts"]
        job.save(update_fields=fields)
        return job

    def give_up(self, attempts: int) -> None:
        """Let another worker go on."""
        ours = Import.objects.filter(pk=self.job.pk, claimed_until=self.until)
        ours.update(claimed_until=None, attempts=attempts)


def work(seconds: float = SECONDS) -> int:
    """Do what waits, one import after the other. Returns how many were worked on."""
    number, end = 0, time.monotonic() + seconds
    with override(DEFAULT_LANGUAGE):
        while time.monotonic() < end and (job := _claim()):
            _work_on(job, end)
            number += 1
    return number


@transaction.atomic
def _claim() -> Import | None:
    """The oldest import that waits and that no other worker has."""
    now = clock.now()
    free = Import.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), state__in=Import.AT_WORK
    )
    job = free.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if job is None:
        return None
    job.claimed_until, job.attempts = now + CLAIM, job.attempts + 1
    if job.attempts > MOST_ATTEMPTS:
        _finish(job, State.BROKEN, _("The worker ended several times at this table."))
        return _claim()
    job.save(update_fields=["claimed_until", "attempts"])
    return job


def _work_on(job: Import, end: float) -> None:
    claim = Claim(job, end)
    try:
        STEPS[job.state](job, claim)
    except Stop:
        # Others, or the next task, go on; that is no failed attempt.
        claim.give_up(attempts=max(0, job.attempts - 1))
    except OperationalError as error:
        # Such as two who waited for each other's rows: nothing of the portion is
        # written, and it is tried again at once.
        logger.warning("import %s: %s", job.pk, error)
        claim.give_up(attempts=job.attempts)
    except UnreadableFile as error:
        _refuse(job, claim, str(error))
    except PermissionDenied:
        text = _("The person who handed it in may not do that any more.")
        _refuse(job, claim, text)


@transaction.atomic
def _refuse(job: Import, claim: Claim, text: str) -> None:
    """A table that cannot be checked is refused; one half taken over is broken off."""
    try:
        found = claim.hold()
    except Stop:
        return
    was_begun = found.state in {State.RUNNING, State.UNDOING}
    _finish(found, State.BROKEN if was_begun else State.REFUSED, text)


def _finish(job: Import, state: str, text: str) -> None:
    job.state, job.refusal = state, text[:500]
    job.finished_at, job.claimed_until = clock.now(), None
    job.save(update_fields=["state", "refusal", "finished_at", "claimed_until"])
    if state == State.BROKEN:
        audit.record(
            audit.Action.IMPORTED,
            by=job.by,
            about=job,
            kind=job.kind,
            broken_off=True,
            **job.counts,
        )
