from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language

from goals.goal_page import goal_page, goals_for_page
from goals.lineage import lineage as lines_between_goals
from goals.measures import results
from goals.mission_page import mission_page
from goals.models import Period
from goals.periods import overview, period_page
from herne_bildung.lib.http import public_page


@public_page
def goals(request: HttpRequest) -> HttpResponse:
    """What action goals are, all periods, and what is open."""
    return render(request, "goals/list.html", {"overview": overview(get_language())})


@public_page
def mission(request: HttpRequest) -> HttpResponse:
    """The Leitbild: what was passed, and our own words beside it."""
    shown = mission_page(get_language())
    return render(request, "goals/mission.html", {"mission": shown})


@public_page
def lineage(request: HttpRequest) -> HttpResponse:
    """Which later goal follows from which earlier one."""
    shown = lines_between_goals(get_language())
    return render(request, "goals/lineage.html", {"lineage": shown})


@public_page
def period(request: HttpRequest, period: str) -> HttpResponse:
    """The goals of a period and their measures, filtered."""
    first, last = period.split("-")
    found = get_object_or_404(
        Period.objects.published().select_related("paper"),
        first_year=first,
        last_year=last,
    )
    language = get_language()
    return render(
        request,
        "goals/period.html",
        {
            "period": period_page(found, language),
            "results": results(request.GET, request.path, found, language),
        },
    )


@public_page
def goal(request: HttpRequest, period: str, slug: str) -> HttpResponse:
    """One goal with everything that belongs to it."""
    first, last = period.split("-")
    found = get_object_or_404(
        goals_for_page(), period__first_year=first, period__last_year=last, slug=slug
    )
    shown = goal_page(found, get_language())
    return render(request, "goals/goal.html", {"goal": shown})
