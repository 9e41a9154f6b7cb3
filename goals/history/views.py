from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from goals.history.page import goal_history as history_of
from goals.models import Goal
from herne_bildung.lib.http import public_page


@public_page
def goal_history(request: HttpRequest, period: str, slug: str) -> HttpResponse:
    """What the published versions of a goal and its measures said."""
    first, last = period.split("-")
    goal = get_object_or_404(
        Goal.objects.published().select_related("period"),
        period__first_year=first,
        period__last_year=last,
        slug=slug,
    )
    shown = history_of(goal, get_language(), request.GET.get("page"))
    return render(request, "goals/history.html", {"history": shown})
