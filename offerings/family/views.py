from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from herne_bildung.lib.http import public_page
from offerings.family.arrival import arrival_page
from offerings.family.results import family_results
from offerings.family.welcome import welcome_page


@public_page
def family(request: HttpRequest) -> HttpResponse:
    """The child's age and district: what fits now, and what fits soon. It changes at
    midnight, which ends how long any page may be kept.
    """
    found = family_results(request.GET, request.path, get_language())
    return render(request, "offerings/family.html", {"family": found})


@public_page
def welcome_visit(request: HttpRequest) -> HttpResponse:
    """What is known of welcome visits, and how to ask for one."""
    shown = {"visit": welcome_page(get_language())}
    return render(request, "offerings/family/welcome.html", shown)


@public_page
def new_in_herne(request: HttpRequest) -> HttpResponse:
    """Two questions, then offers and advice for people who have just arrived."""
    shown = {"arrival": arrival_page(request.GET, request.path, get_language())}
    return render(request, "offerings/family/arrival.html", shown)
