from datetime import date

from django.db.models import Q

from herne_bildung.city.models.base import PublicQuerySet


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

    def real(self) -> "OfferingQuerySet":
        """Without samples, for everything that leaves the house."""
        return self.filter(is_sample=False)

    def newest_first(self) -> "OfferingQuerySet":
        """Those entered last first."""
        return self.order_by("-created_at", "-pk")
