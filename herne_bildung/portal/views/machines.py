"""Answers for search engines, browsers and feed readers."""

from functools import cache
from io import BytesIO

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from PIL import Image

from herne_bildung.lib.http import kept_until, public_page
from herne_bildung.portal import feeds, sitemaps
from offerings.filters import OfferingFilter
from offerings.machine_lists import refusal

XML = "application/xml; charset=utf-8"
TOUCH_ICON = settings.BASE_DIR / "static" / "images" / "touch-icon.png"


@public_page
def sitemap(request: HttpRequest) -> HttpResponse:
    return HttpResponse(sitemaps.sitemap(), content_type=XML)


@public_page
def sitemap_part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    found = sitemaps.part(section, number)
    if found is None:
        raise Http404
    return HttpResponse(found, content_type=XML)


@public_page
def robots(request: HttpRequest) -> HttpResponse:
    """Crawlers are welcome, but need no search results and no forms."""
    return render(
        request,
        "portal/robots.txt",
        {"root": settings.PUBLIC_ADDRESS},
        content_type="text/plain; charset=utf-8",
    )


@public_page
def opensearch(request: HttpRequest) -> HttpResponse:
    """Lets browsers search the portal from their address line."""
    return render(
        request,
        "portal/opensearch.xml",
        {"root": settings.PUBLIC_ADDRESS},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@public_page
def feed(request: HttpRequest) -> HttpResponse:
    """New offers in the language of the address, by the filters of the list."""
    filters = OfferingFilter(request.GET, language=get_language())
    if refused := refusal(filters, request.GET):
        return refused
    response = HttpResponse(
        feeds.newest_offers(filters, get_language()),
        content_type="application/atom+xml; charset=utf-8",
    )
    return kept_until(response, filters.changes_at)


@public_page
def favicon(request: HttpRequest) -> HttpResponse:
    """The icon for browsers that know no SVG and ask for this address unprompted."""
    response = HttpResponse(_small_icon(), content_type="image/x-icon")
    response.headers["Cache-Control"] = "public, max-age=604800"
    return response


@cache
def _small_icon() -> bytes:
    """The touch icon in two small sizes, as bitmaps, which old browsers need."""
    target = BytesIO()
    with Image.open(TOUCH_ICON) as icon:
        icon.convert("RGBA").save(
            target, "ICO", sizes=[(16, 16), (32, 32)], bitmap_format="bmp"
        )
    return target.getvalue()
