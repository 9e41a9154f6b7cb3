import pytest

from herne_bildung.city.tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/verwaltung/konto/anmelden/"
LIMIT = 10


def sign_in(client, username: str, password: str, forwarded: str = ""):
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    return client.post(
        LOGIN, {"login": username, "password": password}, headers=headers
    )


def test_right_password_signs_in(client):
    user = make_user("anna", password=PASSWORD)

    response = sign_in(client, "anna", PASSWORD)

    assert response.status_code == 302
    assert client.session["_auth_user_id"] == str(user.pk)
    assert response.cookies["sessionid"]["path"] == "/verwaltung/"


def test_many_wrong_passwords_pause_signing_in(client):
    make_user("anna", password=PASSWORD)
    make_user("berta", password=PASSWORD)
    for _ in range(LIMIT - 1):
        assert sign_in(client, "anna", "falsch").status_code == 200

    locked = sign_in(client, "anna", "falsch")
    right_password = sign_in(client, "anna", PASSWORD)

    assert (locked.status_code, right_password.status_code) == (429, 429)
    assert "admin/locked_out.html" in [used.name for used in locked.templates]
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "berta", PASSWORD).status_code == 302


@pytest.mark.parametrize(("proxies", "from_elsewhere"), [(0, 429), (1, 302)])
def test_pause_is_for_the_address_our_proxy_names(
    client, settings, proxies, from_elsewhere
):
    settings.PROXY_COUNT = proxies
    make_user("anna", password=PASSWORD)
    for number in range(LIMIT):
        # What stands before our proxy's word is invented.
        sign_in(client, "anna", "falsch", f"198.51.100.{number}, 203.0.113.7")

    same = sign_in(client, "anna", PASSWORD, "198.51.100.99, 203.0.113.7")
    other = sign_in(client, "anna", PASSWORD, "203.0.113.8")

    assert (same.status_code, other.status_code) == (429, from_elsewhere)


def test_inactive_login_does_not_sign_in(client):
    make_user("anna", password=PASSWORD, is_active=False)

    assert sign_in(client, "anna", PASSWORD).status_code == 200
    assert "_auth_user_id" not in client.session


def test_administration_asks_to_sign_in(client):
    response = client.get("/verwaltung/city/organisation/")

    assert response.status_code == 302
    assert response.url == "/verwaltung/login/?next=/verwaltung/city/organisation/"
    assert client.get(response.url).url == (
        f"{LOGIN}?next=%2Fverwaltung%2Fcity%2Forganisation%2F"
    )
