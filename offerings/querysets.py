from datetime import date

from django.db.models import Exists, OuterRef, Q

from herne_bildung.city.models import EntryVersion
from herne_bildung.city.models.base import PublicQuerySet
from herne_bildung.freshness.models import MaintainedEntry


class OfferingQuerySet(PublicQuerySet):
    """Offers as readers and as the people in charge see them."""

    def published(self, today: date) -> "OfferingQuerySet":
        """Those the public sees on that day."""
        return self.filter(
            Q(visible_from=None) | Q(visible_from__lte=today),
            Q(visible_until=None) | Q(visible_until__gte=today),
            state="published",
        )

    def not_ended(self, today: date) -> "OfferingQuerySet":
        """Without those whose last day is over; their pages stay reachable."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=today))

    def gone(self, today: date) -> "OfferingQuerySet":
        """Those that the public saw and sees no longer, whose old addresses say so.

        Hidden and ended ones were on the site; of drafts and archived ones only the
        engine knows it, or their history, and one that becomes visible later was not.
        """
        was_shown = MaintainedEntry.objects.filter(
            kind="offering", object_id=OuterRef("pk"), was_shown=True
        )
        # Before the engine knew of it, taken off within minutes.
        was_published = EntryVersion.objects.filter(
            model="offerings.offering",
            object_id=OuterRef("pk"),
            snapshot__state="published",
            snapshot__visible_from=None,
        )
        known = Q(Exists(was_shown)) | Q(Exists(was_published))
        return self.filter(
            Q(visible_from=None) | Q(visible_from__lte=today),
            Q(state__in=["unconfirmed", "ended"])
            | Q(known, state__in=["draft", "archived"])
            | Q(state="published", visible_until__lt=today),
            is_sample=False,
        )

    def real(self) -> "OfferingQuerySet":
        """Without samples, for everything that leaves the house."""
        return self.filter(is_sample=False)

    def newest_first(self) -> "OfferingQuerySet":
        """Those entered last first."""
        return self.order_by("-created_at", "-pk")
