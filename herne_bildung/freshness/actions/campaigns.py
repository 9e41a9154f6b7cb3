"""Campaigns: what falls due until a day is asked at once."""

from dataclasses import dataclass
from datetime import time

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Least

from herne_bildung.city.models import User
from herne_bildung.freshness.models import Campaign, MaintainedEntry, Recipient
from herne_bildung.freshness.planning import Planner
from herne_bildung.lib import clock

Step = MaintainedEntry.Step


@dataclass(frozen=True)
class Preview:
    """Who would get a mail about what, and entries that the call list gets instead;
    recipients by address, entries by the day they are due.
    """

    mails: list[tuple[Recipient, list[MaintainedEntry]]]
    without_recipient: list[MaintainedEntry]

    @property
    def entries(self) -> int:
        """How many entries would be asked."""
        asked = sum(len(entries) for _recipient, entries in self.mails)
        return asked + len(self.without_recipient)


def covered(campaign: Campaign) -> QuerySet[MaintainedEntry]:
    """Entries on the site that nobody was asked about and that fall due in time; what
    was confirmed today is true today.
    """
    midnight = clock.at(clock.today(), time.min)
    return MaintainedEntry.objects.counted().filter(
        Q(confirmed_at=None) | Q(confirmed_at__lt=midnight),
        step=Step.NONE,
        due_on__lte=campaign.covers_until,
        next_on__isnull=False,
        has_waiting_change=False,
    )


def preview(campaign: Campaign) -> Preview:
    """What starting the campaign now would do; writes nothing. Mails wait for the end
    of pauses, and for the day on which a recipient may get the next one.
    """
    rows = covered(campaign)
    planner = Planner(clock.today(), heeds_pauses=False)
    plan = planner.plan(rows)
    known = rows.only("title", "kind", "object_id", "organisation", "due_on").in_bulk()
    mails = [
        (
            planner.contacts.recipients[recipient],
            _in_order(known, [one.entry_id for one in planned]),
        )
        for recipient, planned in plan.mails.items()
    ]
    return Preview(
        sorted(mails, key=lambda mail: mail[0].email),
        _in_order(known, [one.entry_id for one in plan.calls]),
    )


def _in_order(known: dict[int, MaintainedEntry], ids: list[int]) -> list:
    found = [known[pk] for pk in ids if pk in known]
    return sorted(found, key=lambda entry: (entry.due_on, entry.title, entry.pk))


@transaction.atomic
def start(campaign: Campaign, by: User | None) -> Campaign:
    """The next run asks everything that the campaign covers, still in one mail for
    each recipient in six days at most. Started twice is started once.
    """
    row = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if row.started_at:
        return row
    row.entries_asked = covered(row).update(
        campaign=row, next_on=Least("next_on", clock.today())
    )
    row.started_at, row.started_by = clock.now(), by
    row.save()
    return row
