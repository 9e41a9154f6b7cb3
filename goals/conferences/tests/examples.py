"""Conferences for the tests that walk through all pages."""

from goals.models import Conference, Goal
from goals.tests.factories import make_conference, make_goal, make_note

OPEN = "mit-plakaten"


def conferences() -> list[dict[str, str]]:
    """A seeded conference, and one whose posters are open."""
    open_one = open_conference()
    seeded = Conference.objects.published().exclude(pk=open_one.pk).first()
    return [{"slug": one.slug} for one in (seeded, open_one) if one]


def posters() -> list[dict[str, str]]:
    """A poster of each of them."""
    found = Conference.objects.filter(slug__in=[one["slug"] for one in conferences()])
    return [
        {"slug": one.slug, "goal": goal.slug}
        for one in found.select_related("period")
        if one.period and (goal := one.period.goals.published().first())
    ]


def open_conference() -> Conference:
    """With a note on the poster of an open period."""
    found = Conference.objects.filter(slug=OPEN).first()
    if found:
        return found
    goal = Goal.objects.published().filter(period__is_closed=False).first()
    goal = goal or make_goal()
    made = make_conference(slug=OPEN, period=goal.period, is_poster_open=True)
    make_note(goal=goal, conference=made, key="example")
    return made
