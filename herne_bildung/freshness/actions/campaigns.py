"""Campaigns: what falls due until a day is asked at once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Least

from herne_bildung.city.models import User
from herne_bildung.freshness.models import (
    Campaign,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.pauses import DAY, first_working_day
from herne_bildung.freshness.planning import DAYS_BETWEEN, Planner
from herne_bildung.lib import clock

Step = MaintainedEntry.Step
# The beat asks at half past six, seven and eight.
LAST_RUN_AT = time(8, 30)


Mails = list[tuple[Recipient, list[MaintainedEntry]]]


@dataclass(frozen=True)
class Preview:
    """What the next run asks once the campaign is started: who gets a mail about
    what, and entries that the call list gets instead. `later` had a mail in the last
    days, `waiting` entries are in a pause; `left_out` counts what was confirmed today.
    Recipients by address, entries by the day they are due.
    """

    mails: Mails
    later: Mails
    waiting: list[MaintainedEntry]
    without_recipient: list[MaintainedEntry]
    left_out: int

    @property
    def entries(self) -> int:
        """How many entries starting it covers."""
        mailed = sum(len(entries) for _to, entries in (*self.mails, *self.later))
        return mailed + len(self.waiting) + len(self.without_recipient)


def covered(campaign: Campaign) -> QuerySet[MaintainedEntry]:
    """Entries on the site that nobody was asked about and that fall due in time; what
    was confirmed today is true today.
    """
    return _in_time(campaign).filter(
        Q(confirmed_at=None) | Q(confirmed_at__lt=_midnight())
    )


def _in_time(campaign: Campaign) -> QuerySet[MaintainedEntry]:
    return MaintainedEntry.objects.counted().filter(
        step=Step.NONE,
        due_on__lte=campaign.covers_until,
        next_on__isnull=False,
        has_waiting_change=False,
    )


def _midnight() -> datetime:
    return clock.at(clock.today(), time.min)


def preview(campaign: Campaign) -> Preview:
    """What starting the campaign now would do; writes nothing."""
    rows, day = covered(campaign), next_run_on()
    planner = Planner(day)
    plan = planner.plan(rows)
    known = rows.only("title", "kind", "object_id", "organisation", "due_on").in_bulk()
    mails: Mails = []
    later: Mails = []
    for pk, planned in plan.mails.items():
        recipient = planner.contacts.recipients[pk]
        last = recipient.last_digest_on
        is_too_soon = last is not None and day - last < DAYS_BETWEEN
        entries = _in_order(known, [one.entry_id for one in planned])
        (later if is_too_soon else mails).append((recipient, entries))
    return Preview(
        mails=sorted(mails, key=lambda mail: mail[0].email),
        later=sorted(later, key=lambda mail: mail[0].email),
        waiting=_in_order(known, plan.waiting),
        without_recipient=_in_order(known, [one.entry_id for one in plan.calls]),
        left_out=_in_time(campaign).filter(confirmed_at__gte=_midnight()).count(),
    )


def next_run_on() -> date:
    """The day of the next daily run."""
    day = clock.today()
    if clock.now() > clock.at(day, LAST_RUN_AT):
        day += DAY
    return first_working_day(day)


def asked_by(campaign: Campaign) -> list[DigestItem]:
    """Whom a started campaign asked about what, and the answers: by address, each
    entry once for each address.
    """
    return list(
        DigestItem.objects.filter(campaign=campaign)
        .select_related("entry", "digest__recipient")
        .order_by("digest__recipient__email", "entry__title", "entry_id", "pk")
        .distinct("digest__recipient__email", "entry__title", "entry_id")
    )


def _in_order(known: dict[int, MaintainedEntry], ids: list[int]) -> list:
    found = [known[pk] for pk in ids if pk in known]
    return sorted(found, key=lambda entry: (entry.due_on, entry.title, entry.pk))


@transaction.atomic
def start(campaign: Campaign, by: User | None) -> Campaign:
    """The next run asks everything that the campaign covers, still in one mail for
    each recipient in six days at most. Started twice is started once; one that
    covers nothing is not started.
    """
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if row.started_at:
        return row
    number = covered(row).update(campaign=row, next_on=Least("next_on", clock.today()))
    if not number:
        return row
    row.entries_asked = number
    row.started_at, row.started_by = clock.now(), by
    row.save()
    return row
