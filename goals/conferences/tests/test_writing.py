"""The form of a poster, as people and as robots use it."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from goals.choices import Moderation
from goals.conferences import actions, writing
from goals.models import FeedbackNote
from goals.tests.factories import make_goal
from herne_bildung.lib import clock, form_token, page_cache
from herne_bildung.lib.rate_limit import Limit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_counted", "conference"),
]
POSTER = "/de/ziele/konferenzen/probe/plakat/uebergaenge/"
FORM, THANKS = f"{POSTER}mitschreiben/", f"{POSTER}danke/"


@pytest.fixture
def token(client, conference) -> str:
    """The token of a form that was opened a minute ago."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(FORM).text)[1]
    clock.shift(timedelta(minutes=1))
    return token


def note(token: str, **values: str) -> dict[str, str]:
    return {"token": token, "verdict": "keep", "text": "Es wirkt.", **values}


def errors(response) -> dict[str, list[str]]:
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


def test_a_note_waits_and_thanks_follow(client, token, conference, goal):
    response = client.post(FORM, note(token, text="  Es\n wirkt \u202egut. "))

    kept = FeedbackNote.objects.values(
        "goal", "conference", "verdict", "text", "language", "moderation", "decided_at"
    ).get()
    assert (response.status_code, response["Location"]) == (302, THANKS)
    assert kept == {
        "goal": goal.pk,
        "conference": conference.pk,
        "verdict": "keep",
        "text": "Es wirkt gut.",
        "language": "de",
        "moderation": Moderation.WAITING,
        "decided_at": None,
    }


@pytest.mark.parametrize(
    ("page", "language"), [("ar", "ar"), ("de-simple", "de"), ("tr", "tr")]
)
def test_the_language_is_that_of_the_page(client, token, page, language):
    client.post(FORM.replace("/de/", f"/{page}/"), note(token))

    assert FeedbackNote.objects.get().language == language


def test_nothing_of_the_person_is_kept(client, token):
    client.post(FORM, note(token), REMOTE_ADDR="192.0.2.77")

    row = FeedbackNote.objects.values().get()
    assert [name for name, value in row.items() if "192.0.2" in str(value)] == []


def test_form_and_thanks_set_no_cookie_and_are_never_kept(client, token):
    answers = [client.get(FORM), client.post(FORM, note(token)), client.get(THANKS)]

    assert [
        (answer.status_code, answer["Cache-Control"], answer.cookies.output())
        for answer in answers
    ] == [(200, "no-store", ""), (302, "no-store", ""), (200, "no-store", "")]


def test_sending_works_where_csrf_is_enforced(token):
    response = Client(enforce_csrf_checks=True).post(FORM, note(token))

    assert response.status_code == 302


def test_a_note_that_waits_outdates_no_page(client, token):
    before = page_cache.client().get(page_cache.VERSION_KEY)

    client.post(FORM, note(token))

    assert FeedbackNote.objects.count() == 1
    assert page_cache.client().get(page_cache.VERSION_KEY) == before


def test_a_second_sending_writes_nothing(client, token):
    answers = [client.post(FORM, note(token, text=text)) for text in ("A.", "B.")]

    assert [answer["Location"] for answer in answers] == [THANKS, THANKS]
    assert list(FeedbackNote.objects.values_list("text", flat=True)) == ["A."]


def test_a_token_is_good_for_one_poster(client, token, conference):
    other = make_goal("Sprache", slug="sprache")

    response = client.post(FORM.replace("uebergaenge", other.slug), note(token))

    assert response.status_code == 422
    assert not FeedbackNote.objects.exists()


@pytest.mark.parametrize("wrong", ["", "x", "a:b:c", "€" * 500])
def test_a_wrong_token_is_refused_kindly(client, token, wrong):
    response = client.post(FORM, note(wrong))

    assert (response.status_code, response["Cache-Control"]) == (422, "no-store")
    assert "Es wirkt." in response.text
    assert not FeedbackNote.objects.exists()


def test_a_token_of_another_form_is_refused(client, token):
    response = client.post(FORM, note(form_token.make("report")))

    assert response.status_code == 422


def test_too_quick_and_too_old(client, token):
    fresh = client.get(FORM).context["token"]
    quick = client.post(FORM, note(fresh))
    clock.shift(timedelta(hours=7))
    old = client.post(FORM, note(token))

    assert [quick.status_code, old.status_code] == [422, 422]
    assert quick.context["token"] == fresh
    assert old.context["token"] != token
    assert not FeedbackNote.objects.exists()


def test_the_bait_catches_robots(client, token):
    response = client.post(FORM, note(token, homepage="https://spam.example"))

    assert response.status_code == 422
    assert not FeedbackNote.objects.exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
    ],
)
def test_other_sites_cannot_send(client, token, headers):
    response = client.post(FORM, note(token), headers=headers)

    assert response.status_code == 403
    assert not FeedbackNote.objects.exists()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": "x" * 301}, "text"),
        ({"text": " \n "}, "text"),
        ({"text": "\u202e\u2066"}, "text"),
        ({"text": "a\0b"}, "text"),
        ({"verdict": ""}, "verdict"),
        ({"verdict": "delete"}, "verdict"),
    ],
)
def test_what_is_wrong_stands_at_its_field(client, token, values, field):
    response = client.post(FORM, note(token, **values))

    assert (response.status_code, list(errors(response))) == (422, [field])
    assert not FeedbackNote.objects.exists()


def test_what_was_typed_stays_and_is_escaped(client, token):
    script = "<script>alert(1)</script>"

    response = client.post(FORM, note(token, text=script, verdict=""))

    assert script not in response.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text


def test_a_hall_behind_one_address_is_let_in_and_a_flood_is_not(
    client, token, monkeypatch
):
    assert writing.LIMIT.by_network >= 1000
    monkeypatch.setattr(writing, "LIMIT", Limit("note-test", 1, 5))

    first = client.post(FORM, note(token))
    second = client.post(FORM, note(token, text="Noch etwas"))

    assert [first.status_code, second.status_code] == [302, 429]
    assert "Noch etwas" in second.text


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_closed_poster_says_so(client, token, conference, method):
    conference.is_poster_open = False
    conference.save()

    response = getattr(client, method)(FORM, note(token, text="Zu spät gesagt"))

    assert response.status_code == {"get": 200, "post": 403}[method]
    assert response.context["is_closed"]
    assert ("Zu spät gesagt" in response.text) == (method == "post")
    assert not FeedbackNote.objects.exists()


def test_a_poster_that_closes_while_sending_takes_nothing(conference, goal):
    type(conference).objects.filter(pk=conference.pk).update(is_poster_open=False)

    with pytest.raises(actions.Closed):
        actions.receive(
            key="k",
            conference=conference,
            goal=goal,
            verdict="keep",
            text="Es wirkt.",
            language="de",
        )

    assert not FeedbackNote.objects.exists()


def test_there_is_no_form_for_what_is_not_public(client, token, conference, goal):
    def status() -> list[int]:
        return [
            client.get(FORM).status_code,
            client.post(FORM, note(token)).status_code,
        ]

    goal.state = "internal"
    goal.save()
    hidden_goal = status()
    goal.state = "published"
    goal.save()
    conference.state = "draft"
    conference.save()

    assert (hidden_goal, status()) == ([404, 404], [404, 404])
    assert not FeedbackNote.objects.exists()
