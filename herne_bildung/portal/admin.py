"""What people searched for in vain: hints at what is missing on the portal. And which
pages of packages the administration does not have.
"""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE
from herne_bildung.portal.gaps.searches import often_searched
from herne_bildung.portal.models import SearchWithoutResult

# What is changed there stands in no log. Rights of groups come from `ensure_groups`, a
# second factor is taken away by `reset_second_factor`, the rest is everyone's own.
for model in (Authenticator, EmailAddress, Group, UserSession):
    admin.site.unregister(model)


@admin.register(SearchWithoutResult)
class SearchWithoutResultAdmin(OwnEntriesAdmin):
    """Read only, except that a count which names a person may be removed."""

    rights = {OFFICE: ("view", "delete")}
    can_be_deleted = True
    list_display = ("words", "month", "count")
    list_display_links = None
    list_filter = ("month",)
    search_fields = ("words",)
    ordering = ("-month", "-count", "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[SearchWithoutResult]:
        """Rare words might name someone; nobody needs to see them."""
        return super().get_queryset(request) & often_searched()

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: SearchWithoutResult | None = None
    ) -> bool:
        return False
