from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from counselling import slip as slips
from counselling.gone import gone_office
from counselling.models import CounsellingOffice
from counselling.office_page import office_page
from counselling.offices import results
from counselling.structured_data import of_office
from herne_bildung.lib.http import kept_until, public_page


@public_page
def offices(request: HttpRequest) -> HttpResponse:
    """All offices, filtered by words, concern, district, language and hours."""
    found = results(request.GET, request.path, get_language())
    response = render(request, "counselling/list.html", {"results": found})
    return kept_until(response, *found.filters.next_change)


@public_page
def office(request: HttpRequest, slug: str) -> HttpResponse:
    """One office; what was only planned says so, and what is off the site why."""
    with_page = CounsellingOffice.objects.with_page().for_pages()
    found = with_page.filter(slug=slug).first()
    if found is None:
        return gone(request, slug)
    shown = office_page(found, get_language())
    context = {"office": shown, "data": of_office(shown)}
    response = render(request, "counselling/office.html", context)
    return kept_until(response, shown.opening.changes)


@public_page
def slip(request: HttpRequest, slug: str) -> HttpResponse:
    """What one needs to go to an office, to print: in one or two languages."""
    found = get_object_or_404(
        CounsellingOffice.objects.published()
        .for_pages()
        .prefetch_related("roles__concerns"),
        slug=slug,
    )
    shown = slips.slip(found, request.GET, get_language())
    response = render(request, "counselling/slip.html", {"slip": shown})
    return kept_until(response, *shown.changes)


def gone(request: HttpRequest, slug: str) -> HttpResponse:
    """What an address answers whose office the public saw once."""
    found = gone_office(slug, get_language())
    if found is None:
        raise Http404
    return render(
        request, "counselling/gone.html", {"gone": found}, status=found.status
    )
