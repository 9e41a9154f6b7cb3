"""The component page is for staff, and for everyone while developing."""

import pytest

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import make_user
from herne_bildung.tests.document import parse

pytestmark = pytest.mark.django_db
PUBLIC, STAFF = "/ar/_bausteine/", "/verwaltung/bausteine/ar/"


def test_visitors_are_led_to_the_sign_in(client):
    first = client.get(PUBLIC)
    second = client.get(STAFF)

    assert (first.status_code, first["Location"]) == (302, STAFF)
    assert (second.status_code, second["Location"]) == (
        302,
        f"/verwaltung/login/?next={STAFF}",
    )


@pytest.fixture(autouse=True)
def _groups():
    ensure_groups()


def test_logins_of_providers_do_not_see_it(client):
    client.force_login(make_user(is_staff=False))
    without_administration = client.get(STAFF)
    client.force_login(make_user("", PROVIDERS))
    with_administration = client.get(STAFF)

    assert without_administration.status_code == 302
    assert with_administration.status_code == 403


def test_staff_see_it_in_every_language(client):
    client.force_login(make_user("", OFFICE))

    response = client.get(STAFF)

    page = parse(response.content.decode())
    assert (response.status_code, page.lang, page.dir) == (200, "ar", "rtl")
    assert (response["Content-Language"], response["Cache-Control"]) == (
        "ar",
        "no-store",
    )
    assert client.get("/verwaltung/bausteine/xx/").status_code == 404


def test_developers_see_it_at_once(client, settings):
    settings.DEBUG = True

    response = client.get(PUBLIC)

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert response.cookies.output() == ""
