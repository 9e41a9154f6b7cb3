from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language

from herne_bildung.lib import clock
from herne_bildung.lib.http import kept_until, public_page
from offerings.detail import whole
from offerings.models import Offering
from offerings.printing.answers import pdf_answer
from offerings.printing.poster import poster_file


@public_page
def offering_poster(request: HttpRequest, slug: str) -> HttpResponse:
    """An offer on one sheet to hang up; made anew for each reader."""
    found = whole(Offering.objects.published(clock.today()).filter(slug=slug))
    if found is None:
        raise Http404
    content = poster_file(found, get_language(), request.GET)
    response = pdf_answer(request, content, f"aushang-{slug}")
    return kept_until(response, found.next_start)
