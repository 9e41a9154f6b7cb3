"""Attempts, sessions, forgotten passwords, other addresses."""

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache

from herne_bildung.city.models import User
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import PASSWORD
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal import tasks
from herne_bildung.portal.tests.accounts import (
    CODE,
    SIGN_IN,
    START,
    code_of,
    give_password,
    is_signed_in,
    link_in,
    logged,
    person,
    set_up_app,
)

pytestmark = pytest.mark.django_db
FORGOTTEN = "/verwaltung/konto/kennwort/neu/"
SESSIONS = "/verwaltung/konto/sitzungen/"
ADDRESS = "/verwaltung/konto/adresse/"
NEW = "ein ganz neues Passwort"
ATTACKER, OWNER = {"REMOTE_ADDR": "198.51.100.7"}, {"REMOTE_ADDR": "203.0.113.8"}


@pytest.mark.parametrize("typed", ["anna", "ANNA", "anna@example.org"])
def test_a_flood_from_one_address_never_locks_the_owner_out(client, typed):
    person("anna", PROVIDERS)
    answers = [
        give_password(client, typed, "falsch", **ATTACKER).status_code
        for _ in range(30)
    ]
    cache.clear()  # the next minute

    right = give_password(client, "anna", **ATTACKER)
    owner = give_password(client, "anna@example.org", **OWNER)

    assert set(answers[:9]) == {200}
    assert set(answers[9:]) == {429}
    assert (right.status_code, owner.url) == (429, START)


def test_name_and_address_are_counted_as_one(client):
    person("anna", PROVIDERS)

    for typed in ("anna", "anna@example.org") * 5:
        give_password(client, typed, "falsch")

    assert give_password(client, "anna").status_code == 429


def test_behind_a_proxy_its_word_counts(client, settings):
    settings.PROXY_COUNT = 1
    person("anna", PROVIDERS)
    attacker = {"headers": {"X-Forwarded-For": "203.0.113.8, 198.51.100.7"}}
    for _ in range(12):
        give_password(client, "anna", "falsch", **attacker)

    owner = give_password(
        client, "anna", headers={"X-Forwarded-For": "198.51.100.7, 203.0.113.8"}
    )

    assert owner.url == START


def test_one_address_tries_sixty_times_a_minute(client):
    for number in range(60):
        assert give_password(client, f"niemand-{number}").status_code == 200

    assert give_password(client, "niemand").status_code == 429
    assert give_password(client, "niemand", **OWNER).status_code == 200


def test_failures_are_in_the_log_without_what_was_typed(client):
    person("anna", PROVIDERS)
    give_password(client, "anna@example.org", "falsch")
    give_password(client, "mein geheimes Passwort", "anna")

    assert logged() == [("sign_in_failed", "", "password")] * 2
    client.post(SIGN_IN, {"login": "anna", "password": PASSWORD})
    client.post("/verwaltung/logout/")
    assert [row[0] for row in logged()[2:]] == ["signed_in", "signed_out"]


def test_wrong_name_and_wrong_password_are_told_the_same(client):
    person("anna", PROVIDERS)
    person("berta", PROVIDERS, is_active=False)

    told = {
        str(give_password(client, name, word).context["form"].errors)
        for name, word in (
            ("anna", "falsch"),
            ("niemand", "falsch"),
            ("niemand@example.org", "falsch"),
            ("berta", PASSWORD),
        )
    }

    assert len(told) == 1


def test_a_forgotten_password_comes_by_mail_and_works_once(client):
    person("anna", PROVIDERS)
    sent = client.post(FORGOTTEN, {"email": "Anna@example.org"})
    mail = OutgoingMail.objects.get()
    form = client.get(link_in(mail))

    client.post(form.url, {"password1": NEW, "password2": NEW})

    assert sent.url == f"{FORGOTTEN}unterwegs/"
    assert (mail.recipient, bool(mail.html)) == ("anna@example.org", True)
    assert not is_signed_in(client)
    assert give_password(client, "anna", NEW).url == START
    assert client.get(link_in(mail)).status_code == 200
    assert logged()[0] == ("rights_changed", "anna", "password changed")


def test_the_second_factor_is_asked_for_after_a_new_password_too(client):
    secret = set_up_app(person("anna", OFFICE))
    client.post(FORGOTTEN, {"email": "anna@example.org"})
    form = client.get(link_in(OutgoingMail.objects.get()))
    client.post(form.url, {"password1": NEW, "password2": NEW})

    assert give_password(client, "anna", NEW).url == CODE
    assert client.post(CODE, {"code": code_of(secret)}).url == START


