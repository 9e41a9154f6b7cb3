"""On whose behalf a table comes in or goes out, and what that lets it reach."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from herne_bildung.city.models import Organisation, Place, User
from herne_bildung.city.rights import (
    managed_organisations,
    reads_notes,
    sees_everything,
)
from herne_bildung.portal.models import Import, ImportRecord
from offerings.models import Offering


def may_import(user: Any) -> bool:
    """Whether someone may hand in any table."""
    return sees_everything(user) or bool(managed_organisations(user))


@dataclass
class Scope:
    """A person, and the organisation for which they act; None: the portal's staff."""

    user: User
    organisation_id: int | None = None
    source: str = ""
    _kept: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, job: Import) -> "Scope":
        """Who an import is by, with the rights of now. PermissionDenied without."""
        if job.by is None or not job.by.is_active:
            raise PermissionDenied
        scope = cls(job.by, job.organisation_id, job.source)
        scope.check(job.kind)
        return scope

    def check(self, kind: str) -> None:
        """PermissionDenied unless the person may import this for that organisation."""
        if sees_everything(self.user):
            return
        is_own = self.organisation_id in managed_organisations(self.user)
        if kind != "offering" or not is_own:
            raise PermissionDenied

    @cached_property
    def is_staff(self) -> bool:
        return sees_everything(self.user)

    @cached_property
    def reads_notes(self) -> bool:
        return reads_notes(self.user)

    def reaches(self, organisation_id: int | None) -> bool:
        """Whether entries of an organisation may be written."""
        return self.is_staff or organisation_id in managed_organisations(self.user)

    def organisations(self) -> QuerySet[Organisation]:
        """Those a row may name."""
        every = Organisation.objects.all()
        if self.is_staff:
            return every
        return every.filter(pk__in=managed_organisations(self.user))

    def places(self) -> QuerySet[Place]:
        """Those a row may name: all, or those in use by own organisations."""
        if self.is_staff:
            return Place.objects.all()
        own = managed_organisations(self.user)
        used = Q(organisations__in=own) | Q(offerings__provider__in=own)
        return Place.objects.filter(used).distinct()

    def offerings(self) -> QuerySet[Offering]:
        """Those a row may name as what follows: own ones, and what is named already."""
        every = Offering.objects.order_by()
        if self.is_staff:
            return every
        own = managed_organisations(self.user)
        named = Q(provider__in=own) | Q(predecessors__provider__in=own)
        return every.filter(named).distinct()

    def records(self, kind: str) -> QuerySet[ImportRecord]:
        """What this source said before."""
        return ImportRecord.objects.filter(
            kind=kind, organisation_id=self.organisation_id, source=self.source
        )


class Everything(Scope):
    """For tables that go out: what a list shows may name any entry of the portal."""

    def organisations(self) -> QuerySet[Organisation]:
        return Organisation.objects.all()

    def places(self) -> QuerySet[Place]:
        return Place.objects.all()

    def offerings(self) -> QuerySet[Offering]:
        return Offering.objects.order_by()
