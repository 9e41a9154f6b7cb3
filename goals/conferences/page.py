"""What the pages of conferences show."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from goals.conferences.posters import Poster, goals_of, posters_of
from goals.in_words import goals_step
from goals.models import Conference, Goal
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.languages import DEFAULT_LANGUAGE
from herne_bildung.lib.localized import Text, localized_entry
from herne_bildung.lib.paging import Paging, page_number, pager

CONFERENCES_PER_PAGE = 20
# A column of the documentation; the page of the goal has all of them.
NOTES_A_COLUMN = 30
# Of one goal alone, all notes stand on pages of so many a column.
NOTES_PER_PAGE = 100
LONG_NUMBER = 6


@dataclass(slots=True)
class ConferencePage:
    """What every page of a conference shows. `entry` is the conference."""

    entry: Conference
    title: Text
    about: Text
    day: str
    posters: list[Poster]
    programme: list[dict[str, Any]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return reverse("conference", args=[self.entry.slug])

    @property
    def posters_url(self) -> str:
        return reverse("posters", args=[self.entry.slug])

    @property
    def screen_url(self) -> str:
        return reverse("screen", args=[self.entry.slug])

    @property
    def codes_url(self) -> str:
        return reverse("note_codes", args=[self.entry.slug])

    @property
    def list_steps(self) -> list[dict[str, Any]]:
        """The way back up from the conference."""
        return [goals_step(), conferences_step()]

    @property
    def steps(self) -> list[dict[str, Any]]:
        """The way back up from a page of the conference."""
        return [*self.list_steps, {"label": self.title, "url": self.url}]

    @property
    def poster_steps(self) -> list[dict[str, Any]]:
        """The way back up from the poster of a goal."""
        return [*self.steps, {"label": _("Posters"), "url": self.posters_url}]

    @property
    def has_notes(self) -> bool:
        return any(poster.total for poster in self.posters)

    @property
    def has_fallback(self) -> bool:
        """Whether texts of our own stand here in German for other readers."""
        ours = [self.title, self.about]
        ours += [item["title"] for item in self.programme]
        ours += [poster.title for poster in self.posters]
        return any(text.is_fallback for text in ours)


def conferences_step() -> dict[str, str]:
    """The list of conferences, in a breadcrumb."""
    return {"label": _("Education conferences"), "url": reverse("conferences")}


def published_or_404(slug: str) -> Conference:
    """A conference that everyone sees."""
    found = Conference.objects.published().select_related("period")
    return get_object_or_404(found, slug=slug)


def goal_or_404(conference: Conference, slug: str) -> Goal:
    """A goal that has a poster at this conference."""
    return get_object_or_404(goals_of(conference), slug=slug)


def conference_list(page: str | None, language: str) -> dict[str, Any]:
    """A page of the list of conferences, the latest first."""
    found = Conference.objects.published()
    total = found.count()
    number, is_known = page_number(page, total, CONFERENCES_PER_PAGE)
    if not is_known:
        raise Http404
    paging = Paging(number, CONFERENCES_PER_PAGE, total)
    shown = found[paging.offset : paging.offset + CONFERENCES_PER_PAGE]
    return {
        "steps": [goals_step()],
        "conferences": [conference_card(one, language) for one in shown],
        "pager": pager(paging, lambda number: f"?page={number}"),
    }


def conference_card(conference: Conference, language: str) -> dict[str, Any]:
    """A conference in the list."""
    return {
        "entry": conference,
        "title": localized_entry(conference, "title", language),
        "about": localized_entry(conference, "about", language),
        "day": day_in_words(conference.day, language),
        "url": reverse("conference", args=[conference.slug]),
    }


def conference_page(
    conference: Conference,
    language: str,
    *,
    goals: Iterable[Goal] | None = None,
    most: int = NOTES_A_COLUMN,
    offset: int = 0,
    newest_first: bool = False,
) -> ConferencePage:
    """The conference with its posters, or with those of these goals."""
    goals = goals_of(conference) if goals is None else goals
    return ConferencePage(
        entry=conference,
        title=localized_entry(conference, "title", language),
        about=localized_entry(conference, "about", language),
        day=day_in_words(conference.day, language),
        posters=posters_of(
            conference,
            goals,
            language,
            most=most,
            offset=offset,
            newest_first=newest_first,
        ),
    )


def one_poster(
    conference: Conference, goal: Goal, page: str | None, language: str
) -> dict[str, Any]:
    """The poster of a goal, a page of its notes at a time."""
    number = int(page) if page and page.isdecimal() and len(page) < LONG_NUMBER else 1
    shown = conference_page(
        conference,
        language,
        goals=[goal],
        most=NOTES_PER_PAGE,
        offset=(number - 1) * NOTES_PER_PAGE,
    )
    [poster] = shown.posters
    total = max(column.total for column in poster.columns)
    if not page_number(page, total, NOTES_PER_PAGE)[1] or number < 1:
        raise Http404
    paging = Paging(number, NOTES_PER_PAGE, total)
    return {
        "conference": shown,
        "poster": poster,
        "pager": pager(paging, lambda number: f"?page={number}"),
    }


def programme_of(conference: Conference, language: str) -> list[dict[str, Any]]:
    """The programme, item by item. Who takes part is said in German: functions, as
    the document names them.
    """
    people_lang = "" if language == DEFAULT_LANGUAGE else DEFAULT_LANGUAGE
    return [
        {
            "time": item.starts_at,
            "title": localized_entry(item, "title", language),
            "people": item.people,
            "people_lang": people_lang,
        }
        for item in conference.programme.all()
    ]
