from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from herne_bildung.lib.http import framed_by_everyone, public_page
from offerings.centres.embed import embedded
from offerings.centres.listing import centre_list
from offerings.centres.offers import centres, listed
from offerings.centres.page import centre_page
from offerings.gone import gone_provider
from offerings.models import FamilyCentre


@public_page
def family_centres(request: HttpRequest) -> HttpResponse:
    """All family centres by borough. They are few: all stand on one page."""
    found = centre_list(get_language())
    return render(request, "offerings/centres/list.html", {"centres": found})


@public_page
def family_centre(request: HttpRequest, slug: str) -> HttpResponse:
    """One family centre; one that is off the site says why, as providers do."""
    centre = _listed(slug)
    if centre is None:
        return _gone(request, slug)
    page = centre_page(centre, request.GET.get("page"), get_language())
    return render(request, "offerings/centres/page.html", {"page_of": page})


@framed_by_everyone
@public_page
def family_centre_embed(request: HttpRequest, slug: str) -> HttpResponse:
    """Its offers for frames of its own website; 404 for one that is off the site, in
    words that fit a frame.
    """
    centre = _listed(slug)
    if centre is None:
        gone = _gone_centre(slug)
        context = {"gone": gone}
        return render(
            request, "offerings/centres/embed.html", context, status=gone.status
        )
    shown = embedded(centre, get_language())
    return render(request, "offerings/centres/embed.html", {"shown": shown})


def _listed(slug: str) -> FamilyCentre | None:
    return listed().filter(organisation__slug=slug).first()


def _gone_centre(slug: str):
    gone = None
    if centres().filter(organisation__slug=slug).exists():
        gone = gone_provider(slug, get_language())
    if gone is None:
        raise Http404
    return gone


def _gone(request: HttpRequest, slug: str) -> HttpResponse:
    gone = _gone_centre(slug)
    return render(request, "offerings/gone.html", {"gone": gone}, status=gone.status)
