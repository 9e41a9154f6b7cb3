"""The form to follow something: the same answer for everyone, and no flood."""

import pytest
from django.test import Client

from herne_bildung.freshness.actions import subscriptions as actions
from herne_bildung.freshness.models import OutgoingMail, Subscriber, Subscription
from herne_bildung.freshness.tests.following import asked_for, follow, later
from herne_bildung.freshness.views import subscriptions as views
from herne_bildung.lib import form_token
from herne_bildung.lib.rate_limit import Limit

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("nobody_counted", "board"),
]
FORM = "/de/abo/brett/rathaus/"


def new_token() -> str:
    token = form_token.make(views.FORM)
    later(minutes=1)
    return token


def send(client, email="leserin@example.org", address=FORM, **more):
    fields = {"token": new_token(), "email": email, "language": "de", **more}
    return client.post(address, fields)


def test_address_is_kept_unconfirmed_and_gets_one_mail(client):
    response = send(client, address="/tr/abo/brett/rathaus/", language="tr")

    row = Subscription.objects.select_related("subscriber").get()
    mail = OutgoingMail.objects.get()
    assert (response.status_code, response["Location"], response["Cache-Control"]) == (
        302,
        "/tr/abo/brett/rathaus/danke/",
        "no-store",
    )
    assert (
        row.subscriber.email,
        row.kind,
        row.key,
        row.language,
        row.confirmed_at,
        row.ends_on,
    ) == ("leserin@example.org", "board", "rathaus", "tr", None, None)
    assert mail.recipient == "leserin@example.org"
    assert "/tr/abo/bestaetigen/" in mail.text


def test_pages_set_no_cookie_and_are_never_kept(client):
    answers = [client.get(FORM), send(client), client.get(f"{FORM}danke/")]

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


def test_sending_works_where_csrf_is_enforced():
    assert send(Client(enforce_csrf_checks=True)).status_code == 302


def test_form_begins_in_the_language_of_the_page(client):
    page = client.get("/ar/abo/brett/rathaus/").text

    assert '<option value="ar" selected lang="ar" dir="auto">' in page
    assert '<p class="lead" lang="de" dir="ltr">Brett am Rathaus</p>' in page


@pytest.mark.parametrize("state", ["unknown", "asked", "confirmed"])
def test_answer_is_the_same_whatever_the_address_follows(client, state):
    if state == "asked":
        asked_for()
    if state == "confirmed":
        follow()

    response = send(client)
    thanks = client.get(response["Location"])

    assert (response.status_code, response["Location"], response.content) == (
        302,
        f"{FORM}danke/",
        b"",
    )
    assert "leserin" not in thanks.text
    assert OutgoingMail.objects.count() == 1


def test_who_follows_already_learns_it_by_mail_alone_and_stays_as_it_was(client):
    row = follow(language="tr")

    send(client, language="ar")

    mail = OutgoingMail.objects.get()
    after = Subscription.objects.select_related("subscriber").get()
    assert "/abo/verwalten/" in mail.text
    assert "/abo/bestaetigen/" not in mail.text
    assert (after.confirmed_at, after.language, after.subscriber.language) == (
        row.confirmed_at,
        "tr",
        "tr",
    )


def test_spelling_of_an_address_makes_no_second_one(client):
    send(client, "Leserin@Example.org")
    send(client, "leserin@example.org")

    assert Subscriber.objects.count() == Subscription.objects.count() == 1


def test_same_form_sent_twice_makes_one_mail(client):
    fields = {"token": new_token(), "email": "a@example.org", "language": "de"}

    answers = [client.post(FORM, fields) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert OutgoingMail.objects.count() == 1


def test_nobody_can_be_flooded_with_mails(client):
    first_day = [send(client).status_code for _ in range(8)]
    mails = OutgoingMail.objects.count()
    later(days=1)
    second_day = [
        send(client, address="/de/abo/brett/markt/").status_code for _ in range(8)
    ]

    assert set(first_day + second_day) == {302}
    assert (mails, OutgoingMail.objects.count()) == (5, 10)
    later(days=2)
    send(client)
    assert OutgoingMail.objects.count() == 10


def test_flood_is_counted_over_refusals_too(client):
    for _ in range(8):
        send(client)
        if row := Subscription.objects.first():
            actions.refuse(row)

    assert OutgoingMail.objects.count() == 5
    assert Subscriber.objects.count() == 0


def test_others_are_not_hindered_by_a_flood(client):
    for _ in range(8):
        send(client)

    send(client, "andere@example.org")

    assert OutgoingMail.objects.filter(recipient="andere@example.org").count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"email": ""}, ["email"]),
        ({"email": "falsch"}, ["email"]),
        ({"email": "a@example.org\nBcc: b@example.org"}, ["email"]),
        ({"email": f"{'a' * 250}@example.org"}, ["email"]),
        ({"language": "xx"}, ["language"]),
        ({"homepage": "https://kauft.example"}, ["__all__"]),
        ({"token": "x"}, ["__all__"]),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(client, fields, wrong):
    response = send(client, **fields)

    errors = response.context["form"].errors
    assert (response.status_code, list(errors)) == (422, wrong)
    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("headers", "status"),
    [({"Sec-Fetch-Site": "cross-site"}, 403), ({"Origin": "http://testserver"}, 302)],
)
def test_pages_of_others_cannot_send(client, headers, status):
    fields = {"token": new_token(), "email": "a@example.org", "language": "de"}

    assert client.post(FORM, fields, headers=headers).status_code == status
    assert Subscriber.objects.count() == (1 if status == 302 else 0)


def test_flood_from_one_network_ends_kindly(client, monkeypatch):
    monkeypatch.setattr(views, "LIMIT", Limit("subscribe", by_network=2, by_all=9))

    answers = [send(client, f"leserin-{number}@example.org") for number in range(3)]

    assert [answer.status_code for answer in answers] == [302, 302, 429]


@pytest.mark.parametrize(
    "address",
    [
        "/de/abo/gibt-es-nicht/1/",
        "/de/abo/brett/bahnhof/",
        "/de/abo/brett/bahnhof/danke/",
        f"/de/abo/brett/{'a' * 301}/",
        "/de/abo/brett/%00/",
    ],
)
def test_what_is_not_there_cannot_be_followed(client, address):
    assert client.get(address).status_code == 404


def test_form_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get(FORM)


def test_unconfirmed_address_is_forgotten_after_a_week_with_its_mail(client):
    send(client)
    later(days=6, hours=23)
    assert actions.forget() == 0
    later(hours=2)

    assert actions.forget() == 1

    assert (Subscriber.objects.count(), OutgoingMail.objects.count()) == (0, 0)
