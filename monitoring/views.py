from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from herne_bildung.lib.http import kept_until, public_page
from monitoring.drawing.page_charts import charts_of
from monitoring.indicator_page import (
    IndicatorPage,
    indicator_page,
    indicators_for_page,
)
from monitoring.overview import overview
from monitoring.release_changes import public_changes


@public_page
def monitoring(request: HttpRequest) -> HttpResponse:
    """All indicators by theme, found by words, theme and level."""
    shown = overview(request.GET, request.path, get_language())
    return render(request, "monitoring/overview.html", {"overview": shown})


@public_page
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    """One indicator: its values, what they mean, where they come from."""
    found = get_object_or_404(indicators_for_page(), slug=slug)
    shown = indicator_page(found, request.GET, request.path, get_language())
    return _page(request, shown)


@public_page
def indicator_release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """The same of one release, at its permanent address, with its state."""
    found = get_object_or_404(indicators_for_page(), slug=slug)
    shown = indicator_page(
        found, request.GET, request.path, get_language(), number=number
    )
    if shown is None:
        raise Http404
    return _page(request, shown)


def _page(request: HttpRequest, shown: IndicatorPage) -> HttpResponse:
    context = {
        "indicator": shown,
        "charts": charts_of(shown),
        "changes": public_changes(shown.release, shown.entry, get_language()),
    }
    response = render(request, "monitoring/indicator.html", context)
    return kept_until(response, shown.entry.changes_at)
