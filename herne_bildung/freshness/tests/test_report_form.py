""" "Something wrong here?" as people and as robots use it; what it shares with the
form for barriers is tested there.
"""

import re
from datetime import timedelta

import pytest
from django.test import Client

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import ErrorReport, OutgoingMail
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.freshness.views import reports
from herne_bildung.lib import clock, form_token
from herne_bildung.lib.rate_limit import Limit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nobody_counted")]


@pytest.fixture
def provider() -> Organisation:
    return make_organisation("Nähwerkstatt", slug="naehwerkstatt")


@pytest.fixture
def token() -> str:
    """The token of a form that was opened a minute ago."""
    token = form_token.make(reports.FORM)
    clock.shift(timedelta(minutes=1))
    return token


def form_of(entry: Organisation, language: str = "de") -> str:
    return f"/{language}/fehler-melden/organisation/{entry.pk}/"


def errors(response) -> dict[str, list[str]]:
    return {
        name: list(texts) for name, texts in response.context["form"].errors.items()
    }


def test_report_is_kept_with_its_entry_and_leads_to_thanks(client, provider, token):
    fields = {"token": token, "reason": "other", "text": "x", "email": "a@example.org"}

    response = client.post(form_of(provider, "tr"), fields)

    report = ErrorReport.objects.select_related("entry").get()
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302,
        f"{form_of(provider, 'tr')}danke/",
        "no-store",
    )
    assert (
        report.entry.object_id,
        report.reason,
        report.text,
        report.email,
        report.language,
        report.state,
    ) == (provider.pk, "other", "x", "a@example.org", "tr", "open")
    assert OutgoingMail.objects.count() == 1


def test_provider_page_leads_to_the_form_and_back(client, provider):
    page = client.get("/de/anbieter/naehwerkstatt/").text

    assert f'href="{form_of(provider)}"' in page
    assert 'href="/de/anbieter/naehwerkstatt/"' in client.get(form_of(provider)).text


def test_form_and_thanks_set_no_cookie_and_are_never_kept(client, provider, token):
    answers = [
        client.get(form_of(provider)),
        client.post(form_of(provider), {"token": token, "reason": "times"}),
        client.get(f"{form_of(provider)}danke/"),
    ]

    assert [
        (
            answer.status_code,
            answer["Cache-Control"],
            answer.cookies.output(),
            answer.headers.get("Vary"),
        )
        for answer in answers
    ] == [
        (200, "no-store", "", None),
        (302, "no-store", "", None),
        (200, "no-store", "", None),
    ]


def test_sending_works_where_csrf_is_enforced(provider, token):
    client = Client(enforce_csrf_checks=True)

    response = client.post(form_of(provider), {"token": token, "reason": "times"})

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, ["reason"]),
        ({"reason": "unbekannt"}, ["reason"]),
        ({"reason": "other"}, ["text"]),
        ({"reason": "other", "text": " "}, ["text"]),
        ({"reason": "times", "text": "a" * 2001}, ["text"]),
        ({"reason": "times", "email": "a@example.org\nBcc: b@example.org"}, ["email"]),
        ({"reason": "times", "homepage": "https://kauft.example"}, ["__all__"]),
        ({"reason": "times", "token": "x"}, ["__all__"]),
        ({"reason": "times", "token": form_token.make("barrier")}, ["__all__"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    client, provider, token, fields, wrong
):
    response = client.post(form_of(provider), {"token": token, **fields})

    assert (response.status_code, list(errors(response))) == (422, wrong)
    assert (ErrorReport.objects.count(), OutgoingMail.objects.count()) == (0, 0)


def test_nothing_typed_is_lost(client, provider, token):
    fields = {"token": token, "text": "Neue Nummer", "email": "falsch"}

    response = client.post(form_of(provider), fields)

    assert "Neue Nummer</textarea>" in response.text
    assert 'value="falsch"' in response.text
    assert 'href="#id_reason"' in response.text
    again = re.search(r'name="token" value="([^"]+)"', response.text)[1]
    assert client.post(
        form_of(provider), {"token": again, "reason": "times"}
    ).status_code == (302)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 302),
    ],
)
def test_pages_of_others_cannot_send(client, provider, token, headers, status):
    fields = {"token": token, "reason": "times"}

    response = client.post(form_of(provider), fields, headers=headers)

    assert response.status_code == status
    assert ErrorReport.objects.count() == (1 if status == 302 else 0)


def test_flood_from_one_network_ends_kindly(client, provider, monkeypatch):
    monkeypatch.setattr(reports, "LIMIT", Limit("report", by_network=2, by_all=9))
    tokens = [form_token.make(reports.FORM) for _ in range(3)]
    clock.shift(timedelta(minutes=1))

    answers = [
        client.post(form_of(provider), {"token": token, "reason": "times"})
        for token in tokens
    ]

    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert ErrorReport.objects.count() == 2


def test_sample_says_that_it_is_made_up_and_takes_nothing(client, token):
    sample = make_organisation("Erfunden", is_sample=True)

    shown = client.get(form_of(sample, "en"))
    sent = client.post(form_of(sample, "en"), {"token": token, "reason": "times"})

    for answer in (shown, sent):
        assert (answer.status_code, "<textarea" in answer.text) == (200, False)
        assert "This entry is made up" in answer.text
    assert (ErrorReport.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "values", [{"status": "planned"}, {"status": "historic"}, {"is_provider": False}]
)
def test_what_nobody_looks_after_or_ever_saw_has_no_form(client, token, values):
    entry = make_organisation(**values)

    answers = [
        client.get(form_of(entry)),
        client.post(form_of(entry), {"token": token, "reason": "times"}),
        client.get(f"{form_of(entry)}danke/"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert ErrorReport.objects.count() == 0


def test_what_was_hidden_keeps_its_form(client, token):
    entry = make_entry(make_organisation(status="active"))
    provider = Organisation.objects.get(pk=entry.object_id)
    provider.status = "hidden"
    provider.save()

    response = client.post(form_of(provider), {"token": token, "reason": "other"})

    assert (response.status_code, list(errors(response))) == (422, ["text"])


@pytest.mark.parametrize(
    "rest",
    [
        "gibt-es-nicht/1/",
        "organisation/999999/",
        f"organisation/{10**30}/",
        "offering/0/",
    ],
)
def test_unknown_entries_are_not_found(client, rest):
    assert client.get(f"/de/fehler-melden/{rest}").status_code == 404


def test_other_methods_are_refused(client, provider):
    assert client.put(form_of(provider)).status_code == 405
    assert client.post(f"{form_of(provider)}danke/").status_code == 405


@pytest.mark.parametrize("number", [1, 3])
def test_form_asks_a_fixed_number_of_questions(
    client, django_assert_num_queries, number
):
    entries = [make_organisation() for _ in range(number)]
    client.get(form_of(entries[0]))

    with django_assert_num_queries(2):
        client.get(form_of(entries[0]))
