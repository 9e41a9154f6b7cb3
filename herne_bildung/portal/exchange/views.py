"""Pages on which tables come in: hand in, assign columns, look, take over, undo."""

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from herne_bildung.city import audit
from herne_bildung.city.admin.large_files import with_file_up_to
from herne_bildung.city.admin.pages import page_for, show
from herne_bildung.lib.file_names import file_name
from herne_bildung.lib.paging import Paging, page_number, pager
from herne_bildung.lib.tables import csv_lines
from herne_bildung.portal.exchange import actions
from herne_bildung.portal.exchange.forms import HandInForm, mapping_of
from herne_bildung.portal.exchange.kinds import KINDS
from herne_bildung.portal.exchange.reading import missing_columns
from herne_bildung.portal.exchange.scope import Scope, may_import
from herne_bildung.portal.exchange.templates import template_file
from herne_bildung.portal.exchange.vanished import is_large_share
from herne_bildung.portal.models import Import, ImportProblem

PER_PAGE = 20
SHOWN = 100
# Seconds after which a page of something at work asks again, also without scripts.
ASK_AGAIN = 2
State = Import.State
NEEDED = {
    "skips_errors": gettext_lazy(
        "Some rows have errors. Please correct the table, or tick that these rows are "
        "left out."
    ),
    "archives_many": gettext_lazy(
        "More than 20 % of all entries of this source would be archived. Please tick "
        "that this is meant."
    ),
}
TICKS = ("overwrites", "archives", "archives_many", "skips_errors", "confirms")


@with_file_up_to("IMPORT_MOST_BYTES")
@page_for(may_import)
def exchange(request: HttpRequest) -> HttpResponse:
    """The form to hand in a table, and what was handed in before."""
    form = HandInForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        job = _hand_in(request, form)
        return redirect("exchange_import", job.pk)
    jobs = actions.imports_of(request.user)
    total = jobs.count()
    number, _followed = page_number(request.GET.get("page"), total, PER_PAGE)
    paging = Paging(number, PER_PAGE, total)
    return show(
        request,
        "admin/exchange/exchange.html",
        _("Tables: getting data in"),
        form=form,
        jobs=[
            (job, KINDS[job.kind].label)
            for job in jobs[paging.offset : paging.offset + PER_PAGE]
        ],
        pager=pager(paging, lambda page: f"?page={page}"),
        kinds=[KINDS[name] for name, _label in form.fields["kind"].choices],
    )


def _hand_in(request: HttpRequest, form: HandInForm) -> Import:
    values = form.cleaned_data
    organisation = values["organisation"]
    return actions.hand_in(
        kind=values["kind"],
        organisation_id=organisation.pk if organisation else None,
        source=values["source"],
        file_name=values["file"].name.replace("\0", ""),
        data=values["file"].read(),
        by=request.user,
    )


@never_cache
@page_for(may_import)
def one_import(request: HttpRequest, pk: int) -> HttpResponse:
    """One table in whatever state it is; POST does what its button says."""
    job = get_object_or_404(actions.imports_of(request.user), pk=pk)
    if request.method == "POST":
        return _act(request, job)
    response = show(
        request, "admin/exchange/import.html", job.file_name, **_context(request, job)
    )
    if job.is_at_work:
        response["Refresh"] = str(ASK_AGAIN)
    return response


def _context(request: HttpRequest, job: Import) -> dict:
    kind = KINDS[job.kind]
    scope = Scope(request.user, job.organisation_id, job.source)
    problems = job.problems.all()
    counts = job.counts
    vanished, known = counts.get("vanished", 0), counts.get("known", 0)
    rows = job.rows.exclude(action="").order_by("pk")
    stays = job.rows.exclude(stays=[]) if job.state == State.UNDONE else job.rows.none()
    return {
        "job": job,
        "kind": kind,
        "counts": counts,
        "percent": min(99, job.done * 100 // job.total) if job.total else 0,
        "columns": _columns(job, scope),
        "missing": missing_columns(job),
        "problems": problems[:SHOWN],
        "number_of_problems": problems.count(),
        "kept_rows": rows.exclude(kept=[])[:SHOWN],
        "rows": rows[:SHOWN],
        "number_of_rows": rows.count(),
        "stays": stays[:SHOWN],
        "needs_large": bool(vanished) and is_large_share(vanished, known),
        "can_undo": job.state in {State.DONE, State.BROKEN} and bool(job.rows.exists()),
        "can_confirm": bool(kind.care),
    }


def _columns(job: Import, scope: Scope) -> list[dict]:
    """The columns of the file with what they may mean."""
    choices = [(c.fact, c.header) for c in KINDS[job.kind].columns_for(scope)]
    return [
        {"place": place, "name": name, "chosen": chosen, "choices": choices}
        for place, (name, chosen) in enumerate(
            zip(job.header, job.mapping, strict=False)
        )
    ]


def _act(request: HttpRequest, job: Import) -> HttpResponse:
    """Without the button's own value nothing happens."""
    do = request.POST.get("do")
    try:
        if do == "assign":
            found = actions.assign(job, mapping_of(job, request.POST), by=request.user)
            if missing_columns(found):
                text = _("Please say which column has the key.")
                messages.error(request, text)
        elif do == "take_over":
            ticks = {name: name in request.POST for name in TICKS}
            actions.take_over(job, by=request.user, **ticks)
        elif do == "undo":
            actions.undo(job, by=request.user)
        elif do == "go_on":
            actions.go_on(job, by=request.user)
        elif do == "discard":
            actions.discard(job, by=request.user)
            return redirect("exchange")
    except actions.NeedsMore as error:
        for name in error.names:
            messages.error(request, NEEDED[name])
    except actions.NotNow:
        messages.warning(request, _("That is not possible now. Please look again."))
    return redirect("exchange_import", job.pk)


@require_GET
@page_for(may_import)
def problems_csv(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is wrong in a table, as a table."""
    job = get_object_or_404(actions.imports_of(request.user), pk=pk)
    audit.record(
        audit.Action.EXPORTED,
        by=request.user,
        about=job,
        rows=job.problems.count(),
        form="csv",
    )
    rows = (
        (one.row or "", one.column, one.text)
        for one in ImportProblem.objects.filter(imported=job).iterator(500)
    )
    header = [_("Row"), _("Column"), _("What is wrong")]
    return _download(csv_lines(header, rows), f"fehler-{job.pk}.csv", "text/csv")


@require_GET
@page_for(may_import)
def template(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """An empty table with the names of all columns, an example and explanations."""
    kind = KINDS.get(name)
    if kind is None or form not in {"csv", "xlsx"}:
        raise Http404
    scope = Scope(request.user)
    if not (scope.is_staff or kind.is_for_providers):
        raise PermissionDenied
    content, media_type = template_file(kind, scope, form)
    return _download(content, file_name(_("Template"), kind.label, form), media_type)


def _download(content: Iterator, name: str, media_type: str) -> HttpResponse:
    response = StreamingHttpResponse(content, content_type=f"{media_type}")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
