"""What else this portal holds of a body that is in the list of organisations: goals
it answers for, papers it dealt with, what it was told to do.
"""

from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from goals.findings import findings_where
from goals.in_words import goal_link
from goals.models import Body, Conference, Consultation, CouncilPaper, Goal, Mandate
from herne_bildung.lib.dates import day_in_words, known_day_in_words
from herne_bildung.lib.localized import german, localized_entry

# Of each kind so many are named.
MOST = 20


def linked(body: Body, language: str) -> dict[str, list[dict[str, Any]]]:
    """Goals, mandates, consultations, conferences and findings of a body, the latest
    first.
    """
    discussed = Q(discussions__body=body) | Q(decisions__body=body)
    of_every_body = {
        "conferences": conferences(body, language),
        "findings": findings_where(discussed, language),
    }
    if body.organisation_id is None:
        return of_every_body
    return {
        **of_every_body,
        "goals": goals(body, language),
        "mandates": mandates(body, language),
        "consultations": consultations(body, language),
    }


def papers() -> QuerySet[CouncilPaper]:
    """Those everyone sees."""
    return CouncilPaper.objects.published()


def paper_path(paper: CouncilPaper) -> str:
    return reverse("paper", args=[paper.slug])


def conference_path(conference: Conference) -> str:
    return reverse("conference", args=[conference.slug])


def goals(body: Body, language: str) -> list[dict[str, Any]]:
    """Goals it answers for."""
    found = Goal.objects.published().filter(organisation=body.organisation_id)
    in_order = found.select_related("period").order_by("-period__first_year", "number")
    return [goal_link(goal, language) for goal in in_order[:MOST]]


def mandates(body: Body, language: str) -> list[dict[str, Any]]:
    """What papers order it to do."""
    found = Mandate.objects.published().filter(organisation=body.organisation_id)
    found = found.select_related("paper").order_by("-paper__year", "-paper__number")
    return [
        {
            "title": localized_entry(mandate, "task", language),
            "url": paper_path(mandate.paper),
            "note": mandate.paper.reference,
        }
        for mandate in found[:MOST]
    ]


def consultations(body: Body, language: str) -> list[dict[str, Any]]:
    """Papers it dealt with: the title, when, and with what result."""
    found = Consultation.objects.present().filter(
        organisation=body.organisation_id, paper__in=papers()
    )
    return [
        {
            "title": localized_entry(one.paper, "title", language),
            "url": paper_path(one.paper),
            "note": one.paper.reference,
            "day": known_day_in_words(one.day, language),
            "role": german(one.role, language),
            "result": german(one.result, language),
        }
        for one in found.select_related("paper").order_by("-day", "-pk")[:MOST]
    ]


def conferences(body: Body, language: str) -> list[dict[str, Any]]:
    """Its conferences, where the conferences of this portal are its own."""
    if not body.holds_conferences:
        return []
    found = Conference.objects.published().filter(is_sample=body.is_sample)
    return [
        {
            "title": localized_entry(one, "title", language),
            "url": conference_path(one),
            "note": day_in_words(one.day, language),
        }
        for one in found.order_by("-day")[:MOST]
    ]
