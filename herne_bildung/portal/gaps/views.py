"""The page of the gap finder, and its files."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from herne_bildung.city.admin.pages import page_for, show, staff_with
from herne_bildung.lib.tables import csv_lines
from herne_bildung.portal.gaps.searches import RARE, searches
from herne_bildung.portal.gaps.table import gaps

may_find_gaps = staff_with("portal.view_searchwithoutresult")
FILE = "file"


@page_for(may_find_gaps)
def gap_finder(request: HttpRequest) -> HttpResponse:
    """Offers beside need, searches in vain; as CSV with `file=offers|searches`."""
    wanted = request.GET.get(FILE, "")
    if wanted == "searches":
        return _file("suchen-ohne-ergebnis.csv", *searches().file)
    found = gaps(request.GET)
    if wanted == "offers":
        return _file("luecken.csv", *found.file)
    query = request.GET.copy()
    query.pop(FILE, None)
    return show(
        request,
        "admin/gaps.html",
        _("Gap finder"),
        gaps=found,
        searches=searches(),
        rare=RARE,
        query=query.urlencode(),
    )


def _file(name: str, head: list[str], rows: list[list]) -> HttpResponse:
    return HttpResponse(
        csv_lines(head, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
