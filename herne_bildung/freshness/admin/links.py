"""Addresses in entries that do not answer, for staff and for whose entries they are."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.freshness.kinds import kind_of, objects_of
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
        changelist = super().get_changelist_instance(request)
        objects = objects_of(use.entry for use in changelist.result_list)
        for use in changelist.result_list:
            found = objects.get((use.entry.kind, use.entry.object_id))
            use.entry_path = found and kind_of(use.entry).admin_path(found)
        return changelist

    @admin.display(description=_("entry"), ordering="entry__title")
    def entry_link(self, use: LinkUse) -> str:
        path = getattr(use, "entry_path", "")  # a table that goes out has no links
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
