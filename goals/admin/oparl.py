"""Systems of councils, and the imports from them: starting, watching, reading what
happened. The work is the worker's.
"""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goals.admin.base import GoalsAdmin
from goals.admin.tree import form_path
from goals.models import OParlRun, OParlSource
from goals.oparl import actions
from goals.oparl.report import counted, remark, remarks_by_kind, report
from herne_bildung.city.admin.pages import show
from herne_bildung.city.rights import OFFICE
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.row_numbers import is_row_number

# Seconds after which the page of a run at work asks again, also without scripts.
ASK_AGAIN = 3
RUNS_SHOWN = 10
REMARKS_ON_A_PAGE = 100


@admin.register(OParlSource)
class OParlSourceAdmin(GoalsAdmin):
    """Where papers come from; a button fetches them."""

    rights = {OFFICE: ("view", "add", "change")}
    change_form_template = "admin/goals/oparl_source.html"
    list_display = ["name", "is_active", "publishes_at_once", "fetched_until"]
    readonly_fields = ["fetched_until"]
    fieldsets = [
        (None, {"fields": ["name", "address", "body"]}),
        (
            gettext_lazy("What happens by itself?"),
            {"fields": ["is_active", "publishes_at_once", "fetched_until"]},
        ),
    ]

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.fetch_view)
        name = "goals_oparlsource_fetch"
        return [path("<int:pk>/holen/", view, name=name), *super().get_urls()]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **options: Any
    ) -> HttpResponse:
        source = context.get("original")
        if source:
            runs = source.runs.all()[:RUNS_SHOWN]
            context["runs"] = [(run, form_path(run), report(run)) for run in runs]
            if self.has_change_permission(request, source):
                address = reverse("admin:goals_oparlsource_fetch", args=[source.pk])
                context["fetch_path"] = address
        return super().render_change_form(request, context, *args, **options)

    def fetch_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Start an import, or go on with the one that broke off."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        source = self.get_queryset(request).filter(pk=pk).first()
        if source is None:
            raise Http404
        if not self.has_change_permission(request, source):
            raise PermissionDenied
        is_all = request.POST.get("what") == "everything"
        since = actions.EVERYTHING if is_all else None
        run = actions.start(source, by=request.user, since=since)
        return redirect(form_path(run))


@admin.register(OParlRun)
class OParlRunAdmin(GoalsAdmin):
    """Imports, to look at: how far they are and what they did."""

    rights = {OFFICE: ("view",)}
    list_display = ["created_at", "source", "state", "what_happened"]
    list_filter = ["state", ("source", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["source"]
    fieldsets = [(None, {"fields": ["source", "state"]})]

    @admin.display(description=gettext_lazy("what happened"))
    def what_happened(self, run: OParlRun) -> str:
        return report(run)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The progress of a run, or its report; POST does what its button says."""
        rows = self.get_queryset(request).select_related("source")
        if not is_row_number(object_id):
            raise Http404
        run = rows.filter(pk=object_id).first()
        if run is None:
            raise Http404
        if not self.has_view_permission(request, run):
            raise PermissionDenied
        if request.method == "POST":
            return self._act(request, run)
        response = show(
            request,
            "admin/goals/oparl_run.html",
            str(run),
            **self._context(request, run),
        )
        if run.is_at_work:
            response["Refresh"] = str(ASK_AGAIN)
        return response

    def _context(self, request: HttpRequest, run: OParlRun) -> dict[str, Any]:
        number_of_remarks = run.warnings.count()
        number, _followed = page_number(
            request.GET.get("page"), number_of_remarks, REMARKS_ON_A_PAGE
        )
        paging = Paging(number, REMARKS_ON_A_PAGE, number_of_remarks)
        shown = run.warnings.all()[paging.offset : paging.offset + REMARKS_ON_A_PAGE]
        return {
            "opts": self.opts,
            "run": run,
            "source_path": form_path(run.source),
            "counts": counted(run),
            "kinds": remarks_by_kind(run),
            "remarks": [(one.address, remark(one)) for one in shown],
            "pager": pager(paging, lambda page: f"?page={page}"),
        }

    def _act(self, request: HttpRequest, run: OParlRun) -> HttpResponse:
        do = request.POST.get("do")
        if run.state != OParlRun.State.BROKEN:
            text = _("That is not possible now. Please look again.")
            messages.warning(request, text)
        elif do == "go_on":
            actions.start(run.source, by=request.user)
        elif do == "give_up":
            actions.give_up(run)
        return redirect(form_path(run))
