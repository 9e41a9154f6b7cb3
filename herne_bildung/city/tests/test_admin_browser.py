"""The administration in a real browser: nothing of it is blocked by our CSP."""

import pytest
from django.test import Client
from django.test.testcases import LiveServerThread

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Organisation, User
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_district,
    make_membership,
    make_organisation,
    make_place,
    make_school,
    make_user,
)


@pytest.fixture
def server(transactional_db):
    """The address of a running portal. Static files come from WhiteNoise as in real
    life: Django's own test server knows no hashed names.
    """
    thread = LiveServerThread("127.0.0.1", static_handler=lambda handler: handler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://127.0.0.1:{thread.port}"
    thread.terminate()


@pytest.fixture
def complaints(page):
    """What the browser complains of: blocked by CSP, script errors, missing files."""
    found: list[str] = []
    page.on(
        "console",
        lambda message: (
            found.append(message.text) if message.type in {"error", "warning"} else None
        ),
    )
    page.on("pageerror", lambda error: found.append(str(error)))
    return found


def sign_in(page, server, username: str) -> None:
    client = Client()
    client.force_login(User.objects.get(username=username))
    session = client.cookies["sessionid"].value
    page.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": f"{server}/verwaltung/"}]
    )
    page.goto(f"{server}/verwaltung/")
    page.wait_for_selector("#user-tools")


def test_pages_of_staff_work_under_the_strict_policy(page, server, complaints):
    ensure_groups()
    make_user("staff", OFFICE, is_superuser=True)
    organisation = make_organisation("Träger Eins")
    school = make_school(place=make_place("Haus", district=make_district("Wanne")))
    sign_in(page, server, "staff")

    for path in (
        "",
        "city/organisation/",
        "city/organisation/add/",
        f"city/organisation/{organisation.pk}/change/",
        f"city/school/{school.pk}/change/",
        f"city/place/{school.place.pk}/change/",
        "city/place/?is_district_guessed__exact=1",
        "city/schoolholiday/add/",
        "city/user/add/",
        "password_change/",
    ):
        page.goto(f"{server}/verwaltung/{path}")
        assert page.locator("#content").count() == 1, path

    assert complaints == []


def test_provider_chooses_a_place_and_saves(page, server, complaints):
    ensure_groups()
    user = make_user("provider", PROVIDERS)
    own = make_organisation("Eigener Träger", is_trusted=True)
    make_membership(user, own)
    make_place("Fremdes Haus")
    own.places.add(make_place("Eigenes Haus"))
    sign_in(page, server, "provider")

    page.goto(f"{server}/verwaltung/city/organisation/{own.pk}/change/")
    page.click(".field-places .select2-selection")
    with page.expect_response(lambda answer: "term=Haus" in answer.url):
        page.keyboard.type("Haus")
    page.wait_for_selector(".loading-results", state="detached")
    offered = page.locator(".select2-results__option").all_inner_texts()
    page.keyboard.press("Escape")
    page.fill("#id_description_de", "Im Browser geändert")
    page.click("input[name=_save]")
    page.wait_for_selector(".messagelist .success")

    assert [text.split(",")[0] for text in offered] == ["Eigenes Haus"]
    assert Organisation.objects.get(pk=own.pk).description_de == "Im Browser geändert"
    assert complaints == []
