"""Password and second factor: who needs it, how it is set up, used, lost."""

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from herne_bildung.city.rights import (
    ADVISERS,
    LEADS,
    OFFICE,
    PROVIDERS,
    STATISTICS,
    TRANSLATORS,
)
from herne_bildung.portal.tests.accounts import (
    CODE,
    SECOND_FACTOR,
    START,
    code_of,
    give_password,
    is_signed_in,
    logged,
    person,
    set_up_app,
)

pytestmark = pytest.mark.django_db
STAFF = (ADVISERS, TRANSLATORS, OFFICE, LEADS, STATISTICS)


@pytest.mark.parametrize("group", STAFF)
@pytest.mark.parametrize("address", [START, "/verwaltung/meine-eintraege/"])
def test_staff_get_nowhere_without_a_second_factor(client, group, address):
    person("anna", group)
    assert give_password(client, "anna").url == START

    answer = client.get(address)

    assert (answer.status_code, answer.url) == (302, SECOND_FACTOR)


@pytest.mark.parametrize(("group", "may_wait"), [(PROVIDERS, True), (OFFICE, False)])
def test_only_who_may_wait_is_offered_to(client, group, may_wait):
    person("anna", group)
    give_password(client, "anna")

    page = client.get(SECOND_FACTOR).content.decode()

    assert ("Später: zur Startseite" in page) == may_wait


@pytest.mark.parametrize(
    "name", ["mfa/authenticator", "account/emailaddress", "auth/group"]
)
def test_superusers_change_no_right_or_factor_past_the_log(client, name):
    client.force_login(person("anna", is_superuser=True))

    assert client.get(f"/verwaltung/{name}/").status_code == 404


def test_superusers_need_one_too(client):
    person("anna", is_superuser=True)
    give_password(client, "anna")

    assert client.get("/verwaltung/city/user/").url == SECOND_FACTOR


