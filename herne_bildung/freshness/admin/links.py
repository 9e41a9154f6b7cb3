"""Addresses in entries that do not answer, for staff and for whose entries they are."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import CheckedLink, LinkUse


@admin.register(LinkUse)
class LinkUseAdmin(OwnEntriesAdmin):
    """Read only: addresses are changed in their entry."""

    owner_path = "entry__organisation"
    rights = {OFFICE: ("view",), PROVIDERS: ("view",)}
    list_display = ["entry_link", "address", "state", "reason", "checked_on"]
    list_display_links = None
    list_filter = ["link__state"]
    provider_list_filter = ("link__state",)
    list_select_related = ["entry", "link"]
    search_fields = ["entry__title", "link__url"]
    ordering = ["-link__strikes", "pk"]

    def get_changelist_instance(self, request: HttpRequest):
        """With the pages of the entries, read for the whole list at once."""
        found = super().get_changelist_instance(request)
        self._paths = {}
        for kind in kinds().values():
            rows = [use.entry for use in found.result_list]
            own = {row.object_id: row.pk for row in rows if row.kind == kind.name}
            for pk, entry in kind.get_many(own).items() if own else ():
                self._paths[own[pk]] = kind.admin_path(entry)
        return found

    @admin.display(description=_("entry"), ordering="entry__title")
    def entry_link(self, use: LinkUse) -> str:
        path = self._paths.get(use.entry_id)
        if not path:
            return use.entry.title
        return format_html('<a href="{}">{}</a>', path, use.entry.title)

    @admin.display(description=_("address"), ordering="link__url")
    def address(self, use: LinkUse) -> str:
        return use.link.url

    @admin.display(description=_("state"), ordering="link__state")
    def state(self, use: LinkUse) -> str:
        return CheckedLink.State(use.link.state).label

    @admin.display(description=_("why"))
    def reason(self, use: LinkUse) -> str:
        return use.link.why

    @admin.display(description=_("checked"), ordering="link__checked_on")
    def checked_on(self, use: LinkUse):
        return use.link.checked_on

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj=None) -> bool:
        return False
