"""What readers follow, for staff: how many, of which kind, since when. Addresses are
for leads only; everyone of the office can end one for somebody who asks.
"""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, manages_people
from herne_bildung.freshness.actions.subscriptions import end_some
from herne_bildung.freshness.models import Subscription
from herne_bildung.freshness.subscriptions import kinds, things_of
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


class KindFilter(admin.SimpleListFilter):
    title = gettext_lazy("kind")
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [(name, kind.label) for name, kind in kinds().items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(kind=self.value()) if self.value() else queryset


class ConfirmedFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple]:
        return [("confirmed", _("confirmed")), ("waiting", _("not confirmed yet"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        wanted = {"confirmed": ~Q(confirmed_at=None), "waiting": Q(confirmed_at=None)}
        return queryset.filter(wanted.get(self.value(), Q()))


@admin.register(Subscription)
class SubscriptionAdmin(OwnEntriesAdmin):
    """A list to look at; each can be ended."""

    rights = {OFFICE: ("view",)}
    list_display = ["what", "kind_label", "state", "asked_at", "last_sent_at"]
    list_display_links = None
    list_filter = [KindFilter, ConfirmedFilter]
    list_select_related = ["subscriber"]
    ordering = ["kind", "key", "pk"]
    actions = ["end"]
    staff_actions = ("end",)
    fields = ["what", "kind_label", "state", "asked_at", "confirmed_at", "ends_on"]
    readonly_fields = ["what", "kind_label", "state", "address"]

    def get_list_display(self, request: HttpRequest) -> list[str]:
        return [*self.list_display, *self._for_leads(request, "address")]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [*self.fields, *self._for_leads(request, "address")]

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return self._for_leads(request, "subscriber__email")

    def _for_leads(self, request: HttpRequest, name: str) -> list[str]:
        return [name] if manages_people(request.user) else []

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """With what its rows follow, read at once."""
        shown = super().get_changelist_instance(request)
        shown.result_list = list(shown.result_list)
        note_things(shown.result_list)
        return shown

    @admin.display(description=gettext_lazy("what is followed"))
    def what(self, row: Subscription) -> str:
        if not hasattr(row, "thing"):
            note_things([row])
        thing = row.thing
        return thing.title.text if thing else _("It is not on the site any more")

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, row: Subscription) -> str:
        kind = kinds().get(row.kind)
        return kind.label if kind else row.kind

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: Subscription) -> str:
        return _("confirmed") if row.confirmed_at else _("not confirmed yet")

    @admin.display(description=gettext_lazy("address"))
    def address(self, row: Subscription) -> str:
        return row.subscriber.email

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.action(description=gettext_lazy("End, delete address"), permissions=["view"])
    def end(self, request: HttpRequest, queryset: QuerySet) -> None:
        number = end_some(queryset)
        text = ngettext(
            "%(number)s subscription ended.", "%(number)s subscriptions ended.", number
        )
        self.message_user(request, text % {"number": number}, messages.SUCCESS)


def note_things(rows: list[Subscription]) -> None:
    """Let each row know what it follows, in German."""
    things = things_of(rows, DEFAULT_LANGUAGE)
    for row in rows:
        row.thing = things[row.kind, row.key]
