"""Reports of errors: answered, or closed with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin import OwnEntriesAdmin
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.freshness.actions import reports as actions
from herne_bildung.freshness.admin.pages import MISSING, words_of
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import ErrorReport

State = ErrorReport.State


@admin.register(ErrorReport)
class ErrorReportAdmin(OwnEntriesAdmin):
    """What readers reported. Providers see and answer what is about their entries;
    the reader's address is shown to nobody, the answer goes there by itself.
    """

    owner_path = "entry__organisation"
    rights = {OFFICE: ("view", "change"), PROVIDERS: ("view", "change")}
    change_form_template = "admin/freshness/report.html"
    list_display = ["entry", "reason", "short_text", "created_at", "state"]
    list_filter = ["state", "reason"]
    # Open ones come first.
    ordering = ["-state", "-created_at"]
    provider_list_filter = ("state",)
    list_select_related = ["entry"]
    search_fields = ["entry__title", "text"]
    fields = ["entry_title", "reason", "text", "language", "created_at", "wants_answer"]
    fields += ["state", "answer", "done_at"]
    readonly_fields = fields

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return lookup == "entry__id__exact" or super().lookup_allowed(
            lookup, value, request
        )

    @admin.display(description=gettext_lazy("entry"))
    def entry_title(self, report: ErrorReport) -> str:
        """Without Django's link: the engine has no page of what nobody confirms."""
        return report.entry.title

    @admin.display(description=gettext_lazy("text"))
    def short_text(self, report: ErrorReport) -> str:
        text = " ".join(report.text.split())
        return text if len(text) <= 80 else f"{text[:79]}…"

    @admin.display(description=gettext_lazy("waits for an answer"), boolean=True)
    def wants_answer(self, report: ErrorReport) -> bool:
        return bool(report.email) and report.state == State.OPEN

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def get_urls(self) -> list:
        do = self.admin_site.admin_view(self.do_view)
        name = "freshness_errorreport_do"
        return [path("<int:pk>/tun/", do, name=name), *super().get_urls()]

    def do_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer it, or close it."""
        report = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, report):
            raise PermissionDenied
        finish = {"answer": actions.answer, "close": actions.close}.get(
            request.POST.get("do", "")
        )
        text = words_of(request, "answer")
        if request.method == "POST" and finish:
            if not text:
                page = reverse("admin:freshness_errorreport_change", args=[pk])
                return redirect(f"{page}?{MISSING}=1#care-answer")
            finish(report, text, request.user)
            messages.success(request, _("Thank you, the report is done."))
        return redirect("admin:freshness_errorreport_changelist")

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        report = self.get_object(request, object_id)
        more: dict[str, Any] = {"show_save": False, "show_save_and_continue": False}
        if report is not None:
            kind = kind_of(report.entry)
            found = kind.get(report.entry.object_id)
            more["is_missing"] = MISSING in request.GET
            more["is_to_confirm"] = kind.is_confirmed
            more["is_open"] = report.state == State.OPEN
            more["admin_path"] = kind.admin_path(found) if found is not None else ""
            more["page_path"] = kind.page_path(found) if found is not None else ""
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **more}
        )
