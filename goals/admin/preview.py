"""The previews in the forms of goals and their measures."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from goals.choices import Publication
from goals.goal_page import goal_page, goals_for_page
from goals.models import Challenge, Goal, Measure, Period
from herne_bildung.city.admin.preview import give_page, public_request


def page_of_goal(request: HttpRequest, entry: Goal, language: str) -> str:
    """The goal as everyone would see it, were it published. Nothing of this stays:
    a preview is undone.
    """
    Period.objects.filter(pk=entry.period_id).update(state=Publication.PUBLISHED)
    Goal.objects.filter(pk=entry.pk).update(state=Publication.PUBLISHED)
    goal = goals_for_page().get(pk=entry.pk)
    address = reverse("goal", args=[goal.period.slug, goal.slug])
    shown = {"goal": goal_page(goal, language)}
    return render_to_string("goals/goal.html", shown, public_request(request, address))


def page_of_part(request: HttpRequest, entry: Any, language: str) -> str:
    """A measure or challenge on the page of its goal."""
    type(entry).objects.filter(pk=entry.pk).update(state=Publication.PUBLISHED)
    return page_of_goal(request, entry.goal, language)


give_page(Goal, page_of_goal)
give_page(Measure, page_of_part)
give_page(Challenge, page_of_part)