@pytest.mark.parametrize(
    "values", [None, {"is_active": False}, {"is_demo": True}], ids=str
)
def test_unknown_addresses_are_told_the_same_and_get_no_mail(
    client, monkeypatch, values
):
    monkeypatch.setenv("HOST", "0.0.0.0")
    if values:
        person("nora", PROVIDERS, **values)
    person("anna", PROVIDERS)

    known, other = (
        client.post(FORGOTTEN, {"email": f"{name}@example.org"}, follow=True)
        for name in ("anna", "nora")
    )

    assert known.text == other.text
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [
        "anna@example.org"
    ]


def test_the_mail_never_names_a_host_from_outside(client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.PUBLIC_ADDRESS = "https://lernen.example.org"
    person("anna", PROVIDERS)

    client.post(
        FORGOTTEN, {"email": "anna@example.org"}, headers={"Host": "evil.example"}
    )

    mail = OutgoingMail.objects.get()
    assert "evil" not in mail.text + mail.html
    assert "https://lernen.example.org/verwaltung/konto/kennwort/neu/" in mail.text


def test_sessions_are_listed_and_one_is_ended(client, client_elsewhere):
    person("anna", PROVIDERS)
    give_password(client_elsewhere, "anna", headers={"User-Agent": "Telefon"})
    give_password(client, "anna", headers={"User-Agent": "Rechner"})
    listed = client.get(SESSIONS).context["sessions"]
    [other] = [one for one in listed if one.user_agent == "Telefon"]

    client.post(SESSIONS, {"end": other.pk})

    assert len(listed) == 2
    assert client.get(START).status_code == 200
    assert client_elsewhere.get(START).status_code == 302


def test_all_others_are_ended(client, client_elsewhere):
    person("anna", PROVIDERS)
    give_password(client_elsewhere, "anna")
    give_password(client, "anna")

    client.post(SESSIONS)

    assert client.get(START).status_code == 200
    assert client_elsewhere.get(START).status_code == 302


@pytest.mark.parametrize("value", ["x", "-1", "0", "9" * 30])
def test_nobody_ends_somebody_elses_session(client, client_elsewhere, value):
    person("anna", PROVIDERS)
    person("berta", PROVIDERS)
    give_password(client_elsewhere, "berta")
    give_password(client, "anna")
    foreign = UserSession.objects.get(user__username="berta").pk

    for one in (foreign, value):
        assert client.post(SESSIONS, {"end": one}).url == SESSIONS

    assert client_elsewhere.get(START).status_code == 200


@pytest.fixture
def client_elsewhere():
    from django.test import Client

    return Client()


def test_from_where_someone_was_is_forgotten_with_the_session(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")
    client.session.flush()

    assert (tasks.forget_old_sessions(), UserSession.objects.count()) == (1, 0)


def test_another_password_is_told_by_mail(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")

    client.post(
        "/verwaltung/konto/kennwort/",
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert User.objects.get().check_password(NEW)
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [
        "anna@example.org"
    ]


def test_another_address_counts_when_someone_there_says_so(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")

    client.post(ADDRESS, {"email": "neu@example.org", "action_add": "yes"})
    before = User.objects.get().email
    mail = OutgoingMail.objects.get(recipient="neu@example.org")
    client.get(link_in(mail))
    opened = User.objects.get().email
    client.post(link_in(mail))

    assert (before, opened) == ("anna@example.org",) * 2
    assert User.objects.get().email == "neu@example.org"
    told = OutgoingMail.objects.filter(recipient="anna@example.org")
    assert told.count() == 1
    assert ("rights_changed", "anna", "address changed") in logged()


def test_only_its_owner_can_confirm_an_address_and_nobody_is_told_of_them(client):
    person("anna", PROVIDERS)
    person("berta", PROVIDERS)
    give_password(client, "anna")

    told = {
        client.post(ADDRESS, {"email": name, "action_add": "yes"}).url
        for name in ("BERTA@example.org", "niemand@example.org")
    }

    assert told == {ADDRESS}
    assert User.objects.get(username="anna").email == "anna@example.org"
    assert [mail.recipient for mail in OutgoingMail.objects.order_by("pk")] == [
        "berta@example.org",
        "niemand@example.org",
    ]


def test_without_redis_people_sign_in(client, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "herne_bildung.lib.patient_cache.PatientCache",
            "LOCATION": "unix:///nowhere/at/all.sock?db=0",
        }
    }
    person("anna", PROVIDERS)

    assert give_password(client, "anna").url == START
