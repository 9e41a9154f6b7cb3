from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from monitoring.findings import listing, page
from monitoring.models import Finding


@public_page
def findings(request: HttpRequest) -> HttpResponse:
    """Findings, the latest first, narrowed by theme, district and stage."""
    shown = listing.finding_list(request.GET, request.path, get_language())
    return render(request, "monitoring/findings/list.html", {"findings": shown})


@public_page
def finding(request: HttpRequest, slug: str) -> HttpResponse:
    """One finding, from its figure to what came of it."""
    found = get_object_or_404(page.for_page(Finding.objects.published()), slug=slug)
    shown = page.finding_page(found, get_language())
    return render(request, "monitoring/findings/finding.html", {"finding": shown})
