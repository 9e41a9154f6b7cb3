"""The page of the gap finder, and its files."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from herne_bildung.city import audit
from herne_bildung.city.admin.pages import page_for, show, staff_with
from herne_bildung.lib import clock
from herne_bildung.lib.tables import csv_lines
from herne_bildung.portal.gaps.searches import searches
from herne_bildung.portal.gaps.table import gaps

may_find_gaps = staff_with("portal.view_searchwithoutresult")


@page_for(may_find_gaps)
def gap_finder(request: HttpRequest) -> HttpResponse:
    """Offers beside need, searches in vain; as CSV with `file=offers|searches`, where
    nothing in the address is wrong.
    """
    wanted = request.GET.get("file", "")
    if wanted == "searches":
        found = searches()
        return _file(request, "suchen-ohne-ergebnis", *found.file, found.notes)
    table = gaps(request.GET)
    if wanted == "offers" and table.form.is_valid():
        return _file(request, "luecken", *table.file, [table.caption, *table.notes])
    context = {"gaps": table, "searches": searches()}
    return show(request, "admin/gaps.html", _("Gap finder"), **context)


def _file(
    request: HttpRequest,
    name: str,
    head: list[str],
    rows: list[list],
    notes: Sequence[str],
) -> HttpResponse:
    about = _("Gap finder")
    audit.record(audit.Action.EXPORTED, by=request.user, about=about, form="csv")
    file = f"{name}-{clock.today():%Y-%m-%d}.csv"
    return HttpResponse(
        csv_lines(head, rows, notes),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
