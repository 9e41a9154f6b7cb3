"""The page behind a reminder as people use it: with a mouse, with keys, with axe."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from herne_bildung.city.models import NetworkLink
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.models import Confirmation, Digest
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import token_of
from herne_bildung.lib import clock
from herne_bildung.tests.in_browser.keys import tab_to
from herne_bildung.tests.in_browser.test_accessibility import PHONE, findings

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
CONFIRM = "article button[value=confirm]"


@pytest.fixture(scope="module")
def digests(site, django_db_blocker) -> list[Digest]:
    """One for each test, committed before it begins: the server's thread sees no
    others. The content of all browser tests is removed together.
    """
    with django_db_blocker.unblock():
        return [family_centre() for _ in range(6)]


def family_centre(**values) -> Digest:
    """A reminder to a family centre that is made of three Kitas."""
    kitas = [make_organisation(f"Kita {n}", phone="02323 000") for n in "123"]
    for member in kitas[1:]:
        NetworkLink.objects.create(centre=kitas[0], member=member)
    recipient = make_recipient(kitas[0], may_publish=True)
    return make_digest(*map(make_entry, kitas), recipient=recipient, **values)


@pytest.fixture
def digest(digests) -> Digest:
    return digests.pop()


@pytest.fixture(scope="module")
def ended(site, django_db_blocker) -> Digest:
    with django_db_blocker.unblock():
        return family_centre(expires_at=clock.now())


def page_of(digest: Digest, language: str = "de") -> str:
    return f"/{language}/pflege/{token_of(digest)}/"


def confirmed(digest: Digest) -> int:
    return Confirmation.objects.filter(recipient=digest.recipient).count()


def test_a_form_sent_by_a_script_changes_nothing_and_its_button_does(visitor, digest):
    visitor.goto(page_of(digest))

    for number in range(visitor.locator("main form").count()):
        visitor.goto(page_of(digest))
        with visitor.expect_navigation():
            visitor.locator("main form").nth(number).evaluate("form => form.submit()")
        expect(visitor.locator("main [role=alert]")).to_be_visible()
    assert confirmed(digest) == 0

    visitor.goto(page_of(digest))
    visitor.locator(CONFIRM).first.click()
    visitor.wait_for_url("**#item-*")
    assert confirmed(digest) == 1
    assert visitor.context.cookies() == []


def test_a_family_centre_confirms_all_its_kitas_with_one_click(
    visitor_without_scripts, digest
):
    page = visitor_without_scripts
    page.goto(page_of(digest))

    page.locator("main button[form=confirm-all]").click()

    page.wait_for_url(re.compile("#content$"))
    expect(page.locator("article.is-answered")).to_have_count(3)
    assert confirmed(digest) == 3


def test_everything_works_with_keys_only(visitor, digest):
    visitor.goto(page_of(digest))

    tab_to(visitor, CONFIRM)
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**#item-*")
    assert confirmed(digest) == 1

    tab_to(visitor, "article:not(.is-answered) a[href$='/beendet/']")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/beendet/")
    tab_to(visitor, "button[value=ended]")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**#item-*")

    tab_to(visitor, "button[value=undo]")
    visitor.keyboard.press("Space")
    visitor.wait_for_url("**#item-*")
    expect(visitor.locator("article.is-answered")).to_have_count(1)


@pytest.mark.parametrize("language", ["de", "ar"])
def test_axe_finds_nothing_after_answers_and_errors(visitor, digest, ended, language):
    axe, found = Axe(), {}
    visitor.set_viewport_size(PHONE)
    visitor.emulate_media(reduced_motion="reduce")

    visitor.goto(page_of(digest, language))
    visitor.locator(CONFIRM).first.click()
    visitor.wait_for_url("**#item-*")
    visitor.locator("a[href$='/abgeben/']").first.click()
    visitor.locator("button[value=not_mine]").click()
    visitor.wait_for_url("**#item-*")
    found["answered"] = findings(visitor, axe)
    visitor.locator("article:not(.is-answered) .kern-btn--secondary").click()
    visitor.locator("#id_name_de").fill("")
    visitor.locator("#id_email").fill("keine Adresse")
    visitor.locator("button[value=save]").click()
    expect(visitor.locator(".error-summary")).to_be_visible()
    found["errors"] = findings(visitor, axe)
    visitor.goto(page_of(ended, language))
    found["ended"] = findings(visitor, axe)
    visitor.goto(f"/{language}/pflege/falsch/")
    found["unknown"] = findings(visitor, axe)
    wide = visitor.evaluate("document.scrollingElement.scrollWidth")

    assert found == {"answered": [], "errors": [], "ended": [], "unknown": []}
    assert wide <= PHONE["width"]
