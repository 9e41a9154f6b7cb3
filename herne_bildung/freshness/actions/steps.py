"""The daily run: every entry whose day has come is asked for, put on the call list,
or hidden. Nothing is done twice, however often and by however many it is run.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import chain

from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from herne_bildung.freshness.actions import entries
from herne_bildung.freshness.actions import going as mails
from herne_bildung.freshness.actions.call_list import put_many_on_call_list
from herne_bildung.freshness.actions.digests import make_digest, open_items
from herne_bildung.freshness.actions.going import Going, going_of
from herne_bildung.freshness.actions.hidden import by_owner, tell_office, tell_owner
from herne_bildung.freshness.actions.run_lock import is_gone, only_run
from herne_bildung.freshness.actions.sync import BATCH, event_of, schedule
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Digest,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.pauses import is_working_day
from herne_bildung.freshness.planning import (
    DAYS_BETWEEN,
    NOBODY_TO_MAIL,
    Plan,
    Planned,
    Planner,
)
from herne_bildung.lib import clock

logger = logging.getLogger(__name__)

Step = MaintainedEntry.Step


@dataclass
class Report:
    """What a run did, or would do. `waiting` counts entries in a pause, `spaced`
    recipients whose last mail is too recent, `failed` what went wrong and is in
    the log. `mailed` are reminders, `told` mails about hidden entries. `called` names
    the entries of a trial that would be on the call list, with reasons.
    `is_other_running`: another run was at it, none here.
    """

    mailed: int = 0
    told: int = 0
    asked: int = 0
    calls: int = 0
    hidden: int = 0
    waiting: int = 0
    spaced: int = 0
    failed: int = 0
    is_other_running: bool = False
    called: list[tuple[str, str]] = field(default_factory=list)


def take_steps(
    *,
    dry_run: bool = False,
    today: date | None = None,
    limit: int | None = None,
    only_kind: str | None = None,
    force_to: str | None = None,
    tell: Callable[[Going], None] | None = None,
) -> Report:
    """Take the steps of a day. On Saturdays, Sundays and public holidays no mail goes
    out and nothing is hidden; whoever has no mail address is called all the same.

    `limit`: at most so many mails, and so many entries put on the call list.
    `dry_run` writes nothing; `force_to` sends the mails to that address alone and
    takes no step. `tell` gets every mail.
    """
    today = today or clock.today()
    report = Report()
    is_trial = dry_run or force_to is not None
    with only_run(needed=not is_trial) as is_alone:
        if not is_alone:
            report.is_other_running = True
            return report
        run = Run(
            today,
            report,
            only_kind=only_kind,
            is_trial=is_trial,
            says_trial=force_to is not None,
            limit=limit,
        )
        plan = run.planner.due(only_kind)
        if not is_working_day(today):
            calls = [one for one in plan.calls if one.reason in NOBODY_TO_MAIL]
            plan = Plan(calls=calls)
        report.waiting = len(plan.waiting)
        hidden = run.hide(plan.to_hide)
        run.put_on_call_list(plan.calls[:limit])
        for going in chain(hidden, run.mail(plan)):
            if force_to and not dry_run:
                mails.send_trial(force_to, going)
            if tell:
                tell(going)
    return report


class Run:
    """One run; each recipient, and each batch of calls, is a transaction of its own."""

    def __init__(
        self,
        today: date,
        report: Report,
        *,
        only_kind: str | None,
        is_trial: bool = False,
        says_trial: bool = False,
        limit: int | None = None,
    ) -> None:
        self.today, self.report, self.only_kind = today, report, only_kind
        self.is_trial, self.says_trial, self.limit = is_trial, says_trial, limit
        self.planner = Planner(today)

    def _has_room(self, mails: int = 1) -> bool:
        """Whether so many mails more may go out."""
        sent = self.report.mailed + self.report.told
        return self.limit is None or sent + mails <= self.limit

    def mail(self, plan: Plan) -> Iterator[Going]:
        """Write the digests, the recipients in a fixed order; gives what went out."""
        for recipient_id in sorted(plan.mails):
            if not self._has_room():
                return
            going = None
            with self._alone(f"no reminder for recipient {recipient_id}"):
                digest = self._mail(recipient_id, plan.mails[recipient_id])
                going = going_of(digest) if digest else None
                if self.is_trial:
                    transaction.set_rollback(True)
            if going:
                self.report.mailed += 1
                yield going

    @contextmanager
    def _alone(self, trouble: str) -> Iterator[None]:
        """A transaction whose failure must not keep the others from theirs."""
        try:
            with transaction.atomic():
                yield
        except Exception as error:
            if isinstance(error, OperationalError | InterfaceError) and is_gone(error):
                raise
            logger.exception(trouble)
            self.report.failed += 1

    def _mail(self, recipient_id: int, planned: Sequence[Planned]) -> Digest | None:
        recipient = self._recipient(recipient_id)
        if recipient is None:
            return None
        gathered = self.planner.to_gather(recipient_id, self.only_kind)
        steps = self._still_due([*planned, *gathered])
        if not {row.pk for row, _step in steps} & {one.entry_id for one in planned}:
            return None
        asked = {
            item.entry_id: (item.entry, item.step)
            for item in open_items(recipient, self.planner.contacts)
            if self.only_kind in {None, item.entry.kind}
        }
        asked |= {row.pk: (row, one.step) for row, one in steps}
        if not self.is_trial:
            self._take(steps, recipient)
        digest = make_digest(
            recipient,
            asked.values(),
            today=self.today,
            is_trial=self.says_trial,
            calendars=self.planner.calendars,
        )
        self.report.asked += len(steps)
        return digest

    def _recipient(self, pk: int) -> Recipient | None:
        """The recipient, locked, if mails go there and the last one is long enough
        ago.
        """
        rows = Recipient.objects.usable().filter(pk=pk)
        found = (rows if self.is_trial else rows.select_for_update(no_key=True)).first()
        if found is None:
            return None
        last = found.last_digest_on
        if last is not None and self.today - last < DAYS_BETWEEN:
            self.report.spaced += 1
            return None
        return found

    def _still_due(
        self, planned: Sequence[Planned]
    ) -> list[tuple[MaintainedEntry, Planned]]:
        """Those that stand as they stood when it was planned, locked; whatever
        someone else holds just now waits for the next run.
        """
        wanted = {one.entry_id: one for one in planned}
        rows = MaintainedEntry.objects.filter(
            pk__in=wanted, is_public=True, has_waiting_change=False
        ).order_by("pk")
        if not self.is_trial:
            # Without key: rows that name an entry may be written at the same time.
            rows = rows.select_for_update(skip_locked=True, no_key=True)
        return [
            (row, wanted[row.pk])
            for row in rows
            if (row.round, row.step) == wanted[row.pk][1:3]
        ]

    def _take(
        self, steps: Sequence[tuple[MaintainedEntry, Planned]], recipient: Recipient
    ) -> None:
        """Note the steps; the database refuses a step that was taken before."""
        events = []
        for row, one in steps:
            if one.former == Step.CALL:
                # There is somebody to write to by now: asked as for the first time.
                entries.settle_calls(row, Call.Result.SETTLED)
                row.round += 1
            row.step, row.step_on = one.step, self.today
            schedule(row, self.planner.calendars, self.today)
            events.append(
                event_of(row, CareEvent.What.STEP, step=one.step, recipient=recipient)
            )
        MaintainedEntry.objects.bulk_update(
            [row for row, _one in steps],
            ["round", "step", "step_on", "next_on"],
            batch_size=BATCH,
        )
        CareEvent.objects.bulk_create(events, batch_size=BATCH)

    def put_on_call_list(self, planned: Sequence[Planned]) -> None:
        """Staff ask by telephone."""
        for start in range(0, len(planned), BATCH):
            with self._alone("no entries put on the call list"):
                steps = self._still_due(planned[start : start + BATCH])
                if self.is_trial:
                    self.report.called += [
                        (row.title, str(Call.Reason(one.reason).label))
                        for row, one in steps
                    ]
                else:
                    put_many_on_call_list(
                        [(row, one.reason) for row, one in steps],
                        self.planner.calendars,
                        self.today,
                    )
                self.report.calls += len(steps)

    def hide(self, planned: Sequence[Planned]) -> list[Going]:
        """After the last step: off the site. Each owner gets one mail about all of its
        entries, and the office one about the whole run, in the same transaction, which
        a trial takes back. Gives these mails.
        """
        going: list[Going] = []
        # The one to the office goes with any of them.
        if not planned or not self._has_room():
            return going
        with self._alone("no entries hidden"):
            rows = [
                row
                for row, _one in self._still_due(planned)
                if row.next_on is not None and row.next_on <= self.today
            ]
            hidden: list[MaintainedEntry] = []
            for owner, theirs in by_owner(rows):
                if owner is not None and not self._has_room(len(going) + 2):
                    continue
                with self._alone(f"entries {[row.pk for row in theirs]} not hidden"):
                    done = list(self._hidden(theirs))
                    digest = tell_owner(owner, done, is_trial=self.says_trial)
                    going += [going_of(digest)] if digest else []
                    hidden += done
            if office := tell_office(hidden):
                going.append(mails.going_of_office(office, hidden))
            self.report.hidden += len(hidden)
            self.report.told += len(going)
            if self.is_trial:
                transaction.set_rollback(True)
        return going

    def _hidden(self, rows: Sequence[MaintainedEntry]) -> Iterator[MaintainedEntry]:
        """Those of the entries that could be hidden."""
        for row in rows:
            done = None
            with self._alone(f"entry {row.pk} not hidden"):
                done = entries.hide(row, reason=_("Nobody confirmed it."))
            if done and done.hidden_at:
                yield done
