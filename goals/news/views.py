from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from goals.news import listing
from herne_bildung.lib.http import public_page


@public_page
def news(request: HttpRequest) -> HttpResponse:
    """News of the Bildungsbüro, the latest first."""
    shown = listing.news_list(request.GET.get("page"), request.path, get_language())
    return render(request, "goals/news/list.html", {"news": shown})


@public_page
def news_item(request: HttpRequest, slug: str) -> HttpResponse:
    """One item."""
    found = get_object_or_404(listing.with_page(listing.shown_items()), slug=slug)
    shown = listing.news_page(found, get_language())
    return render(request, "goals/news/item.html", {"news": shown})


@public_page
def news_feed(request: HttpRequest) -> HttpResponse:
    """The same for feed readers, in the language of the address."""
    return HttpResponse(
        listing.news_feed(get_language()),
        content_type="application/atom+xml; charset=utf-8",
    )
