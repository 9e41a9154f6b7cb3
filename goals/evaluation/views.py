from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from goals.evaluation.page import evaluation_page
from goals.models import Period
from herne_bildung.lib.http import public_page


@public_page
def evaluation(request: HttpRequest, period: str) -> HttpResponse:
    """What an evaluation says of each goal of a period, and what people noted."""
    first, last = period.split("-")
    found = get_object_or_404(
        Period.objects.published(), first_year=first, last_year=last
    )
    shown = evaluation_page(found, get_language())
    return render(request, "goals/evaluation/evaluation.html", {"evaluation": shown})
