from datetime import date, timedelta
from typing import Any

from django.db import models

from herne_bildung.city.models.base import PublicQuerySet
from herne_bildung.freshness.kinds import only_reported
from herne_bildung.lib import clock

# A call can be put off so long, whatever comes: nothing is put off for ever.
LONGEST_TO_NEXT_TRY = timedelta(days=60)


class MaintainedEntryQuerySet(PublicQuerySet):
    """Entries as the engine and the people in charge see them."""

    def to_confirm(self) -> "MaintainedEntryQuerySet":
        """No samples, and of kinds that people confirm; of others they only report
        errors.
        """
        return self.filter(is_sample=False).exclude(kind__in=only_reported())

    def counted(self) -> "MaintainedEntryQuerySet":
        """To confirm and on the site: what figures are about."""
        return self.to_confirm().filter(is_public=True)

    def fresh(self, today: date) -> "MaintainedEntryQuerySet":
        """Confirmed, all groups within their interval."""
        return self.filter(confirmed_at__isnull=False, due_on__gte=today)

    def to_step(self, today: date) -> "MaintainedEntryQuerySet":
        """Those whose next step of asking has come."""
        return self.filter(next_on__lte=today, is_sample=False)


class CallQuerySet(models.QuerySet):
    def held_by(self, user: Any) -> "CallQuerySet":
        """Those whose `holder` is this person."""
        since = clock.now() - self.model.HELD_FOR
        return self.filter(claimed_by=user, claimed_at__gt=since)

    def to_make(self, today: date) -> "CallQuerySet":
        """Open ones to make now. A day beyond what can be chosen is a slip of former
        times, which must not take a call off the list.
        """
        return self.filter(~self._is_later(today), closed_at=None)

    def later(self, today: date) -> "CallQuerySet":
        """Open ones that wait for the day of their next try."""
        return self.filter(self._is_later(today), closed_at=None)

    @staticmethod
    def _is_later(today: date) -> models.Q:
        return models.Q(
            next_try_on__gt=today, next_try_on__lte=today + LONGEST_TO_NEXT_TRY
        )


class RecipientQuerySet(models.QuerySet):
    def usable(self) -> "RecipientQuerySet":
        """Those that mails may go to."""
        return self.filter(allowed_at__isnull=False, declined_at=None, bounced_at=None)
