from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from offerings.family.results import family_results


@public_page
def family(request: HttpRequest) -> HttpResponse:
    """The child's age and district: what fits now."""
    found = family_results(request.GET, request.path, get_language())
    return render(request, "offerings/family.html", {"family": found})
