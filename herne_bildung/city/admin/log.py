from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from herne_bildung.city.admin.base import OwnEntriesAdmin
from herne_bildung.city.admin.log_words import details_in_words
from herne_bildung.city.models import AuditEntry
from herne_bildung.city.rights import LEADS


@admin.register(AuditEntry)
class LogAdmin(OwnEntriesAdmin):
    """The log of what must be answered for: for leads, to read only."""

    rights = {LEADS: ("view",)}
    list_display = fields = ["at", "action", "about", "by_name", "words"]
    list_display_links = None
    list_filter = ["action", "at"]
    date_hierarchy = "at"
    search_fields = ["by_name", "about"]
    search_help_text = _("Name of a person or an entry")

    @admin.display(description=_("details"))
    def words(self, entry: AuditEntry) -> str:
        return details_in_words(entry)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: AuditEntry | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: AuditEntry | None = None
    ) -> bool:
        return False
