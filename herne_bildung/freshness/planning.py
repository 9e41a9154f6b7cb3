"""Which step each entry needs and whom it asks: reads only, for many at once."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple, Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from herne_bildung.freshness.documents import is_document
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    DigestItem,
    MaintainedEntry,
)
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.freshness.recipients import Contacts
from herne_bildung.lib import clock

Reason = Call.Reason
Step = MaintainedEntry.Step
# Whoever gets a mail is also asked about what falls due so soon.
GATHER = timedelta(days=42)
# Between two mails to one recipient; what comes up meanwhile waits.
DAYS_BETWEEN = timedelta(days=6)
# Why nobody can be written to: on the call list at once, also in pauses, and off it
# when there is somebody.
NOBODY_TO_MAIL = (
    Reason.DOCUMENT,
    Reason.NO_CONTACT,
    Reason.BOUNCED,
    Reason.NOT_MINE,
)
CHUNK = 2000
COLUMNS = (
    *("pk", "organisation_id", "first_recipient_id"),
    *("step", "round", "as_of", "confirmed_at"),
)


class Row(Protocol):
    """What of an entry decides its step; all but a few columns stay unread."""

    pk: int
    organisation_id: int | None
    first_recipient_id: int | None
    step: int
    round: int
    as_of: str
    confirmed_at: object


class Planned(NamedTuple):
    """A step to take, and how the entry stood when that was decided."""

    entry_id: int
    round: int
    former: int
    step: int
    reason: str = ""


@dataclass
class Plan:
    """What is to be done: ids only. `waiting` are entries that lie in a pause."""

    mails: dict[int, list[Planned]] = field(default_factory=lambda: defaultdict(list))
    calls: list[Planned] = field(default_factory=list)
    to_hide: list[Planned] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)

    def add(self, other: "Plan") -> None:
        """Take over what another plan holds."""
        for recipient, planned in other.mails.items():
            self.mails[recipient] += planned
        self.calls += other.calls
        self.to_hide += other.to_hide
        self.waiting += other.waiting


class Planner:
    """Decides for one day; contacts and pauses are read once."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.contacts = Contacts()
        self.calendars = Calendars()

    def due(self, only_kind: str | None = None) -> Plan:
        """For all entries whose day has come, and those on the call list that can be
        written to by now.
        """
        rows = MaintainedEntry.objects.all()
        if only_kind:
            rows = rows.filter(kind=only_kind)
        plan = self.plan(rows.to_step(self.today))
        plan.add(self.plan(self._to_mail_again(rows), again=True))
        return plan

    def _to_mail_again(self, rows: QuerySet) -> QuerySet:
        return rows.filter(
            Exists(
                Call.objects.filter(
                    entry=OuterRef("pk"), closed_at=None, reason__in=NOBODY_TO_MAIL
                )
            ),
            organisation__in=self.contacts.reachable(),
            step=Step.CALL,
            is_public=True,
            is_sample=False,
            has_waiting_change=False,
        )

    def to_gather(
        self, recipient_id: int, only_kind: str | None = None
    ) -> list[Planned]:
        """What this recipient, who gets a mail today, is asked besides: what nobody
        was asked yet and falls due soon. What would be asked before the next mail may
        go out belongs to it; new entries wait for their own day.
        """
        soon = Q(due_on__lte=self.today + GATHER) | Q(
            next_on__lte=self.today + DAYS_BETWEEN
        )
        rows = MaintainedEntry.objects.filter(
            soon,
            Q(confirmed_at__isnull=False) | ~Q(as_of=""),
            organisation__in=self.contacts.organisations_of(recipient_id),
            step=Step.NONE,
            next_on__gt=self.today,
            is_sample=False,
        )
        if only_kind:
            rows = rows.filter(kind=only_kind)
        return self.plan(rows).mails.get(recipient_id, [])

    def plan(self, rows: QuerySet, *, again: bool = False) -> Plan:
        """The plan for these entries. With `again` they are asked as for the first
        time, and stay on the call list where that does not work.
        """
        plan = Plan()
        found = (
            rows.order_by("organisation_id", "pk")
            .values_list(*COLUMNS, named=True)
            .iterator(chunk_size=CHUNK)
        )
        first = next(found, None)
        if first is None:
            return plan
        known = Known(rows)
        for row in _with_first(first, found):
            self._decide(row, known, plan, again=again)
        return plan

    def _decide(self, row: Row, known: "Known", plan: Plan, *, again: bool) -> None:
        is_paused = self._is_paused(row.organisation_id)
        step_before = Step.NONE if again else row.step
        if step_before == Step.CALL:
            if is_paused:
                plan.waiting.append(row.pk)
            else:
                plan.to_hide.append(_planned(row, Step.HIDDEN))
            return
        if reason := self._reason_to_call(row, step_before, known):
            if reason not in NOBODY_TO_MAIL and is_paused:
                plan.waiting.append(row.pk)
            elif not again:
                plan.calls.append(_planned(row, Step.CALL, reason))
            return
        for step in range(step_before + 1, Step.CALL):
            targets = self.contacts.targets(
                row.organisation_id,
                step,
                asked_before=known.asked.get(row.pk, ()),
                left_out=known.not_mine.get(row.pk, {}),
                first=row.first_recipient_id,
            )
            if not targets:
                continue
            if is_paused or self._is_paused(targets[0].organisation_id):
                plan.waiting.append(row.pk)
            else:
                plan.mails[targets[0].recipient.pk].append(_planned(row, step))
            return
        reason = known.reason_without_target(row, step_before)
        if reason not in NOBODY_TO_MAIL and is_paused:
            plan.waiting.append(row.pk)
        elif not again:
            plan.calls.append(_planned(row, Step.CALL, reason))

    def _is_paused(self, organisation_id: int | None) -> bool:
        return self.calendars.of(organisation_id).is_paused(self.today)

    def _reason_to_call(self, row: Row, step: int, known: "Known") -> str:
        """Why no mail is tried; empty when one is."""
        organisation = row.organisation_id
        if is_document(row.as_of, row.confirmed_at) and not self.contacts.has_own(
            organisation
        ):
            return Reason.DOCUMENT
        if step in {Step.NONE, Step.ASKED} and self.contacts.has_only_bounced(
            organisation
        ):
            return Reason.BOUNCED
        by_phone = known.by_phone.get(organisation) if step == Step.NONE else None
        # A contact whose mails were switched on since is worth a mail.
        if by_phone and by_phone >= self.contacts.newest_permission(organisation):
            return Reason.BY_PHONE
        return ""


