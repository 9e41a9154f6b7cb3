"""Values that come in as files: hand in, assign columns, look, take in, watch."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from herne_bildung.city.admin.export import CSV, MEDIA_TYPE
from herne_bildung.city.admin.large_files import with_file_up_to
from herne_bildung.city.admin.pages import show
from herne_bildung.city.rights import OFFICE, STATISTICS
from herne_bildung.lib.file_names import file_name
from herne_bildung.lib.row_numbers import is_row_number
from herne_bildung.lib.tables import csv_lines
from monitoring.admin.base import MonitoringAdmin
from monitoring.imports import actions, columns
from monitoring.imports.forms import HandInForm, imported_by, mapping_of
from monitoring.imports.rights import (
    indicators_of,
    may_enter,
    may_import,
    may_take_in,
    reads_values,
)
from monitoring.imports.templates import csv_template, xlsx_template
from monitoring.models import ImportRun, Indicator

State = ImportRun.State
# Seconds after which the page of something at work asks again, also without scripts.
ASK_AGAIN = 2
ERRORS_SHOWN = 100
LIST = "admin:monitoring_importrun_changelist"


@admin.register(ImportRun)
class ImportRunAdmin(MonitoringAdmin):
    """Files of values. What passes unchanged is imported by the Bildungsbüro, what is
    protected by the statistics office alone.
    """

    rights = {OFFICE: ("view", "add"), STATISTICS: ("view", "add")}
    list_display = [
        "created_at", "file_name", "indicator", "state", "added", "changed",
        "unchanged", "error_count",
    ]  # fmt: skip
    list_display_links = ["created_at", "file_name"]
    list_filter = ["state", ("indicator", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["indicator"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_enter(request.user)

    def has_view_permission(
        self, request: HttpRequest, obj: ImportRun | None = None
    ) -> bool:
        return may_enter(request.user)

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        name = "monitoring_importrun"
        with_file = with_file_up_to("MONITORING_IMPORT_MOST_BYTES")
        return [
            path("add/", with_file(wrap(self.hand_in_view)), name=f"{name}_add"),
            path("<int:pk>/fehler.csv", wrap(self.errors_view), name=f"{name}_errors"),
            path(
                "vorlage/<int:indicator>.<slug:form>",
                wrap(self.template_view),
                name=f"{name}_template",
            ),
            *super().get_urls(),
        ]

    def hand_in_view(self, request: HttpRequest) -> HttpResponse:
        """The form to hand in a file, and the templates to fill in."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = HandInForm(
            request.POST or None, request.FILES or None, user=request.user
        )
        if request.method == "POST" and form.is_valid():
            values = form.cleaned_data
            run = actions.hand_in(
                indicator=values["indicator"],
                file_name=values["file"].name.replace("\0", ""),
                data=values["file"].read(),
                by=request.user,
            )
            return redirect(run_path(run))
        return show(
            request,
            "admin/monitoring/import_new.html",
            _("Values: getting data in"),
            opts=self.opts,
            form=form,
            indicators=imported_by(request.user),
        )

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """One file in whatever state it is; POST does what its button says."""
        run = self._run(request, object_id)
        if request.method == "POST":
            return self._act(request, run)
        template = "admin/monitoring/import_run.html"
        response = show(request, template, run.file_name, **self._context(request, run))
        response["Cache-Control"] = "no-store"
        if run.is_at_work:
            response["Refresh"] = str(ASK_AGAIN)
        return response

    def errors_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What is wrong in a file, as a table."""
        run = self._run(request, str(pk))
        if not reads_values(request.user, run):
            raise PermissionDenied
        header = [_("Row"), _("Column"), _("What is wrong")]
        rows = ((one["row"], one["column"], one["text"]) for one in run.errors)
        return _download(csv_lines(header, rows), f"fehler-{run.pk}.csv", CSV)

    def template_view(
        self, request: HttpRequest, indicator: int, form: str
    ) -> HttpResponse:
        """The file to fill in for an indicator."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = Indicator.objects.filter(pk=indicator).first()
        if found is None or form not in MEDIA_TYPE:
            raise Http404
        if not may_import(request.user, found):
            raise PermissionDenied
        content = csv_template(found) if form == CSV else xlsx_template(found)
        return _download(content, file_name(_("Template"), found.slug, form), form)

    def _run(self, request: HttpRequest, number: str) -> ImportRun:
        if not self.has_view_permission(request):
            raise PermissionDenied
        rows = self.get_queryset(request).select_related("indicator", "started_by")
        run = rows.filter(pk=number).first() if is_row_number(number) else None
        if run is None:
            raise Http404
        return run

    def _context(self, request: HttpRequest, run: ImportRun) -> dict[str, Any]:
        dimensions = columns.dimensions_of(run)
        reads = reads_values(request.user, run)
        can_assign = run.state in {State.MAPPING, State.CHECKED, State.REFUSED}
        return {
            "opts": self.opts,
            "run": run,
            "reads_values": reads,
            "errors": run.errors[:ERRORS_SHOWN] if reads else [],
            "kept": len(run.errors),
            "sample": run.sample if reads else [],
            "indicators": indicators_of(run),
            # A file without names of columns has values in its first row.
            "columns": _columns(run, dimensions) if can_assign and reads else [],
            "signs": ImportRun.DecimalSign.choices,
            "may_take_in": may_take_in(request.user, run),
            "can_discard": reads and (can_assign or run.state == State.FAILED),
        }

    def _act(self, request: HttpRequest, run: ImportRun) -> HttpResponse:
        """Without the button's own value nothing happens."""
        do = request.POST.get("do")
        if do in {"assign", "discard"} and not reads_values(request.user, run):
            raise PermissionDenied
        try:
            if do == "assign":
                mapping, sign = mapping_of(run, request.POST)
                actions.assign(run, mapping, sign, by=request.user)
            elif do == "take_in":
                actions.take_in(run, by=request.user)
            elif do == "try_again":
                actions.try_again(run, by=request.user)
            elif do == "discard":
                actions.discard(run, by=request.user)
                return redirect(LIST)
        except actions.NotNow:
            messages.warning(request, _("That is not possible now. Please look again."))
        return redirect(run_path(run))


def run_path(run: ImportRun) -> str:
    """The page of an import."""
    return reverse("admin:monitoring_importrun_change", args=[run.pk])


def _columns(run: ImportRun, dimensions: list) -> list[dict]:
    """The columns of the file with what they may be."""
    choices = columns.choices(run, dimensions)
    return [
        {"place": place, "name": name, "chosen": chosen, "choices": choices}
        for place, (name, chosen) in enumerate(
            zip(run.header, run.mapping, strict=False)
        )
    ]


def _download(content: Any, name: str, form: str) -> HttpResponse:
    response = StreamingHttpResponse(content, content_type=MEDIA_TYPE[form])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
