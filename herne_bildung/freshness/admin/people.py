"""Who is written to, for which organisation, and when nobody is there."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin import OwnEntriesAdmin, OwnEntriesInline
from herne_bildung.city.rights import (
    OFFICE,
    PROVIDERS,
    reached_organisations,
    sees_everything,
)
from herne_bildung.freshness.actions import people as actions
from herne_bildung.freshness.actions.pace import take_over_pace
from herne_bildung.freshness.admin.closed import ClosedPeriodFormSet
from herne_bildung.freshness.admin.intervals import IntervalInline
from herne_bildung.freshness.models import (
    CaredForOrganisation,
    ClosedPeriod,
    Recipient,
    Responsibility,
)

ASK_THE_OFFICE = gettext_lazy(
    "This address cannot be entered here. Please ask the Bildungsbüro to add it."
)
ALL = ("view", "add", "change", "delete")


class ResponsibilityInline(OwnEntriesInline):
    """What a recipient is asked about. Whether corrections are shown at once is for
    staff to say.
    """

    model = Responsibility
    rights = {OFFICE: ALL, PROVIDERS: ALL}
    autocomplete_fields = ["organisation"]
    owner_path = "organisation"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        found = super().get_queryset(request)
        if sees_everything(request.user):
            return found
        return found.filter(organisation__in=reached_organisations(request.user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [] if sees_everything(request.user) else ["may_publish"]

    def get_min_num(self, request: HttpRequest, obj: Any = None, **more: Any) -> int:
        return 0 if sees_everything(request.user) else 1

    def get_formset(self, request: HttpRequest, obj: Any = None, **more: Any) -> Any:
        """A provider's recipient belongs to one of its organisations."""
        more["validate_min"] = not sees_everything(request.user)
        return super().get_formset(request, obj, **more)


class RecipientsInline(ResponsibilityInline):
    """Whom an organisation's mails go to; providers choose among their own."""

    autocomplete_fields = ["recipient"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).select_related("recipient")

    def get_min_num(self, request: HttpRequest, obj: Any = None, **more: Any) -> int:
        return 0


class ClosedPeriodInline(OwnEntriesInline):
    """Weeks without mails."""

    model = ClosedPeriod
    formset = ClosedPeriodFormSet
    rights = {OFFICE: ALL, PROVIDERS: ALL}


@admin.register(CaredForOrganisation)
class CaredForOrganisationAdmin(OwnEntriesAdmin):
    """For each organisation: contacts, closed periods, intervals. The organisation
    itself is changed on its own page.
    """

    owner_path = "pk"
    rights = {OFFICE: ("view", "change"), PROVIDERS: ("view", "change")}
    list_display = ["name_de", "parent"]
    list_select_related = ["parent"]
    search_fields = ["name_de"]
    ordering = ["sort_key"]
    fields = readonly_fields = ["name_de", "email", "phone"]
    inlines = [RecipientsInline, ClosedPeriodInline, IntervalInline]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        everyone = [RecipientsInline, ClosedPeriodInline]
        return self.inlines if sees_everything(request.user) else everyone

    def save_related(self, request: HttpRequest, form: Any, *more: Any) -> None:
        super().save_related(request, form, *more)
        take_over_pace(form.instance.pk)


class BouncedFilter(admin.EmptyFieldListFilter):
    """Says itself what it is, apart from people who decline."""

    def __init__(self, *values: Any, **options: Any) -> None:
        super().__init__(*values, **options)
        self.title = _("Addresses that refuse mails")


