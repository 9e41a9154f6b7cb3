"""Reports to committees: made at one press, looked at, submitted, made public."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import translation
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import GoalsAdmin
from goals.admin.report_form import NewReportForm, chosen_period, committees
from goals.models import Period, Report, ReportFile
from goals.reports import actions
from goals.reports.page import report_page
from goals.reports.views import given_out
from herne_bildung.city.admin.preview import public_request
from herne_bildung.city.rights import OFFICE, approves
from herne_bildung.lib.languages import DEFAULT_LANGUAGE


@admin.register(Report)
class ReportAdmin(GoalsAdmin):
    """Staff make, write and submit; leads make public. A submitted one stays."""

    rights = {OFFICE: ("view", "add", "change")}
    german_needed = ("title", "committee")
    list_display = ["link", "day", "committee", "state", "taken_at"]
    list_display_links = None
    list_filter = ["state", "period"]
    fields = ["title", "committee", "day", "intro", "outlook", "costs"]

    @admin.display(description=gettext_lazy("title"), ordering="title")
    def link(self, report: Report) -> str:
        return format_html('<a href="{}">{}</a>', step_path("steps", report), report)

    def has_change_permission(
        self, request: HttpRequest, obj: Report | None = None
    ) -> bool:
        is_allowed = super().has_change_permission(request, obj)
        return is_allowed and (obj is None or obj.is_draft)

    def save_model(
        self, request: HttpRequest, obj: Report, form: Any, change: bool
    ) -> None:
        """The day of the meeting stands in the address."""
        if "day" in form.changed_data:
            obj.slug = actions.slug_of(obj.period, obj.day)
        super().save_model(request, obj, form, change)

    def response_post_save_change(
        self, request: HttpRequest, obj: Report
    ) -> HttpResponse:
        return redirect(step_path("steps", obj))

    def get_urls(self) -> list[URLPattern]:
        pages = [
            ("", "steps", self.steps_view),
            ("vorschau/", "preview", self.preview_view),
            ("vorlegen/", "submit", self.submit_view),
            ("neu-erstellen/", "remake", partial(self._step, actions.remake)),
            ("verwerfen/", "discard", self.discard_view),
            ("veroeffentlichen/", "release", partial(self._step, actions.release)),
            ("zurueckziehen/", "withdraw", partial(self._step, actions.withdraw)),
        ]
        views = [(f"<int:pk>/bericht/{rest}", name, view) for rest, name, view in pages]
        views += [
            (f"<int:pk>/bericht/bericht.{form}", form, partial(self.file_view, form))
            for form in ReportFile.Form.values
        ]
        return [
            *(
                path(
                    route,
                    self.admin_site.admin_view(view),
                    name=f"goals_report_{name}",
                )
                for route, name, view in views
            ),
            *super().get_urls(),
        ]

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Period, goals, committee and day; one press makes the report."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        period = chosen_period(request.GET.get("period"))
        form = NewReportForm(period, request.POST or None) if period else None
        if request.method == "POST" and form and form.is_valid():
            report = form.make(by=request.user)
            self.log_addition(request, report, _("made"))
            self.message_user(request, _("The report is made."))
            return redirect(step_path("steps", report))
        context = {
            "form": form,
            "period": period,
            "periods": Period.objects.published(),
            "committees": committees(),
        }
        return self._page(request, "new", _("New report to a committee"), context)

    def steps_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What the report says in short, and what can be done with it."""
        report = self._report(request, pk)
        context = {
            "report": report,
            "texts": _texts(report),
            "goals": report.snapshot["goals"],
            "changes": report.snapshot["changes"],
            "may_edit": self.has_change_permission(request, report),
            "may_release": approves(request.user),
            "page_url": _page_url(report),
        }
        return self._page(request, "steps", str(report), context)

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The public page as it will be; no cache keeps it."""
        report = self._report(request, pk)
        with translation.override(DEFAULT_LANGUAGE):
            public = public_request(request, reverse("report", args=[report.slug]))
            shown = report_page(report, DEFAULT_LANGUAGE)
            response = render(public, "goals/reports/report.html", {"report": shown})
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def file_view(self, form: str, request: HttpRequest, pk: int) -> HttpResponse:
        """The file as submitted; of a draft as it is now."""
        report = self._report(request, pk)
        response = given_out(actions.file_of(report, form), report.slug, form)
        response.headers["Cache-Control"] = "no-store"
        return response

    def submit_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more: afterwards nothing of it can be changed."""
        report = self._report(request, pk)
        if not self.has_change_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._step(actions.submit, request, pk)
        if not report.is_draft:
            return redirect(step_path("steps", report))
        context = {"report": report, "texts": _texts(report)}
        return self._page(request, "submit", _("Submit the report?"), context)

    def discard_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Throw a draft away."""
        response = self._step(actions.discard, request, pk)
        is_done = response.status_code == HTTPStatus.FOUND
        return redirect("admin:goals_report_changelist") if is_done else response

    def _step(
        self, take: Callable[[Report], None], request: HttpRequest, pk: int
    ) -> HttpResponse:
        """One step with a report, by who may take it; never by following a link."""
        report = self._report(request, pk)
        is_for_leads = take in (actions.release, actions.withdraw)
        may = approves if is_for_leads else lambda user: True
        if not (self.has_change_permission(request) and may(request.user)):
            raise PermissionDenied
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        words = TAKEN[take]
        try:
            with transaction.atomic():
                self.log_change(request, report, words)
                take(report)
        except actions.Refused:
            words = _("Somebody else was quicker: this step is not possible any more.")
        self.message_user(request, words)
        return redirect(step_path("steps", report))

    def _report(self, request: HttpRequest, pk: int) -> Report:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Report.objects.select_related("previous", "made_by").filter(pk=pk)
        report = found.first()
        if report is None:
            raise Http404
        return report

    def _page(
        self, request: HttpRequest, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        frame = self.admin_site.each_context(request)
        shown = {**frame, "title": title, "opts": self.opts, **context}
        return render(request, f"admin/goals/report_{name}.html", shown)


TAKEN: dict[Callable[[Report], None], Any] = {
    actions.remake: gettext_lazy("The report shows what is known today."),
    actions.submit: gettext_lazy("The report is submitted and changes no more."),
    actions.release: gettext_lazy("The report is public."),
    actions.withdraw: gettext_lazy("The report is off the public list."),
    actions.discard: gettext_lazy("The draft is thrown away."),
}


def step_path(name: str, report: Report) -> str:
    """The address of a page of the administration about a report."""
    return reverse(f"admin:goals_report_{name}", args=[report.pk])


def _texts(report: Report) -> list[tuple[str, str]]:
    """What staff write: the name of each text, and the text."""
    names = ("intro", "outlook", "costs")
    field = report._meta.get_field
    return [(field(name).verbose_name, getattr(report, name)) for name in names]


def _page_url(report: Report) -> str:
    """Its public page; empty while there is none."""
    if report.state != Report.State.RELEASED:
        return ""
    with translation.override(DEFAULT_LANGUAGE):
        return reverse("report", args=[report.slug])
