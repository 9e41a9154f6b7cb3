"""Answers for search engines, browsers and feed readers."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from herne_bildung.portal import feeds, sitemaps

XML = "application/xml; charset=utf-8"


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
    """New offers in the language of the address."""
    return HttpResponse(
        feeds.newest_offers(get_language()),
        content_type="application/atom+xml; charset=utf-8",
    )