def test_providers_may_go_without(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")

    assert client.get(START).status_code == 200


# django-allauth says what it changed when the transaction has ended.
@pytest.mark.django_db(transaction=True)
def test_an_app_for_codes_is_set_up_right_after_the_first_sign_in(client):
    person("anna", LEADS)
    give_password(client, "anna@example.org")
    page = client.get(f"{SECOND_FACTOR}app/")
    secret = page.context["form"].secret

    wrong = client.post(f"{SECOND_FACTOR}app/", {"code": "abc"})
    code = code_of(secret)
    right = client.post(f"{SECOND_FACTOR}app/", {"code": code})

    assert (page.status_code, wrong.status_code) == (200, 200)
    assert right.url == f"{SECOND_FACTOR}ersatz/"
    codes = client.get(right.url).context["unused_codes"]
    assert (len(codes), client.get(START).status_code) == (10, 200)
    assert logged() == [
        ("signed_in", "anna", None),
        ("rights_changed", "anna", "second factor added"),
        ("rights_changed", "anna", "second factor added"),
    ]
    client.logout()
    give_password(client, "anna@example.org")
    client.post(CODE, {"code": code})
    assert not is_signed_in(client)


def test_from_then_on_the_password_alone_opens_nothing(client):
    secret = set_up_app(person("anna", OFFICE))

    first = give_password(client, "anna", next="/verwaltung/pflege/")
    between = (is_signed_in(client), client.get(START).status_code)
    wrong = client.post(CODE, {"code": "000000"})
    right = client.post(CODE, {"code": code_of(secret)})

    assert (first.url, between) == (CODE, (False, 302))
    assert wrong.status_code == 200
    assert right.url == "/verwaltung/pflege/"
    assert client.get(START).status_code == 200
    assert logged() == [
        ("sign_in_failed", "", "second factor"),
        ("signed_in", "anna", None),
    ]


def test_a_code_works_once(client, django_user_model):
    secret = set_up_app(person("anna", OFFICE))
    code = code_of(secret)
    give_password(client, "anna")
    client.post(CODE, {"code": code})
    client.post("/verwaltung/logout/")

    give_password(client, "anna")
    again = client.post(CODE, {"code": code})

    assert (again.status_code, is_signed_in(client)) == (200, False)


def test_a_recovery_code_works_once(client):
    user = person("anna", OFFICE)
    set_up_app(user)
    kept = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    code = kept.get_unused_codes()[0]
    give_password(client, "anna")
    client.post(CODE, {"code": code})
    assert client.get(START).status_code == 200
    client.post("/verwaltung/logout/")

    give_password(client, "anna")
    client.post(CODE, {"code": code})

    assert not is_signed_in(client)


def test_staff_do_not_take_their_last_factor_away_but_providers_may(client):
    user = person("anna", OFFICE, PROVIDERS)
    secret = set_up_app(user)
    give_password(client, "anna")
    client.post(CODE, {"code": code_of(secret)})

    client.post(f"{SECOND_FACTOR}app/entfernen/")
    kept = Authenticator.objects.filter(user=user).count()
    user.groups.remove(user.groups.get(name=OFFICE))
    client.post(f"{SECOND_FACTOR}app/entfernen/")

    assert (kept, Authenticator.objects.filter(user=user).count()) == (2, 0)


def test_who_becomes_staff_needs_the_factor_at_once(client, django_user_model):
    user = person("anna", PROVIDERS)
    give_password(client, "anna")
    secret = set_up_app(user)  # on another device, meanwhile
    assert client.get(START).status_code == 200
    user.groups.add(user.groups.model.objects.get(name=OFFICE))

    asked = client.get("/verwaltung/pflege/")
    answered = client.post(asked.url, {"code": code_of(secret)})

    assert asked.url == (f"{SECOND_FACTOR}bestaetigen/?next=%2Fverwaltung%2Fpflege%2F")
    assert answered.url == "/verwaltung/pflege/"
    assert client.get(answered.url).status_code == 200


def test_guessing_codes_is_slowed_down(client):
    secret = set_up_app(person("anna", OFFICE))
    give_password(client, "anna")

    for _ in range(5):
        client.post(CODE, {"code": "000000"})
    right = client.post(CODE, {"code": code_of(secret)})

    assert (right.status_code, is_signed_in(client)) == (200, False)


def test_command_takes_a_lost_factor_away_and_ends_all_sessions(client):
    user = person("anna", LEADS)
    secret = set_up_app(user)
    give_password(client, "anna")
    client.post(CODE, {"code": code_of(secret)})

    call_command("reset_second_factor", "Anna", verbosity=0)

    assert client.get(START).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    give_password(client, "anna")
    assert client.get(START).url == SECOND_FACTOR
    assert logged()[1] == ("rights_changed", "", "second factor reset by command")


def test_command_says_that_nobody_is_called_so():
    with pytest.raises(CommandError):
        call_command("reset_second_factor", "niemand")


def test_the_administrations_own_pages_lead_to_ours(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")

    change = client.get("/verwaltung/password_change/")

    assert change.url == "/verwaltung/konto/kennwort/"
    assert client.get("/verwaltung/login/?next=/verwaltung/").status_code == 302


@pytest.mark.parametrize(
    "wanted",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"],
)
def test_next_leads_nowhere_else(client, wanted):
    person("anna", PROVIDERS)

    assert give_password(client, "anna", next=wanted).url == START


def test_who_may_not_enter_is_not_sent_in_a_circle(client):
    person("anna", is_staff=False)
    give_password(client, "anna")

    first = client.get(START)

    assert first.url == "/verwaltung/login/?next=/verwaltung/"
    assert client.get(first.url).status_code == 403


def test_nobody_signs_up(client):
    for address in ("registrieren/", "signup/", "passkeys/registrieren/"):
        path = f"/verwaltung/konto/{address}"
        assert client.get(path).url == f"/verwaltung/login/?next={path}"


def test_a_new_passkey_has_a_name_and_signs_in_alone(client):
    person("anna", PROVIDERS)
    give_password(client, "anna")

    form = client.get("/verwaltung/konto/passkeys/neu/").context["form"]

    assert (form["name"].value(), form["passwordless"].value()) == ("Passkey 1", True)


@pytest.mark.parametrize("credential", ["", "{}", '{"id": "x"}'])
def test_a_passkey_nobody_has_is_no_wrong_code(client, credential):
    address = "/verwaltung/konto/passkeys/anmelden/"

    answer = client.post(address, {"credential": credential}, follow=True)

    assert [str(message) for message in answer.context["messages"]] == [
        "Das hat nicht geklappt. Bitte versuchen Sie es noch einmal "
        "oder nehmen Sie einen anderen Weg."
    ]
