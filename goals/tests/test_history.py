"""The public history of a goal: what everyone could read, and nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from goals.actions import set_status
from goals.history.page import PER_PAGE, goal_history
from goals.models import Goal, Measure, Period
from goals.tests.factories import (
    make_changed_goal,
    make_goal,
    make_measure,
    make_milestone,
    make_organisation_role,
)
from herne_bildung.city.models import EntryVersion
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.city.versions import note
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def change(entry, day: int, **values) -> None:
    """Write values and keep them as the version of a day of January."""
    type(entry).objects.filter(pk=entry.pk).update(**values)
    version = note(entry, by=None, how=EntryVersion.How.LOGIN, comment="Geheimnis")
    EntryVersion.objects.filter(pk=version.pk).update(at=START + timedelta(days=day))


def told(goal, language: str = "de") -> list[tuple]:
    """Day of January, title of the measure, and what changed, newest first."""
    there_since_last_year()
    goal = Goal.objects.select_related("period").get(pk=goal.pk)
    with override(language):
        events = goal_history(goal, language, None).events
    return [
        (
            (event.at - START).days,
            event.measure["title"].text if event.measure else "",
            [(fact.old, fact.new) for fact in event.facts],
        )
        for event in events
    ]


def there_since_last_year() -> None:
    for model in (Period, Goal):
        model.objects.update(created_at=START - timedelta(days=9))


def address_of(goal) -> str:
    there_since_last_year()
    return f"/de/ziele/{goal.period.slug}/{goal.slug}/verlauf/"


def test_drafts_and_internal_versions_are_left_out():
    goal = make_goal("Eins")
    change(goal, 1, state="draft", title_de="Entwurf")
    change(goal, 2, state="published", title_de="Eins")
    change(goal, 3, state="internal", title_de="Intern")
    change(goal, 4, state="published", title_de="Zwei")
    change(goal, 5, internal_note="Nur unter uns")

    assert told(goal) == [(4, "", [(["Eins"], ["Zwei"])]), (2, "", [])]


def test_measures_are_told_from_the_day_their_goal_was_public():
    goal = make_goal()
    measure = make_measure("Alt", goal=goal)
    change(goal, 5, state="internal")
    change(measure, 1, title_de="A")
    change(measure, 6, title_de="B")
    change(goal, 10, state="published")
    change(measure, 11, title_de="C")
    change(goal, 12, state="internal")
    change(measure, 13, title_de="D")
    change(measure, 14, title_de="E")
    change(goal, 20, state="published")

    assert told(goal) == [
        (20, "E", [(["C"], ["E"])]),
        (11, "E", [(["B"], ["C"])]),
        (10, "", []),
        (10, "E", []),
    ]


def test_nothing_of_a_hidden_period_is_told():
    goal = make_goal()
    change(goal.period, 3, state="internal")
    change(goal, 1, title_de="A")
    change(goal, 4, title_de="B")
    change(goal.period, 5, state="published")
    change(goal, 6, title_de="C")

    assert told(goal) == [(6, "", [(["B"], ["C"])]), (5, "", [])]


def test_a_hidden_measure_has_no_history():
    goal = make_goal()
    measure = make_measure(goal=goal)
    change(measure, 1, title_de="A")
    change(measure, 2, title_de="B", state="internal")

    assert told(goal) == []


def test_a_status_is_told_with_its_reason_but_not_who_set_it(client):
    measure = make_measure()
    person = make_user("geheim", first_name="Erika", last_name="Beispiel")
    set_status(
        measure=measure, status="done", reason="Fertig.", on=START.date(), by=person
    )

    with override("de"):
        [[_old, new]] = told(measure.goal)[0][2]
    page = client.get(address_of(measure.goal)).text

    assert len(new) == 1
    assert new[0].endswith("01.01.2026: Fertig.")
    assert "Fertig." in page
    assert "Erika" not in page
    assert "geheim" not in page


def test_names_of_persons_and_comments_are_not_told(client):
    role = make_organisation_role(
        make_organisation("Amt"),
        "Leitung",
        person_name="Erika Beispiel",
        name_consent_on=clock.today(),
        name_shown_until=clock.today(),
    )
    goal = make_goal()
    change(goal, 1, title_de="A")
    change(goal, 2, role=role)

    page = client.get(address_of(goal)).text

    assert told(goal)[0][2] == [([], ["Leitung (Amt)"])]
    assert "Erika" not in page
    assert "Geheimnis" not in page


def test_german_words_are_marked_in_other_languages(client):
    goal = make_goal("Alt", title_tr="Eski")
    change(goal, 1, wording="Alt")
    change(goal, 2, wording="Neu", title_tr="Yeni", title_en="New")

    there_since_last_year()
    goal = Goal.objects.select_related("period").get(pk=goal.pk)
    with override("tr"):
        [event, _first] = goal_history(goal, "tr", None).events

    assert [(fact.new, fact.lang, fact.dir) for fact in event.facts] == [
        (["Yeni"], "", ""),
        (["Neu"], "de", "ltr"),
    ]


def test_what_is_not_public_has_no_history(client):
    hidden = make_goal(state="internal")
    change(hidden, 1, state="published")
    change(hidden, 2, state="internal")

    assert client.get(address_of(hidden)).status_code == 404


def test_a_goal_that_never_changed_says_so(client):
    goal = make_goal()

    assert told(goal) == []
    assert client.get(address_of(goal)).status_code == 200


def test_long_histories_have_pages(client):
    goal = make_goal()
    for day in range(PER_PAGE + 1):
        change(goal, day, title_de=f"Fassung {day}")

    pages = [
        client.get(address_of(goal), {"page": page}).context["history"]
        for page in (1, 2)
    ]

    assert [len(page.events) for page in pages] == [PER_PAGE, 1]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(number, django_assert_num_queries):
    goal = make_goal()
    organisation = make_organisation()
    change(goal.period, 1)
    for _ in range(number):
        role = make_organisation_role(organisation)
        measure = make_measure(goal=goal)
        make_milestone(measure)
        for day in range(number):
            change(measure, day, title_de=f"T{day}", role=role)
            change(goal, day, title_de=f"G{day}", role=role)
    goal = Goal.objects.select_related("period").get(pk=goal.pk)

    with django_assert_num_queries(8), override("de"):
        goal_history(goal, "de", None)
    assert Measure.objects.count() == number


def test_the_page_shows_a_changed_goal(client):
    page = client.get(address_of(make_changed_goal()))

    assert page.status_code == 200
    assert "<ins>gern" in page.text
    assert [len(one.facts) for one in page.context["history"].events] == [1, 1, 0, 0]
