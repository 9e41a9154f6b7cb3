"""The real path of an offer: invited, written, waiting, accepted, public, changed."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from playwright.sync_api import Browser, Page, expect

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Membership
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    PASSWORD,
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.portal.tests.accounts import code_of, link_in
from herne_bildung.tests.in_browser.conftest import PATIENCE
from offerings.models import Offering

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
ADMIN = "/verwaltung/"
OFFERS = f"{ADMIN}offerings/offering/"
TITLE = "Krabbelgruppe am Feldkampweg"
EMAIL = "neu@kita-probe.example"


@pytest.fixture(scope="module")
def people(site, django_db_blocker) -> dict[str, str]:
    """Committed, for the server's thread: a lead with an app for codes, whose secret
    is given; a manager who invites, and someone of another organisation.
    """
    with django_db_blocker.unblock():
        ensure_groups()
        kita = make_organisation("Kita Probe", email="info@kita-probe.example")
        kita.places.add(make_place("Haus der Kita Probe"))
        other = make_organisation("Kita Andere")
        lead = make_user("leitung", LEADS, password=PASSWORD)
        secret = generate_totp_secret()
        TOTP.activate(lead, secret)
        for name, organisation in (("managerin", kita), ("fremd", other)):
            user = make_user(name, PROVIDERS, password=PASSWORD)
            make_membership(user, organisation, Membership.Role.MANAGER)
    return {"leitung": secret}


@pytest.fixture
def signed_in(browser: Browser, site: str, people: dict[str, str]):
    """Someone signed in, in a browser of their own."""
    contexts = []

    def enter(name: str, *, is_signed_in: bool = True) -> Page:
        context = browser.new_context(base_url=site, locale="de-DE")
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        if is_signed_in:
            sign_in(page, name, people.get(name))
        return page

    yield enter
    for context in contexts:
        context.close()


def sign_in(page: Page, name: str, secret: str | None) -> None:
    page.goto(ADMIN)
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.locator("form [type=submit]").first.click()
    if secret:
        page.fill("[name=code]", code_of(secret))
        page.locator("form [type=submit]").first.click()
    page.wait_for_selector("#user-tools")


def public(enter, offer: Offering, language: str = "de") -> str:
    """What a reader sees who comes for the first time: a browser keeps pages."""
    page = enter("", is_signed_in=False)
    page.goto(f"/{language}/angebote/{offer.slug}/")
    return page.locator("main").inner_text()


def save(page: Page) -> None:
    page.locator("[name=_save]").first.click()
    page.wait_for_load_state()
    assert page.locator(".errornote").count() == 0, page.locator("form").inner_text()


def test_the_path_of_an_offer(signed_in):
    invite(signed_in("managerin"))
    provider = signed_in("", is_signed_in=False)
    accept_invitation(provider)
    offer = write_offer(provider)

    provider.goto(ADMIN)
    waiting = provider.locator("section", has_text=TITLE).first
    expect(waiting).to_contain_text("wartet")
    assert provider.goto(f"/de/angebote/{offer.slug}/").status == 404

    lead = signed_in("leitung")
    decide(lead)
    german, turkish = public(signed_in, offer), public(signed_in, offer, "tr")
    assert TITLE in german
    assert "jeden Dienstag 9:30–11:00, nicht in den Schulferien" in german
    assert "Emekleyenler" in turkish

    change_price(provider, offer, "7.50")
    text = public(signed_in, offer)
    assert "7,50" not in text
    assert "Eine Änderung wurde gemeldet" in text
    assert "Kosten" in text.partition("Eine Änderung wurde gemeldet")[2][:60]

    decide(lead)
    assert "7,50" in public(signed_in, offer)

    nothing_for_others(signed_in("fremd"), offer)


def invite(manager: Page) -> None:
    manager.goto(f"{ADMIN}personen/")
    manager.locator("a[href*='einladen']").first.click()
    manager.fill("[name=email]", EMAIL)
    manager.locator("#content-main form [type=submit]").click()
    expect(manager.locator("#content")).to_contain_text(EMAIL)


def accept_invitation(page: Page) -> None:
    page.goto(link_in(OutgoingMail.objects.get(recipient=EMAIL)))
    page.fill("[name=first_name]", "Neu")
    page.fill("[name=last_name]", "Hier")
    page.fill("[name=password]", "Ein guter Satz 27")
    page.click("[name=accept]")
    page.goto(ADMIN)
    page.wait_for_selector("#user-tools")


def write_offer(page: Page) -> Offering:
    page.goto(f"{OFFERS}add/")
    page.fill("[name=title_de]", TITLE)
    page.fill("[name=summary_de]", "Singen, spielen, andere Eltern treffen.")
    page.fill("[name=age_min_months]", "6 Monate")
    page.fill("[name=age_max_months]", "3 Jahre")
    page.fill(
        "[name=schedules-0-words]",
        "jeden Dienstag 9:30–11:00, nicht in den Schulferien",
    )
    page.get_by_role("tab", name="Türkçe").click()
    page.fill("[name=title_tr]", "Emekleyenler grubu")
    page.fill("[name=summary_tr]", "Şarkı, oyun, başka ebeveynler.")
    page.select_option("[name=state]", "published")
    save(page)
    return Offering.objects.get(title_de=TITLE)


def change_price(page: Page, offer: Offering, amount: str) -> None:
    page.goto(f"{OFFERS}{offer.pk}/change/")
    row = page.locator("[name=cost_options-0-amount]")
    if not row.count():
        page.locator("#cost_options-group .add-row a").click()
    row.fill(amount)
    save(page)


def decide(lead: Page) -> None:
    lead.goto(f"{ADMIN}freigaben/")
    lead.get_by_role("link", name=re.compile(TITLE)).first.click()
    lead.locator("button[value=accept]").click()
    lead.wait_for_load_state()


def nothing_for_others(page: Page, offer: Offering) -> None:
    page.goto(OFFERS)
    expect(page.locator("#changelist")).not_to_contain_text(TITLE)
    for path in ("change/", "history/", "delete/"):
        response = page.goto(f"{OFFERS}{offer.pk}/{path}")
        assert TITLE not in page.content(), path
        assert response.status in {302, 200, 403, 404}
        assert page.locator("[name=title_de]").count() == 0
