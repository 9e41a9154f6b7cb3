"""Pages about one offer, for who changes it as its own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from herne_bildung.city.admin import OwnEntriesAdmin
from offerings.models import Offering


class OwnOffering(OwnEntriesAdmin):
    """Adds to an admin class of offers how such pages find theirs."""

    def changeable(self, request: HttpRequest, pk: int) -> Offering:
        """An offer the person reaches and changes as its own, dates at hand."""
        rows = self.get_queryset(request).select_related("provider")
        rows = rows.prefetch_related("schedules", "occurrences")
        offering = rows.filter(pk=pk).first()
        if offering is None:
            raise Http404
        may = self.has_change_permission(request, offering)
        if not may or self.translates(request.user, offering):
            raise PermissionDenied
        return offering
