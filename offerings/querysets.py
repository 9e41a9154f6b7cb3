from datetime import date

from django.db.models import Q

from herne_bildung.city.models.base import PublicQuerySet
from herne_bildung.city.querysets import organisation_ids_of


class OfferingQuerySet(PublicQuerySet):
    """Offers as readers and as the people in charge see them."""

    def published(self, today: date) -> "OfferingQuerySet":
        """Those the public sees on that day."""
        return self.filter(
            Q(visible_from=None) | Q(visible_from__lte=today),
            Q(visible_until=None) | Q(visible_until__gte=today),
            state="published",
        )

    def real(self) -> "OfferingQuerySet":
        """Without samples, for everything that leaves the house."""
        return self.filter(is_sample=False)

    def newest_first(self) -> "OfferingQuerySet":
        """Those entered last first."""
        return self.order_by("-created_at", "-pk")

    def looked_after_by(self, user) -> "OfferingQuerySet":
        """Those a signed-in person may change; staff of the portal: all."""
        if user.is_superuser:
            return self
        return self.filter(provider_id__in=organisation_ids_of(user))
