"""Outgoing mails as staff see them: what waits, what went, what was given up."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, manages_people
from herne_bildung.freshness.actions import outbox
from herne_bildung.freshness.models import FOLLOWED_MAIL, OutgoingMail

STATES = {
    "given-up": _("given up"),
    "waiting": _("waiting"),
    "sent": _("sent"),
}
CONDITIONS = {
    "given-up": {"failed_at__isnull": False},
    "waiting": {"failed_at": None, "sent_at": None},
    "sent": {"sent_at__isnull": False},
}


def state_of(mail: OutgoingMail) -> str:
    """The key in STATES that a mail has."""
    if mail.sent_at:
        return "sent"
    return "given-up" if mail.failed_at else "waiting"


class StateFilter(admin.SimpleListFilter):
    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return list(STATES.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(**CONDITIONS.get(self.value(), {}))


@admin.register(OutgoingMail)
class OutgoingMailAdmin(OwnEntriesAdmin):
    """Read only: what a mail says is not changed after its reason."""

    rights = {OFFICE: ("view",)}
    list_display = ("subject", "recipient", "state", "attempts", "due_at", "last_error")
    list_filter = (StateFilter,)
    search_fields = ("subject", "recipient")
    date_hierarchy = "created_at"
    actions = ("send_again",)
    staff_actions = ("send_again",)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Mails to readers who follow something are for those who see addresses."""
        found = super().get_queryset(request)
        if manages_people(request.user):
            return found
        return found.exclude(key__startswith=FOLLOWED_MAIL)

    @admin.display(description=_("state"))
    def state(self, mail: OutgoingMail) -> str:
        return STATES[state_of(mail)]

    def get_fields(
        self, request: HttpRequest, obj: OutgoingMail | None = None
    ) -> list[str]:
        """Not what a mail says whose link leads into somebody's login."""
        fields = list(super().get_fields(request, obj))
        if obj is not None and obj.is_secret:
            return [name for name in fields if name not in {"text", "html"}]
        return fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: OutgoingMail | None = None
    ) -> bool:
        return False

    @admin.action(description=_("Send given-up mails again"), permissions=["view"])
    def send_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = outbox.send_again(queryset)
        text = ngettext(
            "%(number)s mail will be sent again.",
            "%(number)s mails will be sent again.",
            number,
        )
        self.message_user(request, text % {"number": number}, messages.SUCCESS)
