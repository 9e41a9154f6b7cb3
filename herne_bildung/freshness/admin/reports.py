"""Reports of errors: answered, or closed with a reason."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from herne_bildung.city.admin.pages import MISSING, words_of
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.freshness.actions import reports as actions
from herne_bildung.freshness.admin.to_decide import ToDecideAdmin
from herne_bildung.freshness.kinds import kind_of
from herne_bildung.freshness.models import ErrorReport

State = ErrorReport.State


@admin.register(ErrorReport)
class ErrorReportAdmin(ToDecideAdmin):
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

    def decide(self, request: HttpRequest, row: ErrorReport) -> HttpResponse:
        """Answer it, or close it."""
        finish = {"answer": actions.answer, "close": actions.close}.get(
            request.POST.get("do", "")
        )
        text = words_of(request, "answer")
        if request.method == "POST" and finish:
            if not text:
                page = reverse("admin:freshness_errorreport_change", args=[row.pk])
                return redirect(f"{page}?{MISSING}=1#care-answer")
            finish(row, text, request.user)
            messages.success(request, _("Thank you, the report is done."))
        return redirect("admin:freshness_errorreport_changelist")

    def context_of(self, row: ErrorReport) -> dict[str, Any]:
        kind = kind_of(row.entry)
        found = kind.get(row.entry.object_id)
        return {
            "is_to_confirm": kind.is_confirmed,
            "is_open": row.state == State.OPEN,
            "admin_path": kind.admin_path(found) if found is not None else "",
            "page_path": kind.page_path(found) if found is not None else "",
        }
