from datetime import date
from typing import Any

from django.db import models

from herne_bildung.city.models.base import PublicQuerySet
from herne_bildung.lib import clock


class MaintainedEntryQuerySet(PublicQuerySet):
    """Entries as the engine and the people in charge see them."""

    def counted(self) -> "MaintainedEntryQuerySet":
        """On the site and no sample: what figures are about."""
        return self.filter(is_public=True, is_sample=False)

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


class RecipientQuerySet(models.QuerySet):
    def usable(self) -> "RecipientQuerySet":
        """Those that mails may go to."""
        return self.filter(allowed_at__isnull=False, declined_at=None, bounced_at=None)
