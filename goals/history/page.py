"""All public versions of a goal and its measures, newest first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.timezone import localtime

from goals.history.facts import Fact, differences, public_facts, words_of
from goals.history.spans import Shown, Span, both, shown, spans
from goals.in_words import goal_link, goals_step, measure_link, period_step
from goals.models import Goal, Measure
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.versions import declared_for
from herne_bildung.lib.dates import day_in_words
from herne_bildung.lib.localized import Text
from herne_bildung.lib.paging import Paging, page_number, pager

PER_PAGE = 20


@dataclass(frozen=True, slots=True)
class Event:
    """What changed on the page of the goal at a moment. `measure` is empty where it is
    of the goal itself; `facts` are, of a first version.
    """

    at: datetime
    day: str
    measure: dict[str, Any] | None
    is_first: bool
    facts: list[Fact]


@dataclass(frozen=True, slots=True)
class GoalHistory:
    """What `goals/history.html` shows."""

    title: Text
    url: str
    number: int
    period: str
    is_sample: bool
    events: list[Event]
    steps: list[dict[str, Any]]
    pager: dict[str, Any]
    is_page_known: bool


def goal_history(goal: Goal, language: str, page: str | None) -> GoalHistory:
    """The history of a public goal, in a language."""
    measures = list(Measure.objects.published().filter(goal=goal))
    for measure in measures:
        measure.goal = goal
    versions = _versions([goal.period, goal, *measures])
    of_period, of_goal = versions[goal.period], versions[goal]
    times = spans(of_period, goal.period.created_at)
    # Of one moment the goal comes before its measures.
    events = _events([(goal, shown(of_goal, times))], language)
    times = both(times, spans(of_goal, goal.created_at))
    events += _events(_shown_of(measures, versions, times), language)
    events.sort(key=lambda one: one.at, reverse=True)
    number, is_known = page_number(page, len(events), PER_PAGE)
    paging = Paging(number, PER_PAGE, len(events))
    link = goal_link(goal, language)
    step = {
        "label": link["title"].text,
        "lang": link["title"].lang,
        "dir": link["title"].dir,
        "url": link["url"],
    }
    return GoalHistory(
        title=link["title"],
        url=link["url"],
        number=goal.number,
        period=str(goal.period),
        is_sample=goal.is_sample,
        events=events[paging.offset : paging.offset + PER_PAGE],
        steps=[goals_step(), period_step(goal.period), step],
        pager=pager(paging, lambda wanted: f"?page={wanted}"),
        is_page_known=is_known,
    )


def _versions(entries: Iterable[Model]) -> dict[Model, list[EntryVersion]]:
    """Versions of each entry, oldest first; one query for each model."""
    by_model: dict[type[Model], dict[int, Model]] = defaultdict(dict)
    found: dict[Model, list[EntryVersion]] = {}
    for entry in entries:
        by_model[type(entry)][entry.pk] = entry
        found[entry] = []
    for model, present in by_model.items():
        rows = EntryVersion.objects.filter(
            model=declared_for(model).name, object_id__in=present
        )
        for row in rows.only("object_id", "at", "snapshot", "model").order_by("number"):
            found[present[row.object_id]].append(row)
    return found


def _shown_of(
    measures: Iterable[Measure],
    versions: Mapping[Model, list[EntryVersion]],
    times: list[Span],
) -> list[tuple[Model, list[Shown]]]:
    return [(measure, shown(versions[measure], times)) for measure in measures]


def _events(rows: list[tuple[Any, list[Shown]]], language: str) -> list[Event]:
    """Public versions of entries of one model that say something new."""
    if not rows:
        return []
    declared = declared_for(rows[0][0])
    said = {
        id(one): public_facts(declared, one.version.snapshot, language)
        for _entry, found in rows
        for one in found
    }
    words = words_of(declared, *said.values())
    events = []
    for entry, found in rows:
        before: dict[str, Any] | None = None
        for one in found:
            now = said[id(one)]
            facts = differences(words, before, now, language) if before else []
            if before is None or facts:
                events.append(_event(entry, one, facts, before is None, language))
            before = now
    return events


def _event(
    entry: Any, one: Shown, facts: list[Fact], is_first: bool, language: str
) -> Event:
    is_measure = isinstance(entry, Measure)
    return Event(
        at=one.since,
        day=day_in_words(localtime(one.since).date(), language),
        measure=measure_link(entry, language) if is_measure else None,
        is_first=is_first,
        facts=facts,
    )
