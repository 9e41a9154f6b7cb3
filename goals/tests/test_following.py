"""Following goals by mail: what is public and new is told, and nothing else."""

from datetime import date

import pytest

from goals.choices import MandateStatus, MeasureStatus, Publication
from goals.models import EvaluationRound, GoalVerdict, Milestone, Progress, StatusChange
from goals.tests.factories import (
    make_goal,
    make_mandate,
    make_measure,
    make_milestone,
    make_news,
    make_paper,
    make_period,
)
from herne_bildung.freshness.actions import news
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.subscriptions import kinds
from herne_bildung.freshness.tests.factories import go_to
from herne_bildung.freshness.tests.following import follow, later

pytestmark = pytest.mark.django_db
HIDDEN = "Nur für uns"


@pytest.fixture
def goal():
    return make_goal("Sprache", slug="sprache", short_de="Alle lernen Deutsch.")


def told() -> bool:
    """Whether a mail goes out on the next day."""
    later(days=1)
    return news.send_news() == 1


def marks(kind: str, key: int) -> list[str]:
    return list(kinds()[kind].items(str(key), "de"))


def test_everything_new_and_public_of_a_goal_is_told_once(goal):
    measure = make_measure("Kurse", goal=goal, summary_de="In jedem Bezirk.")
    follow(kind="goal", key=str(goal.pk))
    other = make_measure("Bücher", goal=goal)
    change = StatusChange.objects.create(
        measure=measure,
        status=MeasureStatus.RUNNING,
        on=date(2026, 11, 3),
        reason_de="Das Geld ist da.",
    )
    done = make_milestone(measure, "Konzept", done_on=date(2026, 11, 4))
    make_milestone(measure, "Noch offen", due_on=date(2027, 1, 1))
    progress = Progress.objects.create(
        measure=measure, year=2026, text_de="Zwei Kurse liefen."
    )
    mandate = make_mandate("Jährlich berichten", status=MandateStatus.DONE)
    mandate.goals.add(goal)

    assert set(marks("goal", goal.pk)) == {
        f"measure:{measure.pk}",
        f"status:{change.pk}",
        f"milestone:{done.pk}",
        f"progress:{progress.pk}",
        f"measure:{other.pk}",
        f"mandate:{mandate.pk}",
        f"mandate-done:{mandate.pk}",
    }
    assert told()
    text = OutgoingMail.objects.get().text
    for words in (
        "Das Geld ist da.",
        "3. November 2026",
        "Konzept",
        "4. November 2026",
        "Zwei Kurse liefen.",
        "Bücher",
        "Jährlich berichten",
        f"/de/ziele/{goal.period.slug}/sprache/#measure-{measure.pk}",
    ):
        assert words in text
    assert "In jedem Bezirk." not in text
    assert "Noch offen" not in text
    assert not told()


def test_drafts_are_told_when_they_are_published_and_notes_never(goal):
    follow(kind="goal", key=str(goal.pk))
    draft = make_measure(
        HIDDEN, goal=goal, state=Publication.DRAFT, internal_note="geheim"
    )
    inner = make_measure(HIDDEN, goal=goal, state=Publication.INTERNAL)
    for measure in (draft, inner):
        Progress.objects.create(measure=measure, year=2026, text_de=HIDDEN)
        make_milestone(measure, HIDDEN, done_on=date(2026, 11, 4))
    make_mandate(HIDDEN, state=Publication.DRAFT).goals.add(goal)
    hidden_paper = make_paper(state=Publication.INTERNAL)
    make_mandate(HIDDEN, paper=hidden_paper).goals.add(goal)

    assert (told(), marks("goal", goal.pk)) == (False, [])

    draft.state = Publication.PUBLISHED
    draft.title_de = "Kurse"
    draft.save()
    told()
    text = OutgoingMail.objects.get().text
    assert ("Kurse" in text, "geheim" in text) == (True, False)


