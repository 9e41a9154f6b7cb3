"""The finder as its page shows it: a question, or the end with offices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from counselling.finder.answers import Answers, Found, answers
from counselling.finder.forms import RefineForm
from counselling.finder.ranking import Wish
from counselling.finder.reasons import reasons
from counselling.finder.tree import Tree, Walk, address_of, walk
from counselling.models import Answer, Concern, Question
from counselling.models.finder import DO_NOT_KNOW
from counselling.office_page import is_known, reached, role_as_shown
from counselling.offices import directory_link, directory_step, slip_link
from herne_bildung.city.reference import Districts, districts
from herne_bildung.freshness.public import state_of_document
from herne_bildung.lib.addresses import address
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, localized_entry

MOST_OFFICES = 3


@dataclass(slots=True)
class FinderPage:
    """What `counselling/finder.html` shows. `choices` are the answers to the question;
    without one it is the end: `cards` are offices, or `general` alone.
    """

    steps: list[dict[str, Any]]
    is_lost: bool
    is_preview: bool
    question: Text | None = None
    help: Text | None = None
    choices: list[dict[str, Any]] = field(default_factory=list)
    number: int = 0
    most: int = 0
    back_url: str = ""
    concern: Concern | None = None
    concern_name: Text | None = None
    cards: list[dict[str, Any]] = field(default_factory=list)
    general: dict[str, Any] | None = None
    all_url: str = ""
    answers: str = ""
    form: RefineForm | None = None
    changes: list[datetime | None] = field(default_factory=list)

    @property
    def way_up(self) -> list[dict[str, str]]:
        """For the breadcrumb."""
        return [directory_step()]

    @property
    def has_fallback(self) -> bool:
        """Whether readers of another language see German."""
        shown = [self.question, self.help, self.concern_name]
        shown += [choice["text"] for choice in self.choices]
        shown += [text for step in self.steps for text in step["texts"]]
        shown += [
            text for card in self.cards for text in (card["name"], card["summary"])
        ]
        return any(text and text.is_fallback for text in shown)


def finder_page(
    tree: Tree | None,
    data: Mapping[str, str],
    language: str,
    *,
    is_preview: bool = False,
) -> FinderPage:
    """The page for an address; without a tree only the general office."""
    taken = walk(tree, data.get("answers", "")) if tree else Walk()
    page = FinderPage(
        steps=_steps(taken, language), is_lost=taken.is_lost, is_preview=is_preview
    )
    if taken.question:
        _ask(page, tree, taken, language)
    else:
        _answer(page, taken, data, language)
    return page


def link(keys: str) -> str:
    """The page with these answers, wherever it stands: public, or as a preview."""
    return address("", [("answers", keys)]) if keys else "?"


def _steps(taken: Walk, language: str) -> list[dict[str, Any]]:
    """What was answered so far, each with the address to answer it again."""
    said = []
    for number, step in enumerate(taken.steps):
        question = localized_entry(step.question, "text", language)
        answer = (
            localized_entry(step.answer, "text", language)
            if step.answer
            else Text(_("I don't know"))
        )
        said.append(
            {
                "question": question,
                "answer": answer,
                "texts": (question, answer),
                "url": link(address_of(taken.steps[:number])),
            }
        )
    return said


def _ask(page: FinderPage, tree: Tree, taken: Walk, language: str) -> None:
    question: Question = taken.question
    keys = address_of(taken.steps)
    page.question = localized_entry(question, "text", language)
    page.help = localized_entry(question, "help", language)
    page.number = len(taken.steps) + 1
    page.most = len(taken.steps) + tree.depths.get(question.pk, 1)
    if page.steps:
        page.back_url = page.steps[-1]["url"]
    page.choices = [
        {
            "text": localized_entry(answer, "text", language),
            "url": link(".".join(filter(None, [keys, answer.key]))),
        }
        for answer in tree.answers[question.pk]
    ]
    page.choices.append(
        {
            "text": Text(_("I don't know")),
            "url": link(".".join(filter(None, [keys, DO_NOT_KNOW]))),
        }
    )


def _answer(
    page: FinderPage, taken: Walk, data: Mapping[str, str], language: str
) -> None:
    last: Answer | None = taken.last
    known = districts()
    page.answers = address_of(taken.steps)
    key = None
    if last:
        page.concern, key = last.concern, last.concern.key
        page.concern_name = localized_entry(last.concern, "name", language)
        page.all_url = directory_link(key)
        page.form = RefineForm(data, known=known)
    if page.steps:
        page.back_url = page.steps[-1]["url"]
    wish = Wish(
        audience=last.audience if last else "",
        language=(page.form and page.form.value("language")) or spoken_by(language),
        district=page.form.value("district") if page.form else "",
    )
    found: Answers = answers(key, wish, language, known)
    shown = found.found[:MOST_OFFICES]
    page.cards = [card(one, key, language, known) for one in shown]
    if found.general:
        general = card(found.general, key, language, known)
        if found.general not in shown:
            page.general = general
        for one in page.cards:
            if not one["has_contact"]:
                one["to_ask"] = general
    page.changes = [one.opening.changes for one in [*shown, found.general] if one]


def spoken_by(language: str) -> str:
    """The language a reader wants to be spoken to: German needs no asking."""
    return "" if language == DEFAULT_LANGUAGE else language


def card(
    found: Found, concern_key: str | None, language: str, known: Districts
) -> dict[str, Any]:
    """An office as `components/finder_office.html` shows it: phone first, then whom
    to ask for, then why.
    """
    office = found.office
    role = office.role_for(concern_key)
    how, place = reached(office, role), office.place
    return {
        **how,
        "name": localized_entry(office, "name", language),
        "summary": localized_entry(office, "summary", language),
        "url": reverse("office", args=[office.slug]),
        "slip_url": slip_link(office, concern_key),
        "address": place.address if place and place.street else "",
        "role": role_as_shown(role, language) if role else None,
        # Known hours are a reason; unknown ones stand beside the telephone.
        "hours": "" if found.opening.is_open is not None else found.opening.text,
        "reasons": reasons(found, language, known),
        "documented": state_of_document(office.as_of, office.care_confirmed_at),
        "has_contact": is_known(how) or bool(place and place.street),
        # Whom to ask instead, where nobody knows how to reach this one.
        "to_ask": None,
    }
