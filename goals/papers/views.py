from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from goals.models import CouncilPaper
from goals.papers.listing import paper_list
from goals.papers.page import paper_page, with_page
from herne_bildung.lib.http import public_page


@public_page
def papers(request: HttpRequest) -> HttpResponse:
    """All council papers, filtered by words, year and committee."""
    found = paper_list(request.GET, request.path, get_language())
    return render(request, "goals/papers/list.html", {"papers": found})


@public_page
def paper(request: HttpRequest, slug: str) -> HttpResponse:
    """One council paper, what committees decided, and what it orders."""
    published = with_page(CouncilPaper.objects.published())
    found = get_object_or_404(published, slug=slug)
    shown = paper_page(found, get_language())
    return render(request, "goals/papers/paper.html", {"paper": shown})
