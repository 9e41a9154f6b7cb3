"""Notes are read, released, refused, moved and taken back; who may do that."""

import csv
import io
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from openpyxl import load_workbook

from goals.admin.moderation import moderation_path
from goals.choices import Moderation
from goals.conferences import actions
from goals.models import FeedbackNote
from goals.tests.factories import make_conference, make_goal, make_note, make_period
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import ADVISERS, LEADS, OFFICE, PROVIDERS, TRANSLATORS
from herne_bildung.city.tests.factories import make_user
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
LIST = "/verwaltung/goals/feedbacknote/"
PAGE = f"{LIST}lesen/"
WAITING, RELEASED, REFUSED = (
    Moderation.WAITING,
    Moderation.RELEASED,
    Moderation.REFUSED,
)


@pytest.fixture
def moderator(client):
    ensure_groups()
    client.force_login(make_user("moderation", OFFICE))
    return client


@pytest.fixture
def waiting(conference, goal) -> list[FeedbackNote]:
    """Three notes, as they came in."""
    return [
        make_note(
            f"Hinweis {number}",
            goal=goal,
            conference=conference,
            moderation=WAITING,
            key=f"key-{number}",
        )
        for number in range(3)
    ]


def states() -> list[str]:
    return list(
        FeedbackNote.objects.order_by("pk").values_list("moderation", flat=True)
    )


def shown(response) -> list[str]:
    return [row["note"].text for row in response.context["rows"]]


def test_the_page_shows_what_waits_the_oldest_first(moderator, waiting, conference):
    make_note("Woanders", conference=make_conference(), moderation=WAITING)
    make_note("Schon gelesen", conference=conference)

    every = moderator.get(PAGE)
    of_one = moderator.get(moderation_path(conference))

    assert shown(every) == ["Hinweis 0", "Hinweis 1", "Hinweis 2", "Woanders"]
    assert shown(of_one) == ["Hinweis 0", "Hinweis 1", "Hinweis 2"]
    assert (of_one.context["total"], of_one.context["decided"]) == (3, [])


def test_one_click_releases_or_refuses_one(moderator, waiting):
    first, second, _third = waiting

    answer = moderator.post(PAGE, {"release": first.pk})
    moderator.post(PAGE, {"refuse": second.pk})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert states() == [RELEASED, REFUSED, WAITING]
    assert LogEntry.objects.count() == 2


def test_several_at_once(moderator, waiting):
    ticked = [note.pk for note in waiting[:2]]

    moderator.post(PAGE, {"release": "ticked", "note": ticked})

    assert states() == [RELEASED, RELEASED, WAITING]
    assert None not in FeedbackNote.objects.released().values_list(
        "decided_at", flat=True
    )


def test_a_decision_is_taken_back(moderator, waiting):
    note = waiting[0]
    moderator.post(PAGE, {"refuse": note.pk})
    decided = moderator.get(PAGE).context["decided"]

    moderator.post(PAGE, {"take_back": note.pk})

    note.refresh_from_db()
    assert [row["note"].pk for row in decided] == [note.pk]
    assert (note.moderation, note.decided_at) == (WAITING, None)


def test_notes_of_documents_cannot_be_taken_back(moderator, conference, goal):
    note = make_note("Aus dem Dokument", goal=goal, conference=conference)

    moderator.post(PAGE, {"take_back": note.pk})

    assert states() == [RELEASED]


def test_what_another_decided_meanwhile_stays(waiting):
    ids = [note.pk for note in waiting]
    first = actions.decide(ids[:2], REFUSED)

    second = actions.decide(ids, RELEASED)

    assert (first, second) == (ids[:2], ids[2:])
    assert states() == [REFUSED, REFUSED, RELEASED]


def test_a_note_moves_to_another_goal_and_column(moderator, waiting, goal):
    other, note = make_goal("Sprache", slug="sprache"), waiting[0]
    moved = {f"goal-{note.pk}": other.pk, f"verdict-{note.pk}": "keep"}

    moderator.post(PAGE, {"move": note.pk, **moved})

    note.refresh_from_db()
    assert (note.goal, note.verdict, note.moderation) == (other, "keep", WAITING)


@pytest.mark.parametrize("verdict", ["keep", "delete", ""])
def test_a_note_never_moves_to_what_is_no_poster(moderator, waiting, goal, verdict):
    stranger = make_goal("Früher", period=make_period(2013))
    note = waiting[0]
    wanted = stranger if verdict == "keep" else goal
    moved = {f"goal-{note.pk}": wanted.pk, f"verdict-{note.pk}": verdict}

    moderator.post(PAGE, {"move": note.pk, **moved})

    note.refresh_from_db()
    assert (note.goal, note.verdict) == (goal, "adjust")


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"release": "ticked"},
        {"release": "x"},
        {"refuse": "9" * 40},
        {"take_back": "-1"},
        {"move": "x"},
        {"move": "999"},
        {"release": "ticked", "note": ["x", "1;2"]},
    ],
)
def test_nonsense_changes_nothing(moderator, waiting, sent):
    answer = moderator.post(PAGE, sent)

    assert answer.status_code == 302
    assert states() == [WAITING] * 3


def test_a_get_changes_nothing(moderator, waiting):
    moderator.get(PAGE, {"release": waiting[0].pk})

    assert states() == [WAITING] * 3


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS, TRANSLATORS, None])
def test_others_may_not_read_waiting_notes(client, waiting, group):
    ensure_groups()
    client.force_login(make_user("fremd", *([group] if group else [])))

    answers = [
        client.get(PAGE),
        client.post(PAGE, {"release": waiting[0].pk}),
        client.get(LIST),
        client.get(f"{LIST}tabelle.csv"),
    ]

    assert {answer.status_code for answer in answers} <= {302, 403}
    assert not any("Hinweis 0" in answer.text for answer in answers)
    assert states() == [WAITING] * 3


def test_leads_moderate_too(client, waiting):
    ensure_groups()
    client.force_login(make_user("leitung", LEADS))

    client.post(PAGE, {"release": waiting[0].pk})

    assert states() == [RELEASED, WAITING, WAITING]


def test_a_script_in_a_note_is_text(moderator, conference, goal):
    make_note("<script>x()</script>", goal=goal, moderation=WAITING)

    assert "<script>x()" not in moderator.get(PAGE).text


def test_the_list_as_a_file_holds_no_formula(moderator, conference, goal):
    make_note("=1+1", goal=goal, conference=conference, verdict="keep")
    header = [
        "Conference",
        "Number of the goal",
        "Goal",
        "Verdict",
        "Text",
        "Language",
        "Moderation",
        "Received",
        "Released or refused",
        "How it is answered",
    ]

    text = moderator.get(f"{LIST}tabelle.csv").getvalue().decode("utf-8-sig")
    book = moderator.get(f"{LIST}tabelle.xlsx").getvalue()

    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    sheet = load_workbook(io.BytesIO(book)).active
    assert [len(line) for line in lines] == [len(header)] * 2
    assert (lines[1][0], lines[1][1], lines[1][4]) == ("Probekonferenz", "1", "'=1+1")
    assert [(cell.value, cell.data_type) for cell in sheet[2]][4] == ("=1+1", "s")


@pytest.mark.parametrize("number", [1, 3])
def test_queries(moderator, django_assert_num_queries, conference, goal, number):
    for one in range(number):
        make_note(goal=goal, conference=conference, moderation=WAITING)
        make_note(goal=goal, conference=conference, decided_at=clock.now())
        make_conference(day=clock.today() + timedelta(days=one))
    moderator.get(PAGE)

    with django_assert_num_queries(10):
        moderator.get(PAGE)
