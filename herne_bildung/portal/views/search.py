from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from herne_bildung.lib import searches_without_result
from herne_bildung.lib.http import public_page
from herne_bildung.portal.search import SiteResults, site_results


@public_page
def site_search(request: HttpRequest) -> HttpResponse:
    """One search over every kind of page."""
    results = site_results(request.GET, get_language())
    if results.text and not results.total and request.method == "GET":
        searches_without_result.note(results.text)
    return render(
        request,
        "portal/search.html",
        {"results": results, "count": count(results), "ways": ways_on()},
    )


def count(results: SiteResults) -> str:
    """How much was found, as a sentence; the words keep their own direction."""
    sentence = ngettext(
        "%(number)s result for “%(words)s”",
        "%(number)s results for “%(words)s”",
        results.total,
    )
    words = f"\N{FIRST STRONG ISOLATE}{results.text}\N{POP DIRECTIONAL ISOLATE}"
    return sentence % {"number": results.total, "words": words}


def ways_on() -> list[dict[str, str]]:
    """Where to go when the search did not help."""
    offers = reverse("offerings")
    return [
        {"label": gettext("All offers"), "url": offers},
        {"label": gettext("Advice"), "url": reverse("offices")},
        {"label": gettext("What fits my child's age"), "url": reverse("family")},
        {"label": gettext("All schools"), "url": reverse("schools")},
        {"label": gettext("Action goals"), "url": reverse("goals")},
    ]
