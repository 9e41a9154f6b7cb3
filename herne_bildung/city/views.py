from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from herne_bildung.city.models import School
from herne_bildung.city.school_page import school_page, structured_data
from herne_bildung.city.schools import results
from herne_bildung.lib.http import public_page


@public_page
def schools(request: HttpRequest) -> HttpResponse:
    """All schools of the city, filtered by words, form and district."""
    found = results(request.GET, request.path, get_language())
    return render(request, "city/school_list.html", {"results": found})


@public_page
def school(request: HttpRequest, slug: str) -> HttpResponse:
    """One school; 410 for one that is no longer in the official list."""
    found = get_object_or_404(
        School.objects.select_related("place__district"), slug=slug
    )
    shown = school_page(found, get_language())
    context = {"school": shown, "data": structured_data(shown)}
    if found.vanished_on:
        return render(request, "city/school_gone.html", context, status=410)
    return render(request, "city/school_detail.html", context)
