from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from counselling.finder.counting import note
from counselling.finder.page import finder_page
from counselling.finder.tree import load
from counselling.models import FinderVersion
from herne_bildung.lib.http import kept_until, public_page


@public_page
def finder(request: HttpRequest) -> HttpResponse:
    """A question, or the offices that fit; the answers so far stand in the address."""
    version = FinderVersion.objects.published().first()
    page = finder_page(version and load(version), request.GET, get_language())
    # Once for each who comes to the end: not again when they sharpen the answer.
    if page.concern and request.method == "GET" and not page.form.is_used:
        note(page.concern.key)
    response = render(request, "counselling/finder.html", {"finder": page})
    return kept_until(response, *page.changes)
