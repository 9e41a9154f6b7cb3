from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from herne_bildung.lib.http import public_page
from herne_bildung.lib.languages import best_match


def choose_language(request: HttpRequest) -> HttpResponse:
    """Leads to the home page in the language the browser asks for."""
    wanted = best_match(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    return HttpResponseRedirect(f"/{wanted}/", headers={"Cache-Control": "no-store"})


@public_page
def home(request: HttpRequest) -> HttpResponse:
    """Three doors, and what is new."""
    return render(request, "portal/home.html")