@pytest.mark.parametrize("what", ["goal", "period"])
def test_hidden_goals_cannot_be_followed_and_tell_nothing(client, goal, what):
    follow(kind="goal", key=str(goal.pk))
    make_measure(HIDDEN, goal=goal)
    entry = goal if what == "goal" else goal.period
    entry.state = Publication.INTERNAL
    entry.save()

    assert client.get(f"/de/abo/ziel/{goal.pk}/").status_code == 404
    assert not told()


def test_verdicts_are_told_with_their_reasons(goal):
    follow(kind="goal", key=str(goal.pk))
    evaluation = EvaluationRound.objects.create(
        period=goal.period,
        title_de="Auswertung",
        starts_on=date(2026, 11, 1),
        state=Publication.DRAFT,
    )
    GoalVerdict.objects.create(
        evaluation=evaluation,
        goal=goal,
        verdict="stays",
        reasons_de="Es wirkt.",
        state=Publication.PUBLISHED,
    )
    before = told()
    evaluation.state = Publication.PUBLISHED
    evaluation.save()
    told()

    text = OutgoingMail.objects.get().text
    assert before is False
    assert "Es wirkt." in text
    assert "/sprache/#verdicts" in text


def test_period_tells_new_goals_and_what_happens_to_all_of_them(goal):
    follow(kind="goal_period", key=str(goal.period_id))
    make_measure("Kurse", goal=goal)
    new = make_goal("Bewegung", period=goal.period, short_de="Alle bewegen sich.")
    make_goal(HIDDEN, period=goal.period, state=Publication.DRAFT)
    make_goal(HIDDEN, period=make_period(2013))

    told()

    text = OutgoingMail.objects.get().text
    assert ("Kurse" in text, "Alle bewegen sich." in text) == (True, True)
    assert HIDDEN not in text
    assert f"goal:{new.pk}" in marks("goal_period", goal.period_id)


def test_news_are_told_from_their_day_on_without_samples():
    go_to(date(2026, 11, 1))
    follow(kind="news", key="alle")
    make_news("Heute", published_on=date(2026, 11, 2))
    make_news("Beispiel", is_sample=True)
    make_news(HIDDEN, state=Publication.INTERNAL)
    later_on = make_news("Irgendwann", published_on=date(2099, 1, 1))

    told()

    text = OutgoingMail.objects.get().text
    assert ("Heute" in text, "Beispiel" in text, HIDDEN in text) == (True, False, False)
    assert later_on.title_de not in text


def test_goal_and_period_lead_to_the_form_unless_they_are_history(client, goal):
    old = make_goal(period=make_period(2013, is_closed=True))

    found = [
        f'href="/de/abo/{word}/{pk}/"' in client.get(page).text
        for word, pk, page in (
            ("ziel", goal.pk, f"/de/ziele/{goal.period.slug}/sprache/"),
            ("zeitraum", goal.period_id, f"/de/ziele/{goal.period.slug}/"),
            ("ziel", old.pk, f"/de/ziele/{old.period.slug}/{old.slug}/"),
            ("zeitraum", old.period_id, f"/de/ziele/{old.period.slug}/"),
        )
    ]

    assert found == [True, True, False, False]
    assert "Sprache" in client.get(f"/de/abo/ziel/{goal.pk}/").text


@pytest.mark.parametrize(
    "rest", ["ziel/0/", "ziel/x/", f"ziel/{10**30}/", "zeitraum/²/", "neues/keine/"]
)
def test_what_does_not_exist_cannot_be_followed(client, rest):
    assert client.get(f"/de/abo/{rest}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_a_goal_is_read_in_a_fixed_number_of_questions(
    goal, number, django_assert_num_queries
):
    for _ in range(number):
        measure = make_measure(goal=goal)
        StatusChange.objects.create(
            measure=measure, status="running", on=date(2026, 1, 1), reason_de="x"
        )
        make_milestone(measure, done_on=date(2026, 11, 4))
        make_mandate().goals.add(goal)

    with django_assert_num_queries(6):
        marks("goal", goal.pk)
    assert Milestone.objects.count() == number
