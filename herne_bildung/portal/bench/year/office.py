"""The staff of the simulated year: they work off the call list."""

import random
from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model

from herne_bildung.freshness.actions import calls
from herne_bildung.freshness.models import Call, Recipient, Responsibility
from herne_bildung.freshness.pauses import Calendars
from herne_bildung.lib import clock
from herne_bildung.portal.bench.year.world import Habit, Person

# Organisations called on one working day; about half an hour.
CALLS_A_DAY = 8
# Of a hundred calls so many reach somebody; and so many entries turn out to be over.
REACHED, ENDED = 55, 1


class Office:
    """Calls organisation by organisation, those that wait longest first."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.people: Mapping[str, Person] = {}
        self.post_office: Any = None
        self.ended = 0
        self.staff, _ = get_user_model().objects.get_or_create(username="buero")

    def work(self) -> None:
        """One working day."""
        today = clock.today()
        waiting = Call.objects.filter(closed_at=None, next_try_on__lte=today)
        organisations = list(
            dict.fromkeys(
                waiting.order_by("since", "pk").values_list(
                    "entry__organisation", flat=True
                )
            )
        )
        for organisation in organisations[:CALLS_A_DAY]:
            self._call(organisation)

    def _call(self, organisation: int) -> None:
        waiting = list(
            Call.objects.filter(
                closed_at=None, entry__organisation=organisation
            ).select_related("entry")
        )
        calls.claim(organisation, by=self.staff)
        if self.chance.randrange(100) >= REACHED:
            day = calls.next_try_day(Calendars().of(organisation), clock.today())
            for call in waiting:
                calls.not_reached(
                    call, next_try_on=day, tries=call.tries, by=self.staff
                )
            return
        for call in waiting:
            if self.chance.randrange(100) < ENDED:
                calls.end(call, by=self.staff)
                self.ended += 1
            else:
                calls.confirm(call, by=self.staff)
        self._ask_for_the_address(organisation)

    def _ask_for_the_address(self, organisation: int) -> None:
        """Who left has a successor with the same mailbox; a mailbox that refuses
        mails is put right.
        """
        for responsibility in Responsibility.objects.filter(
            organisation=organisation, rank=Responsibility.Rank.FIRST
        ).select_related("recipient"):
            person = self.people[responsibility.recipient.email]
            if person.habit in {Habit.LEFT, Habit.BOUNCING}:
                person.habit = Habit.PROMPT
                self.post_office.refused.discard(person.email)
                Recipient.objects.filter(pk=responsibility.recipient_id).update(
                    bounced_at=None, bounce_reason=""
                )
