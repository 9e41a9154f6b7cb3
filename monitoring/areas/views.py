from hashlib import sha256

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from monitoring.areas.document import area_file
from monitoring.areas.listing import area_list
from monitoring.areas.page import AreaPage, area_page
from monitoring.models import Area


@public_page
def areas(request: HttpRequest) -> HttpResponse:
    """The parts of the city, as a tree and a map."""
    shown = area_list(get_language())
    return render(request, "monitoring/areas/list.html", {"areas": shown})


@public_page
def area(request: HttpRequest, key: str) -> HttpResponse:
    """The picture of a district: all that is known of it."""
    return render(request, "monitoring/areas/area.html", {"area": _shown(key)})


@public_page
def area_pdf(request: HttpRequest, key: str) -> HttpResponse:
    """The same as a file, made anew for each reader: it has no state of its own."""
    content = area_file(_shown(key))
    response = HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="steckbrief-{key}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )
    response.headers["ETag"] = quote_etag(sha256(content).hexdigest()[:32])
    return get_conditional_response(request, response["ETag"], response=response)


def _shown(key: str) -> AreaPage:
    found = get_object_or_404(Area.objects.of_herne(), key=key)
    shown = area_page(found, get_language())
    if shown is None:
        raise Http404
    return shown
