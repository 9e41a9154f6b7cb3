"""Passkeys, with an authenticator that Chromium plays; codes; the pages with axe."""

import pytest
from allauth.mfa.models import Authenticator
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, expect

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import User
from herne_bildung.city.rights import OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    PASSWORD,
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.accounts.invitations import invite
from herne_bildung.portal.tests.accounts import code_of, link_in
from herne_bildung.tests.in_browser.test_accessibility import PHONE, findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
SIGN_IN = "/verwaltung/konto/anmelden/"


@pytest.fixture(scope="module")
def people(site, django_db_blocker) -> dict[str, User]:
    """Committed before the tests: the server's thread sees no others."""
    with django_db_blocker.unblock():
        ensure_groups()
        made = {
            name: make_user(name, group, password=PASSWORD, email=f"{name}@example.org")
            for name, group in (
                ("olga", OFFICE),
                ("otto", OFFICE),
                ("manu", PROVIDERS),
            )
        }
        make_membership(made["manu"], make_organisation("Beispielverein"), "manager")
        return made


@pytest.fixture(scope="module")
def invitation(people, django_db_blocker) -> str:
    """The path in a mail to somebody new, in Arabic."""
    with django_db_blocker.unblock():
        manager = people["manu"]
        invite(
            by=manager,
            email="neu@example.org",
            organisation=manager.memberships.get().organisation,
            language="ar",
        )
        return link_in(OutgoingMail.objects.get(recipient="neu@example.org"))


def authenticator(page: Page) -> CDPSession:
    """A passkey in the device, unlocked at once."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return session


def give_password(page: Page, name: str) -> None:
    page.goto(SIGN_IN)
    page.fill("#id_login", name)
    page.fill("#id_password", PASSWORD)
    page.click("#login-form button[type=submit]")


def no_barriers(page: Page) -> None:
    assert findings(page, Axe()) == []


def sign_out(page: Page) -> None:
    page.click("#logout-form button")


def test_staff_set_up_a_passkey_and_come_in_without_a_password(visitor, people):
    key = authenticator(visitor)
    give_password(visitor, "olga")
    visitor.wait_for_url("**/zweiter-faktor/")
    no_barriers(visitor)

    visitor.click("a[href='/verwaltung/konto/passkeys/neu/']")
    no_barriers(visitor)
    visitor.fill("#id_name", "Mein Rechner")
    visitor.check("#id_passwordless")
    visitor.click("#passkey-add")
    visitor.wait_for_url("**/zweiter-faktor/ersatz/")
    no_barriers(visitor)
    expect(visitor.locator(".own-login-codes li")).to_have_count(10)
    visitor.goto("/verwaltung/")
    expect(visitor.locator("#user-tools")).to_be_visible()

    sign_out(visitor)
    visitor.goto(SIGN_IN)
    expect(visitor.locator("#passkey-problem")).to_be_hidden()
    visitor.click("#passkey-login")
    visitor.wait_for_url("**/verwaltung/")

    assert Authenticator.objects.filter(user=people["olga"]).count() == 2
    key.detach()


def test_an_app_for_codes_on_a_telephone_without_scripts(
    visitor_without_scripts, people
):
    page = visitor_without_scripts
    page.set_viewport_size(PHONE)
    give_password(page, "otto")
    page.click("a[href='/verwaltung/konto/zweiter-faktor/app/']")
    secret = page.inner_text(".own-login-key")
    width = page.evaluate("document.documentElement.scrollWidth")

    page.fill("#id_code", code_of(secret))
    page.click(".own-login .submit-row button")
    expect(page.locator(".own-login-codes li")).to_have_count(10)
    sign_out(page)
    give_password(page, "otto")
    expect(page.locator("#id_code")).to_be_visible()
    page.fill("#id_code", code_of(secret, 1))
    page.click("main form >> nth=0 >> button")

    expect(page.locator("#user-tools")).to_be_visible()
    assert width <= PHONE["width"]


def test_an_invitation_in_arabic_up_to_the_first_page(visitor, invitation):
    visitor.goto(invitation)
    assert visitor.get_attribute("html", "dir") == "rtl"
    no_barriers(visitor)

    visitor.fill("#id_first_name", "Nele")
    visitor.fill("#id_last_name", "Neu")
    visitor.fill("#id_password", "Apfelbaum im Garten")
    visitor.click("main .submit-row button")

    visitor.wait_for_url("**/zweiter-faktor/")
    visitor.goto("/verwaltung/")
    expect(visitor.locator("#user-tools")).to_contain_text("Nele")


@pytest.mark.parametrize("address", [SIGN_IN, "/verwaltung/konto/kennwort/neu/"])
def test_pages_before_signing_in(visitor, address, people):
    visitor.goto(address)

    no_barriers(visitor)


def test_the_page_of_people(visitor, people):
    give_password(visitor, "manu")
    for address in ("/verwaltung/personen/", "/verwaltung/konto/sitzungen/"):
        visitor.goto(address)
        no_barriers(visitor)
    visitor.goto("/verwaltung/personen/")
    visitor.click("a:has-text('Beispielverein')")
    no_barriers(visitor)