@admin.register(Recipient)
class RecipientAdmin(OwnEntriesAdmin):
    """Addresses that reminders may go to. A new address gets nothing before someone
    there accepted an invitation, or staff switched the mails on.
    """

    owner_path = "responsibilities__organisation"
    rights = {
        OFFICE: ("view", "add", "change", "delete"),
        PROVIDERS: ("view", "add", "change"),
    }
    can_be_deleted = True
    change_form_template = "admin/freshness/recipient.html"
    list_display = ["email", "status", "language", "last_digest_on", "last_answer_at"]
    list_filter = [
        "is_role_mailbox",
        ("allowed_at", admin.EmptyFieldListFilter),
        ("bounced_at", BouncedFilter),
        ("declined_at", admin.EmptyFieldListFilter),
    ]
    search_fields = ["email", "responsibilities__organisation__name_de"]
    inlines = [ResponsibilityInline]
    actions = ["invite", "switch_on", "switch_off", "clear_bounce"]
    staff_actions = ("switch_on", "switch_off", "clear_bounce")
    fields = ["email", "is_role_mailbox", "language", "user", "status", "dates"]
    readonly_fields = ["status", "dates"]
    provider_readonly_fields = ("user",)

    @admin.display(description=gettext_lazy("mails"))
    def status(self, recipient: Recipient) -> str:
        if recipient.declined_at:
            return _("declined")
        if recipient.bounced_at:
            return _("refused: %(why)s") % {"why": recipient.bounce_reason or "–"}
        if recipient.allowed_at:
            return _("switched on")
        return _("invited") if recipient.invited_at else _("not invited yet")

    @admin.display(description=gettext_lazy("last mail, last answer"))
    def dates(self, recipient: Recipient) -> str:
        days = [recipient.last_digest_on, recipient.last_answer_at]
        return " · ".join(f"{day:%d.%m.%Y}" if day else "–" for day in days)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A provider changes an address only when no other organisation uses it."""
        allowed = super().has_change_permission(request, obj)
        if obj is None or obj.pk is None or sees_everything(request.user):
            return allowed
        own = reached_organisations(request.user)
        shared = Responsibility.objects.filter(recipient=obj.pk)
        return allowed and not shared.exclude(organisation__in=own).exists()

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """With the actions of the list as buttons."""
        recipient = self.get_object(request, object_id)
        may_act = recipient and self.has_change_permission(request, recipient)
        names = _useful_for(recipient) if may_act else []
        known = self.get_actions(request)
        more = {"buttons": [(name, known[name][2]) for name in names if name in known]}
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **more: Any
    ) -> Any:
        """Providers do not learn which addresses others have given."""
        form = super().get_form(request, obj, change, **more)
        if not sees_everything(request.user):
            form._meta.error_messages = {NON_FIELD_ERRORS: {"known": ASK_THE_OFFICE}}
        return form

    def save_model(
        self, request: HttpRequest, obj: Recipient, form: Any, change: bool
    ) -> None:
        if change and "email" in form.changed_data:
            actions.forget_permission(obj)
            text = _("A new address: please invite it, or switch its mails on.")
            self.message_user(request, text, messages.WARNING)
        super().save_model(request, obj, form, change)

    @admin.action(description=gettext_lazy("Invite"), permissions=["change"])
    def invite(self, request: HttpRequest, queryset: QuerySet) -> None:
        own = [one for one in queryset if self.has_change_permission(request, one)]
        self._say(request, sum(actions.invite(one) for one in own))

    @admin.action(description=gettext_lazy("Switch mails on"), permissions=["change"])
    def switch_on(self, request: HttpRequest, queryset: QuerySet) -> None:
        by = request.user
        self._say(request, sum(actions.switch_on(one, by=by) for one in queryset))

    @admin.action(description=gettext_lazy("Switch mails off"), permissions=["change"])
    def switch_off(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, sum(actions.switch_off(one) for one in queryset))

    @admin.action(
        description=gettext_lazy("Address works again"), permissions=["change"]
    )
    def clear_bounce(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._say(request, sum(actions.clear_bounce(one) for one in queryset))

    def _say(self, request: HttpRequest, number: int) -> None:
        text = ngettext(
            "%(number)s recipient changed.", "%(number)s recipients changed.", number
        )
        self.message_user(request, text % {"number": number}, messages.SUCCESS)


def _useful_for(recipient: Recipient) -> list[str]:
    """Actions that would change something."""
    if recipient.bounced_at:
        return ["clear_bounce"]
    if recipient.declined_at:
        return []
    return ["switch_off"] if recipient.allowed_at else ["invite", "switch_on"]
