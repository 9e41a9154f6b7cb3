"""Who offers a station and who advises on it: schools in Herne, counselling offices."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import ngettext

from counselling.models import CounsellingOffice, OfficeConcern, RouteNode
from counselling.offices import directory_link
from herne_bildung.city.models import School
from herne_bildung.lib.addresses import address
from herne_bildung.lib.localized import german, localized_entry
from herne_bildung.lib.result_page import counted

Form = School.Form
# Which courses and which kinds of support each of them offers, no list says.
DIFFERING = {Form.VOCATIONAL, Form.SPECIAL}
# More are reached by the directory.
MOST_OFFICES = 3
Link = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Schools:
    """Schools of the official list; `url` is the same in the list of schools.

    They `may_differ` in what they offer.
    """

    number: int
    number_text: str
    url: str
    links: list[Link]
    may_differ: bool


@dataclass(frozen=True, slots=True)
class Advisers:
    """Offices that help; `is_general` where only the general one is known."""

    links: list[Link]
    is_general: bool
    url: str


def schools_for(
    nodes: Iterable[RouteNode], language: str
) -> Callable[[RouteNode], Schools | None]:
    """The schools of each station; None where a station names no school form."""
    forms = {form for node in nodes for form in node.school_forms}
    present = School.objects.filter(form__in=forms, vanished_on=None, is_sample=False)
    present = sorted(present.order_by(), key=lambda one: (one.sort_key, one.pk))

    def schools(node: RouteNode) -> Schools | None:
        if not node.school_forms:
            return None
        found = [one for one in present if one.form in node.school_forms]
        text = ngettext("%(number)s school", "%(number)s schools", len(found))
        return Schools(
            number=len(found),
            number_text=counted(text, len(found)),
            url=address(
                reverse("schools"), [("form", form) for form in node.school_forms]
            ),
            links=[
                {
                    "text": german(one.name, language),
                    "url": reverse("school", args=[one.slug]),
                }
                for one in found
            ],
            may_differ=not DIFFERING.isdisjoint(node.school_forms),
        )

    return schools


def advisers_for(
    nodes: Iterable[RouteNode], language: str
) -> Callable[[RouteNode], Advisers]:
    """The offices of each station by its concerns, main tasks first; where none is
    known the general one.
    """
    keys = {concern.pk for node in nodes for concern in node.concerns.all()}
    answers = CounsellingOffice.objects.answers()
    links = list(
        OfficeConcern.objects.filter(concern__in=keys, office__in=answers)
        .select_related("office")
        .order_by("-is_main", "office__sort_key", "office_id")
    )
    general = list(answers.general())

    def advisers(node: RouteNode) -> Advisers:
        wanted = {concern.pk: concern.key for concern in node.concerns.all()}
        found = [link.office for link in links if link.concern_id in wanted]
        found = list({office.pk: office for office in found}.values())[:MOST_OFFICES]
        return Advisers(
            links=[
                {
                    "text": localized_entry(office, "name", language),
                    "url": reverse("office", args=[office.slug]),
                }
                for office in found or general
            ],
            is_general=not found,
            url=directory_link(*wanted.values()),
        )

    return advisers
