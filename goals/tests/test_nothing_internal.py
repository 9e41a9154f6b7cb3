"""Notes of staff, drafts and internal entries are on no public page, in no feed, file,
search document or site map.
"""

from datetime import date
from typing import Any

import pytest

from goals.actions import set_status
from goals.models import EvaluationRound, Goal, GoalLink, GoalVerdict, MissionSentence
from goals.reports.tests.factories import make_released
from goals.tests.factories import (
    make_body,
    make_body_date,
    make_challenge,
    make_conference,
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_news,
    make_note,
    make_paper,
    make_period,
)
from herne_bildung.city.models import SearchDocument
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.city.versions import declared_for, note
from herne_bildung.lib import clock
from herne_bildung.tests import pages

pytestmark = pytest.mark.django_db
NOTE, HIDDEN, SHOWN = "Qqvermerk", "Zzverborgen", "Sichtbarlich"
NEAR = ("ziele/", "suche/", "sitemap")


def parts(word: str, own: dict[str, Any], *goals: Goal) -> None:
    """What hangs on goals."""
    for above in goals:
        measure = make_measure(f"Maßnahme {word}", goal=above, summary_de=word, **own)
        make_milestone(measure, f"Schritt {word}", due_on=date(2025, 1, 1))
        measure.progress.create(year=clock.today().year, text_de=f"Erreicht {word}")
        set_status(
            measure=measure, status="running", reason=word, on=date(2026, 1, 1), by=None
        )
        challenge = make_challenge(f"Hürde {word}", goal=above, **own)
        challenge.answering_measures.add(measure)
        make_note(f"Hinweis {above.pk}", goal=above).answering_measures.add(measure)


def tree(word: str, state: str, goal: Goal) -> Goal:
    """A goal with one of each that has a state, and these in a public goal, too."""
    own = {"state": state, "internal_note": f"{NOTE} {word}"}
    hidden = make_goal(f"Ziel {word}", period=goal.period, short_de=word, **own)
    parts(word, own, hidden, goal)
    paper = make_paper(f"Vorlage {word}", **own)
    paper.goals.add(goal, hidden)
    open_paper = make_paper(f"Vorlage {SHOWN}")
    for above in (paper, open_paper):
        make_mandate(f"Auftrag {word}", paper=above, **own).goals.add(goal)
    for earlier, later in ((goal, hidden), (hidden, goal)):
        GoalLink.objects.create(
            earlier=earlier, later=later, change="continued", reason_de=f"Weil {word}"
        )
    body = make_body(f"Kreis {word}", **own)
    make_body_date(body, date(2090, 1, 1), f"Treffen {word}")
    make_conference(f"Konferenz {word}", period=goal.period, **own)
    make_news(f"Neues {word}", summary_de=word, **own).goals.add(goal)
    MissionSentence.objects.create(kind="sentence", wording=f"Satz {word}", **own)
    evaluation = EvaluationRound.objects.create(
        period=goal.period,
        title_de=f"Auswertung {word}",
        starts_on=date(2026, 1, 1),
        **own,
    )
    GoalVerdict.objects.create(
        evaluation=evaluation, goal=goal, verdict="stays", reasons_de=word, **own
    )
    return hidden


@pytest.fixture
def goal(fresh) -> Goal:
    """A public goal among hidden entries of all kinds."""
    organisation = make_organisation(f"Amt {SHOWN}")
    period = make_period(internal_note=NOTE)
    goal = make_goal(
        f"Ziel {SHOWN}", period=period, organisation=organisation, internal_note=NOTE
    )
    shown = tree(SHOWN, "published", goal)
    for state in ("draft", "internal"):
        tree(HIDDEN, state, goal)
    whole_period = make_period(2028, state="internal", about_de=HIDDEN)
    parts(HIDDEN, {}, make_goal(f"Ziel {HIDDEN}", period=whole_period))
    for one in (goal, shown):
        note(one, by=None, how="login", comment=NOTE)
        Goal.objects.filter(pk=one.pk).update(title_de=f"Neu {SHOWN}", short_de=SHOWN)
        note(one, by=None, how="login", comment=NOTE)
        declared_for(Goal).after_save(Goal.objects.get(pk=one.pk))
    make_released(period, goals=[goal, shown])
    return goal


def test_no_public_page_shows_what_is_internal(client, goal):
    found = [page for page in pages.public_pages() if page.rest.startswith(NEAR)]

    texts = {
        page.rest: b"".join(client.get(page.address("de"))).decode(errors="replace")
        for page in found
    }

    assert {rest for rest, text in texts.items() if NOTE in text} == set()
    assert {rest for rest, text in texts.items() if HIDDEN in text} == set()
    history = client.get(f"/de/ziele/{goal.period.slug}/{goal.slug}/verlauf/").text
    showing = {page.name for page in found if SHOWN in texts[page.rest]}
    assert (SHOWN in history, NOTE in history, HIDDEN in history) == (
        True,
        False,
        False,
    )
    assert showing >= {
        "conference",
        "evaluation",
        "goal",
        "goals",
        "lineage",
        "mission",
        "network",
        "news",
        "news_feed",
        "paper",
        "papers",
        "period",
        "report",
    }


def test_the_search_knows_nothing_internal(client, goal):
    documents = SearchDocument.objects.filter(kind__in=("goal", "paper", "news"))
    public = documents.filter(is_public=True)

    answer = client.get("/de/suche/", {"q": HIDDEN}).text

    assert [one for one in documents if NOTE.lower() in str(vars(one)).lower()] == []
    assert [one for one in public if HIDDEN.lower() in str(vars(one)).lower()] == []
    assert any(SHOWN.lower() in str(vars(one)).lower() for one in public)
    assert f"Ziel {HIDDEN}" not in answer


def test_hidden_goals_have_no_address(client, goal):
    hidden = Goal.objects.exclude(state="published")
    hidden |= Goal.objects.filter(period__state="internal")

    statuses = {
        client.get(f"/de/ziele/{one.period.slug}/{one.slug}/{rest}").status_code
        for one in hidden
        for rest in ("", "verlauf/")
    }

    assert hidden.count() == 3
    assert statuses == {404}


def test_the_site_map_names_nothing_hidden(client, goal):
    names = client.get("/sitemap.xml").text
    parts = [
        line.split("</loc>")[0].split("testserver")[-1].split(".de")[-1]
        for line in names.split("<loc>")[1:]
    ]
    said = "".join(client.get(f"/{part.lstrip('/')}").text for part in parts)

    hidden = Goal.objects.exclude(state="published")
    assert f"/{goal.slug}/" in said
    assert [one.slug for one in hidden if f"/{one.slug}/" in said] == []