class Known:
    """What was said about these entries so far: one query each.

    `asked`: whom to prefer: who was asked in this round, or answered last time.
    `not_mine`: who is not responsible, and in which round they said so.
    `by_phone`: organisations whose last answer came by telephone after mails
    stayed unanswered, with its moment.
    """

    def __init__(self, rows: QuerySet) -> None:
        ids = rows.order_by().values("pk")
        items = DigestItem.objects.order_by().filter(entry__in=ids)
        self.not_mine: dict[int, dict[int, int]] = defaultdict(dict)
        for entry, recipient, said_in in (
            items.filter(decision=DigestItem.Decision.NOT_MINE)
            .order_by("pk")
            .values_list("entry_id", "digest__recipient_id", "round")
        ):
            self.not_mine[entry][recipient] = said_in
        self.asked: dict[int, set[int]] = defaultdict(set)
        for entry, recipient in items.filter(
            entry__step=Step.ASKED, round=F("entry__round")
        ).values_list("entry_id", "digest__recipient_id"):
            self.asked[entry].add(recipient)
        answers = (
            Confirmation.objects.filter(
                entry__in=ids, entry__step__in=(Step.NONE, Step.CALL)
            )
            .order_by("entry_id", "-at", "-pk")
            .distinct("entry_id")
            .values_list("entry_id", "recipient_id")
        )
        for entry, recipient in answers:
            if recipient is not None:
                self.asked[entry].add(recipient)
        organisations = rows.order_by().values("organisation")
        self.by_phone: dict[int | None, float] = {
            organisation: at.timestamp()
            for organisation, at in answered_by_phone().filter(
                entry__organisation__in=organisations
            )
        }

    def reason_without_target(self, row: Row, step: int) -> str:
        """Why an entry is on the call list when no step is left."""
        said = self.not_mine.get(row.pk, {}).values()
        if row.round in said or (said and step == Step.NONE):
            return Reason.NOT_MINE
        return Reason.NO_ANSWER if step else Reason.NO_CONTACT


def answered_by_phone() -> QuerySet:
    """Organisations whose last answer came by telephone after mails stayed
    unanswered, each with its moment.
    """
    later = Confirmation.objects.filter(
        entry__organisation=OuterRef("entry__organisation"), at__gt=OuterRef("at")
    )
    unanswered = Call.objects.filter(
        entry=OuterRef("entry"),
        reason__in=(Reason.NO_ANSWER, Reason.BY_PHONE),
        # Closed with the answer, a moment before or after it.
        closed_at__gte=OuterRef("at") - timedelta(minutes=1),
    )
    return (
        Confirmation.objects.order_by()
        .filter(
            ~Exists(later),
            Exists(unanswered),
            how=Confirmation.How.PHONE,
            steps_needed__gte=Step.CALL,
            at__lte=clock.now(),
        )
        .values_list("entry__organisation_id", "at")
    )


def _planned(row: Row, step: int, reason: str = "") -> Planned:
    return Planned(row.pk, row.round, row.step, step, reason)


def _with_first(first: Row, others: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from others
