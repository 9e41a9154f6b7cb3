"""Runs: page after page, each paper in a transaction with the progress it makes.

A worker that ends in the middle leaves nothing half done: the next one goes on with the
page it was at, without what was done of it. A worker whose claim lapsed writes nothing.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import override

from goals.models import Consultation, CouncilPaper, OParlRun, OParlSource, OParlWarning
from goals.oparl.client import Client, changed_since, client_for
from goals.oparl.discovery import Unclear, list_of_papers
from goals.oparl.fetching import Unreachable
from goals.oparl.problems import Problems, write_problems
from goals.oparl.reading import Paper, Reader
from goals.oparl.report import why
from goals.oparl.writing import Outcome, is_known, write
from herne_bildung.lib import clock
from herne_bildung.lib.languages import DEFAULT_LANGUAGE

logger = logging.getLogger(__name__)
State, Phase = OParlRun.State, OParlRun.Phase
CLAIM = timedelta(minutes=5)
MOST_ATTEMPTS = 5
# The worker is ended after ten minutes; what is left goes to the next task.
SECONDS = 420
# Clocks differ, and a change may be on its way: so much is asked for again.
OVERLAP = timedelta(days=1)
# A result still missing so long after the consultation is asked for no more.
RESULTS_FOR = timedelta(days=365)
# More papers that cannot be had one after the other: the server is down.
MOST_FAILURES = 5


class Stop(Exception):
    """Another worker goes on, or the next task."""


class Work:
    """One worker at one run. A dry run writes nothing, the run itself included."""

    def __init__(self, run: OParlRun, end: float, *, is_dry_run: bool = False) -> None:
        self.run, self.end, self.is_dry_run = run, end, is_dry_run
        self.problems = Problems()
        self.client: Client = client_for(run.source.address, self.problems)
        self.reader = Reader(self.client)
        self.failures = 0

    def papers(self) -> None:
        """All pages of the list of papers."""
        run = self.run
        if not run.next_address:
            start = list_of_papers(self.client, run.source.address, run.source.body)
            run.next_address = changed_since(start, run.since)
        seen: set[str] = set()
        while run.next_address:
            address = run.next_address
            seen.add(address)
            page = self.client.page(address)
            handled = set(run.handled)
            for item in page.items:
                if (mark := _mark(item)) not in handled:
                    self._paper(item, address, mark)
            with self._step():
                run.pages += 1
                run.total = page.total if page.total is not None else run.total
                run.next_address, run.handled = page.next, []
                if page.next in seen:
                    kind = OParlWarning.Kind.ODD_LIST
                    self.problems.add(kind, address, "links.next")
                    run.next_address = ""
        with self._step():
            run.phase = Phase.RESULTS

    def _paper(self, item: Any, address: str, mark: str) -> None:
        """One entry of the list; what the server names is fetched before anything is
        written.
        """
        self._in_time()
        stub = self.reader.stub(item, address)
        outcome = Outcome.SKIPPED
        paper: Paper | None = None
        if stub is not None and is_known(stub):
            outcome = Outcome.UNCHANGED
        elif stub is not None:
            paper = stub if stub.is_deleted else self.reader.paper(item, address)
        with self._step():
            if paper is not None:
                outcome = self._write(paper)
            self._count(outcome)
            self.run.done += 1
            self.run.handled = [*self.run.handled, mark]

    def results(self) -> None:
        """Papers with a consultation whose result was not there yet: a meeting changes
        without its papers.
        """
        today = clock.today()
        days = ((today - RESULTS_FOR).isoformat(), today.isoformat())
        missing = Consultation.objects.present().filter(result="", day__range=days)
        papers = CouncilPaper.objects.filter(
            pk__in=missing.exclude(oparl_id=None).values("paper"),
            pk__gt=self.run.last_paper,
            oparl_deleted=False,
            oparl_source=self.run.source,
        ).order_by("pk")
        for pk, address in papers.values_list("pk", "oparl_id"):
            self._in_time()
            paper = self._again(address)
            with self._step():
                outcome = self._write(paper) if paper else Outcome.UNCHANGED
                if outcome != Outcome.UNCHANGED:
                    self._count(outcome)
                self.run.last_paper = pk

    def _again(self, address: str) -> Paper | None:
        try:
            found = self.client.get(address)
        except Unreachable as trouble:
            self.failures += 1
            if trouble.is_passing and self.failures >= MOST_FAILURES:
                raise
            kind = OParlWarning.Kind.NOT_READABLE
            self.problems.add(kind, address, trouble.reason)
            return None
        self.failures = 0
        return self.reader.paper(found, address)

    def _write(self, paper: Paper) -> Outcome:
        """Values that the database refuses must not stop all other papers."""
        try:
            return write(paper, self.run.source, self.problems)
        except (DataError, IntegrityError) as error:
            logger.warning("council paper %s: %s", paper.oparl_id, error)
            kind = OParlWarning.Kind.NOT_READABLE
            self.problems.add(kind, paper.oparl_id, type(error).__name__)
            return Outcome.SKIPPED

    def _count(self, outcome: Outcome) -> None:
        counts = self.run.counts
        self.run.counts = {**counts, outcome.value: counts.get(outcome.value, 0) + 1}

    def _in_time(self) -> None:
        if time.monotonic() > self.end:
            raise Stop

    @contextmanager
    def _step(self) -> Iterator[None]:
        """A transaction with the progress made in it; Stop when the run is no longer
        ours.
        """
        with transaction.atomic():
            if self.is_dry_run:
                yield
                transaction.set_rollback(True)
                return
            ours = OParlRun.objects.select_for_update().filter(
                pk=self.run.pk, claimed_until=self.run.claimed_until
            )
            if not ours.exists():
                raise Stop
            yield
            self.run.claimed_until = clock.now() + CLAIM
            self.run.save()
            write_problems(self.run, self.problems)


def work(seconds: float = SECONDS) -> int:
    """Do what waits, one run after the other. Returns how many were worked on."""
    number, end = 0, time.monotonic() + seconds
    with override(DEFAULT_LANGUAGE):
        while time.monotonic() < end and (run := _claim()):
            work_on(run, end)
            number += 1
    return number


def work_on(run: OParlRun, end: float) -> None:
    """Bring a claimed run as far as it goes."""
    worker = Work(run, end)
    try:
        go_through(worker)
    except Stop:
        ours = OParlRun.objects.filter(pk=run.pk, claimed_until=run.claimed_until)
        ours.update(claimed_until=None, attempts=0)
    except (Unreachable, Unclear) as trouble:
        logger.warning("council papers %s: %s", run.source, trouble)
        is_down = isinstance(trouble, Unreachable)
        said = f"{trouble.address}: {why(trouble.reason)}" if is_down else str(trouble)
        _break_off(worker, said)


def work_here(run: OParlRun, end: float) -> None:
    """Do a run in this process, unless a worker has it."""
    claimed = _claim(run.pk)
    if claimed is not None:
        with override(DEFAULT_LANGUAGE):
            work_on(claimed, end)


def dry_run(run: OParlRun) -> Work:
    """What a run that is not stored would do; it then tells, and so do the problems."""
    worker = Work(run, float("inf"), is_dry_run=True)
    with transaction.atomic(), override(DEFAULT_LANGUAGE):
        if run.source.pk is None:
            run.source.save()
        go_through(worker)
        transaction.set_rollback(True)
    return worker


def go_through(worker: Work) -> None:
    """Both parts of a run, from where it is."""
    if worker.run.phase == Phase.PAPERS:
        try:
            worker.papers()
        except Unreachable as trouble:
            if trouble.is_passing or not worker.run.pages:
                raise
            # The page it was at is no more: addresses of pages need not last.
            worker.run.next_address, worker.run.handled = "", []
            worker.run.pages = worker.run.done = 0
            worker.papers()
    worker.results()
    _finish(worker)


@transaction.atomic
def _claim(pk: int | None = None) -> OParlRun | None:
    """The oldest run that waits and that no other worker has, or a certain one."""
    now = clock.now()
    free = OParlRun.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), state__in=OParlRun.AT_WORK
    )
    if pk is not None:
        free = free.filter(pk=pk)
    run = free.select_for_update(skip_locked=True, of=("self",)).order_by("pk").first()
    if run is None:
        return None
    run.claimed_until, run.attempts = now + CLAIM, run.attempts + 1
    run.state = State.RUNNING
    if run.attempts > MOST_ATTEMPTS:
        run.state, run.finished_at, run.claimed_until = State.BROKEN, now, None
        run.trouble = "Der Prozess endete mehrmals bei diesem Import."
        run.save()
        return _claim(pk)
    run.save()
    return run


def _finish(worker: Work) -> None:
    run = worker.run
    if worker.is_dry_run:
        return
    with transaction.atomic():
        ours = OParlRun.objects.select_for_update().filter(
            pk=run.pk, claimed_until=run.claimed_until
        )
        if not ours.exists():
            return
        run.state, run.finished_at, run.claimed_until = State.DONE, clock.now(), None
        run.trouble, run.attempts = "", 0
        run.save()
        write_problems(run, worker.problems)
        fetched = OParlSource.objects.filter(pk=run.source_id)
        fetched.update(fetched_until=run.created_at)


def _break_off(worker: Work, text: str) -> None:
    """What cannot go on now is gone on with later, by a person or the next night."""
    run = worker.run
    ours = OParlRun.objects.filter(pk=run.pk, claimed_until=run.claimed_until)
    broken = ours.update(
        state=State.BROKEN,
        trouble=text[:500],
        finished_at=clock.now(),
        claimed_until=None,
        attempts=0,
    )
    if broken:
        write_problems(run, worker.problems)


def _mark(item: Any) -> str:
    """What names an entry of a page while the page is worked on."""
    named = item.get("id") if isinstance(item, dict) else item
    return str(named)[:500]


def since_for(source: OParlSource) -> datetime | None:
    """From when on changes are asked for; None before the first complete run."""
    return source.fetched_until and source.fetched_until - OVERLAP
