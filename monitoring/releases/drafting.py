"""Drafts of releases from imported values. What its source published passes at once;
protecting linked tables takes minutes, so the worker does it: an unfinished
`ProtectionRun` waits for it, and goes when the drafts are there.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override

from herne_bildung.city.models import User
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.waking import wake_after_commit
from monitoring.choices import Protection
from monitoring.models import Indicator, ProtectionRun, Release, TableSet
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.release import draft_releases

# A worker that ends leaves the run to the next one, so long.
GIVEN_UP_AFTER = timedelta(hours=1)


def made_with(indicator: Indicator) -> QuerySet[Indicator]:
    """The other indicators whose drafts are made with it: those of its set."""
    others = Indicator.objects.exclude(pk=indicator.pk).order_by("order", "slug")
    if indicator.table_set_id is None:
        return others.none()
    return others.filter(table_set=indicator.table_set_id)


def make_drafts(*, indicator: Indicator, by: User | None) -> list[Release]:
    """Drafts from the imported values; none yet where the worker protects them.

    ProtectionRefused, with the reason in words, where none can be made.
    """
    if not indicator.raw_values.exists():
        raise ProtectionRefused(_("No values have been imported yet."))
    if indicator.protection == Protection.PUBLISHED:
        return draft_releases(indicators=[indicator], by=by)
    if indicator.table_set is None:
        raise ProtectionRefused(
            _("It is in no set of tables, so it cannot be protected yet.")
        )
    ask_for(table_set=indicator.table_set, by=by)
    return []


@transaction.atomic
def ask_for(*, table_set: TableSet, by: User | None) -> ProtectionRun:
    """The worker shall protect these tables; the run that waits already, if any."""
    TableSet.objects.select_for_update(no_key=True).get(pk=table_set.pk)
    run = waiting_runs().filter(table_set=table_set).first()
    if run is None:
        run = ProtectionRun.objects.create(
            table_set=table_set, started_at=clock.now(), started_by=by
        )
    _wake_worker()
    return run


def waiting_runs() -> QuerySet[ProtectionRun]:
    """Asked for, and nothing came of them yet."""
    return ProtectionRun.objects.filter(finished_at=None, releases=None)


def last_failure(indicator: Indicator) -> str:
    """Why its tables could not be protected, if the last run came to nothing."""
    runs = ProtectionRun.objects.filter(table_set=indicator.table_set_id)
    last = runs.exclude(finished_at=None).order_by("-finished_at").first()
    return last.failure if last else ""


def work() -> int:
    """Protect what waits. Returns how many drafts there are now. Safe to run twice, at
    the same time, after a crash.
    """
    numbers = list(waiting_runs().order_by("started_at").values_list("pk", flat=True))
    return sum(_protect(number) for number in numbers)


@transaction.atomic
def _protect(number: int) -> int:
    """One run; nothing where another worker is at it."""
    rows = waiting_runs().select_related("table_set").order_by("pk")
    rows = rows.select_for_update(skip_locked=True, of=("self",))
    run = rows.filter(pk=number).first()
    if run is None:
        return 0
    if run.started_at < clock.now() - GIVEN_UP_AFTER:
        with override(DEFAULT_LANGUAGE):
            _finish(run, _("It took too long, and was given up."))
        return 0
    indicators = list(run.table_set.indicators.order_by("pk"))
    try:
        with override(DEFAULT_LANGUAGE):
            drafts = draft_releases(indicators=indicators, by=run.started_by)
    except ProtectionRefused:
        # The protection wrote a run of its own, which says why.
        drafts = []
    run.delete()
    return len(drafts)


def _finish(run: ProtectionRun, failure: str) -> None:
    run.finished_at, run.failure = clock.now(), failure
    run.save(update_fields=["finished_at", "failure"])


def _wake_worker() -> None:
    """After the commit; should the call be lost, beat finds the run."""
    # Here, because the tasks call this module.
    from monitoring.tasks import protect_waiting_tables

    wake_after_commit(protect_waiting_tables)
