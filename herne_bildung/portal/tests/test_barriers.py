"""The form to report a barrier, as people and as robots use it."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client

from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.lib import clock, form_token
from herne_bildung.lib.rate_limit import Limit
from herne_bildung.portal.views import barriers

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_counted")]
FORM = "/de/barrierefreiheit/melden/"
THANKS = "/de/barrierefreiheit/danke/"


@pytest.fixture
def token(client) -> str:
    """The token of a form that was opened a minute ago."""
    token = re.search(r'name="token" value="([^"]+)"', client.get(FORM).text)[1]
    clock.shift(timedelta(minutes=1))
    return token


def report(token: str, **values: str) -> dict[str, str]:
    return {"token": token, "message": "Der Knopf hat keinen Namen.", **values}


def errors(response) -> dict[str, list[str]]:
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


def test_report_becomes_a_german_mail_and_leads_to_thanks(client, token):
    response = client.post(
        "/tr/barrierefreiheit/melden/",
        report(token, page="/tr/angebote/", email="leserin@example.org"),
    )

    mail = OutgoingMail.objects.get()
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302,
        "/tr/barrierefreiheit/danke/",
        "no-store",
    )
    assert (mail.recipient, mail.reply_to, mail.html) == (
        settings.BARRIER_MAILBOX,
        "leserin@example.org",
        "",
    )
    assert mail.subject.endswith(": /tr/angebote/")
    assert "\nDer Knopf hat keinen Namen.\n" in mail.text
    assert "Türkisch" in mail.text
    assert f"{settings.PUBLIC_ADDRESS}/de/barrierefreiheit/" in mail.text


def test_report_without_page_and_address(client, token):
    client.post(FORM, report(token))

    mail = OutgoingMail.objects.get()
    assert (mail.reply_to, ":" in mail.subject) == ("", False)


def test_form_and_thanks_set_no_cookie_and_are_never_kept(client, token):
    answers = [client.get(FORM), client.post(FORM, report(token)), client.get(THANKS)]

    assert [
        (answer.status_code, answer["Cache-Control"], answer.cookies.output())
        for answer in answers
    ] == [(200, "no-store", ""), (302, "no-store", ""), (200, "no-store", "")]
    assert [answer.headers.get("Vary") for answer in answers] == [None, None, None]


def test_sending_works_where_csrf_is_enforced(token):
    client = Client(enforce_csrf_checks=True)

    assert client.post(FORM, report(token)).status_code == 302


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("/de/angebote/?q=musik", "/de/angebote/?q=musik"),
        ("https://example.org/", None),
        ("//example.org/", None),
        ("/\\example.org", None),
        ("javascript:alert(1)", None),
        ("/de/\r\nX: y", None),
        ("/" + "a" * 400, None),
    ],
)
def test_only_own_pages_are_filled_in(client, given, shown):
    response = client.get(FORM, {"page": given})

    field = re.search(r'<input[^>]*name="page"[^>]*>', response.text)[0]
    value = re.search(r'value="([^"]*)"', field)
    assert (value[1] if value else None) == shown


def test_missing_text_is_said_at_the_field_and_nothing_typed_is_lost(client, token):
    response = client.post(
        FORM, report(token, message=" ", page="Startseite", email="keine adresse")
    )

    assert response.status_code == 422
    assert list(errors(response)) == ["message", "email"]
    assert 'value="Startseite"' in response.text
    assert 'value="keine adresse"' in response.text
    assert 'href="#id_message"' in response.text
    assert 'aria-invalid="true"' in response.text
    again = re.search(r'name="token" value="([^"]+)"', response.text)[1]
    assert client.post(FORM, report(again)).status_code == 302
    assert OutgoingMail.objects.count() == 1


def test_robot_without_token_sends_nothing_but_a_person_can_go_on(client):
    response = client.post(FORM, {"message": "Kauft!"})

    new = re.search(r'name="token" value="([^"]+)"', response.text)[1]
    assert (response.status_code, list(errors(response))) == (422, ["__all__"])
    assert "Kauft!" in response.text
    assert OutgoingMail.objects.count() == 0
    clock.shift(timedelta(minutes=1))
    assert client.post(FORM, report(new)).status_code == 302


@pytest.mark.parametrize(
    "forged",
    ["x", "a:b:c", "\0", "é" * 50, form_token.make("another form")],
    ids=["short", "parts", "nul", "letters", "of another form"],
)
def test_forged_token_sends_nothing(client, forged):
    clock.shift(timedelta(minutes=1))

    assert client.post(FORM, report(forged)).status_code == 422
    assert OutgoingMail.objects.count() == 0


def test_second_sending_of_the_same_form_makes_no_second_mail(client, token):
    first = client.post(FORM, report(token))
    second = client.post(FORM, report(token, message="Noch einmal"))

    assert (first["Location"], second["Location"]) == (THANKS, THANKS)
    assert "Noch einmal" not in OutgoingMail.objects.get().text


def test_second_sending_makes_no_second_mail_without_redis(client, token, no_redis):
    for _ in range(2):
        assert client.post(FORM, report(token)).status_code == 302

    assert OutgoingMail.objects.count() == 1


def test_too_quick_is_refused_and_the_same_form_can_be_sent_later(client):
    quick = form_token.make(barriers.FORM)

    refused = client.post(FORM, report(quick))
    clock.shift(timedelta(seconds=form_token.SHORTEST_AGE + 1))
    accepted = client.post(FORM, report(quick))

    assert quick in refused.text
    assert (refused.status_code, accepted.status_code) == (422, 302)


def test_too_old_is_refused_with_a_new_token(client, token):
    clock.shift(timedelta(seconds=form_token.LONGEST_AGE + 120))

    response = client.post(FORM, report(token))

    assert response.status_code == 422
    assert token not in response.text
    assert "Der Knopf hat keinen Namen." in response.text


def test_bait_taken_sends_nothing_but_shows_an_empty_bait_again(client, token):
    response = client.post(FORM, report(token, homepage="https://kauft.example"))

    assert (response.status_code, list(errors(response))) == (422, ["__all__"])
    assert "kauft.example" not in response.text
    assert OutgoingMail.objects.count() == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}, 302),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://testserver"}, 302),
        ({"Origin": settings.PUBLIC_ADDRESS}, 302),
        ({}, 302),
    ],
)
def test_pages_of_others_cannot_send(client, token, headers, status):
    response = client.post(FORM, report(token), headers=headers)

    assert response.status_code == status
    assert OutgoingMail.objects.count() == (1 if status == 302 else 0)


def test_flood_from_one_network_ends_kindly_and_others_still_get_through(
    client, monkeypatch
):
    monkeypatch.setattr(barriers, "LIMIT", Limit("barrier", by_network=2, by_all=4))
    tokens = [form_token.make(barriers.FORM) for _ in range(4)]
    clock.shift(timedelta(minutes=1))

    answers = [client.post(FORM, report(token)) for token in tokens[:3]]
    other = client.post(FORM, report(tokens[3]), REMOTE_ADDR="203.0.113.9")

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Der Knopf hat keinen Namen." in answers[2].text
    assert other.status_code == 302
    assert OutgoingMail.objects.count() == 3


def test_flood_from_many_networks_is_limited_for_all(client, monkeypatch):
    monkeypatch.setattr(barriers, "LIMIT", Limit("barrier", by_network=9, by_all=2))
    tokens = [form_token.make(barriers.FORM) for _ in range(3)]
    clock.shift(timedelta(minutes=1))

    statuses = [
        client.post(FORM, report(token), REMOTE_ADDR=f"203.0.113.{n}").status_code
        for n, token in enumerate(tokens)
    ]

    assert statuses == [302, 302, 429]


@pytest.mark.parametrize(
    "hostile",
    [
        {"page": "/de/\r\nBcc: opfer@example.org"},
        {"page": "/de/\n\n<script>"},
        {"message": "Text\r\n.\r\nMAIL FROM:<x@example.org>"},
    ],
)
def test_line_breaks_stay_in_the_text_of_the_mail(client, token, hostile):
    response = client.post(FORM, report(token, **hostile))

    mail = OutgoingMail.objects.get()
    assert response.status_code == 302
    assert "\n" not in mail.subject
    assert "\r" not in mail.subject
    assert (mail.recipient, mail.reply_to) == (settings.BARRIER_MAILBOX, "")


@pytest.mark.parametrize(
    "address",
    ["a@example.org\nBcc: b@example.org", "a@example.org,b@example.org", "a" * 300],
)
def test_hostile_answer_address_is_refused(client, token, address):
    response = client.post(FORM, report(token, email=address))

    assert list(errors(response)) == ["email"]
    assert OutgoingMail.objects.count() == 0


def test_very_long_text_is_refused_at_the_field(client, token):
    response = client.post(FORM, report(token, message="a" * 5001))

    assert list(errors(response)) == ["message"]


def test_other_methods_are_refused(client):
    assert client.put(FORM).status_code == 405
    assert client.post(THANKS).status_code == 405
