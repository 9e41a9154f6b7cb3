"""Entries to look after, with their state and history, as staff see and settle them."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.admin.pages import MISSING, words_of
from herne_bildung.city.rights import OFFICE, PROVIDERS, sees_everything
from herne_bildung.freshness.actions import entries
from herne_bildung.freshness.actions.hidden import tell_hidden
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.admin.filters import KindFilter, StateFilter, YesNoFilter
from herne_bildung.freshness.admin.intervals import EntryIntervalInline
from herne_bildung.freshness.documents import documents
from herne_bildung.freshness.group_facts import facts_by_group
from herne_bildung.freshness.kinds import kind_of, kinds
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.freshness.rhythm import state_of
from herne_bildung.lib import clock

How = Confirmation.How
BY_STAFF = (How.PHONE, How.VISIT)
MOST_EVENTS = 100


class DocumentFilter(YesNoFilter):
    title, parameter_name = gettext_lazy("from documents"), "document"
    condition = documents()


class WaitingChangeFilter(YesNoFilter):
    title, parameter_name = gettext_lazy("change proposed"), "proposed"
    condition = Q(has_waiting_change=True)


class OnSiteFilter(YesNoFilter):
    title, parameter_name = gettext_lazy("on the site"), "public"
    condition = Q(is_public=True)


@admin.register(MaintainedEntry)
class MaintainedEntryAdmin(OwnEntriesAdmin):
    """What the engine knows; nobody types here. Staff say what they heard, show and
    hide, and choose other intervals; providers read about their own entries.
    """

    owner_path = "organisation"
    rights = {OFFICE: ("view", "change"), PROVIDERS: ("view",)}
    change_form_template = "admin/freshness/entry.html"
    list_display = ["title", "kind_label", "organisation", "state", "due_on"]
    list_display += ["step", "confirmed_at"]
    list_filter = [StateFilter, KindFilter, "step", DocumentFilter]
    list_filter += [WaitingChangeFilter, OnSiteFilter]
    provider_list_filter = (StateFilter, KindFilter)
    list_select_related = ["organisation"]
    search_fields = ["title", "organisation__name_de"]
    ordering = ["due_on", "pk"]
    actions = ["confirm_by_phone", "confirm_on_a_visit", "show_again"]
    staff_actions = ("confirm_by_phone", "confirm_on_a_visit", "show_again")
    inlines = [EntryIntervalInline]
    fields = readonly_fields = ["organisation", "step", "step_on", "next_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Without what nobody confirms, and samples: nothing is to be said of them."""
        return super().get_queryset(request).to_confirm()

    @admin.display(description=gettext_lazy("state"))
    def state(self, row: MaintainedEntry) -> str:
        return state_of(row, clock.today()).label

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, row: MaintainedEntry) -> str:
        return kinds()[row.kind].label if row.kind in kinds() else row.kind

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_inlines(self, request: HttpRequest, obj: Any) -> list:
        return self.inlines if sees_everything(request.user) else []

    @admin.action(
        description=gettext_lazy("Confirm everything: by telephone"),
        permissions=["change"],
    )
    def confirm_by_phone(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._confirm(request, queryset, How.PHONE)

    @admin.action(
        description=gettext_lazy("Confirm everything: on a visit"),
        permissions=["change"],
    )
    def confirm_on_a_visit(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._confirm(request, queryset, How.VISIT)

    @admin.action(
        description=gettext_lazy("Show hidden ones again"), permissions=["change"]
    )
    def show_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        hidden = queryset.filter(hidden_at__isnull=False, ended_at=None)
        done = [entries.show(row, by=request.user) for row in hidden]
        self._say(request, len(done))

    def _confirm(self, request: HttpRequest, queryset: QuerySet, how: str) -> None:
        done = 0
        for row in queryset.filter(ended_at=None).exclude(groups={}).order_by("pk"):
            try:
                entries.confirm(row, groups=list(row.groups), how=how, by=request.user)
            except (ValueError, MaintainedEntry.DoesNotExist):
                text = _("“%(title)s” was changed meanwhile. Please look at it again.")
                messages.warning(request, text % {"title": row.title})
            else:
                done += 1
        self._say(request, done)

    def _say(self, request: HttpRequest, number: int) -> None:
        text = ngettext("%(number)s entry noted.", "%(number)s entries noted.", number)
        self.message_user(request, text % {"number": number}, messages.SUCCESS)

    def get_urls(self) -> list:
        do = self.admin_site.admin_view(self.do_view)
        name = "freshness_maintainedentry_do"
        return [path("<int:pk>/tun/", do, name=name), *super().get_urls()]

    def do_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The buttons of an entry's page."""
        row = get_object_or_404(self.get_queryset(request), pk=pk)
        if not (
            self.has_change_permission(request, row) and sees_everything(request.user)
        ):
            raise PermissionDenied
        page = reverse("admin:freshness_maintainedentry_change", args=[pk])
        if request.method == "POST":
            if request.POST.get("do") == "hide" and not words_of(request, "reason"):
                return redirect(f"{page}?{MISSING}=1#care-reason")
            self._do(request, row)
        return redirect(page)

    def _do(self, request: HttpRequest, row: MaintainedEntry) -> None:
        do, by = request.POST.get("do"), request.user
        reason = words_of(request, "reason")
        if do in BY_STAFF:
            if not self._confirm_groups(request, row, do):
                return
        elif do == "show":
            entries.show(row, by=by)
        elif do == "hide":
            if not row.is_public:
                return
            with transaction.atomic():
                tell_hidden([entries.hide(row, reason=reason, by=by)])
        elif do == "end":
            entries.end(row, by=by, note=reason)
        elif do == "not_ended":
            entries.undo_end(row, by=by)
        else:
            return
        self._say(request, 1)

    def _confirm_groups(
        self, request: HttpRequest, row: MaintainedEntry, how: str
    ) -> bool:
        """Confirm the groups that were ticked, as they were shown."""
        sync(row.kind, [row.object_id])
        row.refresh_from_db()
        ticked = set(request.POST.getlist("group")) & set(row.groups)
        if not ticked:
            messages.error(request, _("Please tick what was confirmed."))
            return False
        marks = [request.POST.get(f"seen-{name}", "") for name in sorted(ticked)]
        try:
            entries.confirm(
                row, groups=ticked, how=how, seen="-".join(marks), by=request.user
            )
        except (entries.ChangedMeanwhile, ValueError):
            messages.warning(request, _("The facts were changed meanwhile."))
            return False
        return True

    def save_related(self, request: HttpRequest, form: Any, *more: Any) -> None:
        super().save_related(request, form, *more)
        sync(form.instance.kind, [form.instance.object_id])

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        row = self.get_object(request, object_id)
        more = page_of(row) if row else {}
        more["may_act"] = sees_everything(request.user)
        more["is_missing"] = MISSING in request.GET
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )


def page_of(row: MaintainedEntry) -> dict[str, Any]:
    """What the page of an entry shows beside its fields."""
    kind = kind_of(row)
    found = kind.get(row.object_id)
    return {
        "state": state_of(row, clock.today()),
        "kind_label": kind.label,
        "groups": facts_by_group(row, found) if found is not None else [],
        "admin_path": kind.admin_path(found) if found is not None else "",
        "page_path": kind.page_path(found) if row.is_public and found else "",
        "by_staff": [(how.value, how.label) for how in BY_STAFF],
        "events": row.events.select_related("by", "recipient")[:MOST_EVENTS],
        "confirmations": [
            (one, [group.label for group in kind.groups if group.name in one.groups])
            for one in row.confirmations.select_related("by", "recipient")[:MOST_EVENTS]
        ],
        "reports_path": f"{reverse('admin:freshness_errorreport_changelist')}"
        f"?entry__id__exact={row.pk}",
    }
