"""A table handed in, looked at, taken over and undone in a real browser."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connections
from django.test import Client
from playwright.sync_api import Page, expect

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.portal.exchange import work
from herne_bildung.portal.tests.exchange import PAGE, csv_of, header_of
from herne_bildung.tests.in_browser.test_accessibility import findings
from offerings.models import Offering

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HEADER = header_of("offering", "key", "title_de", "summary_de", "provider")
PROVIDER = "Töpferei im Browser"
WIDTH = 360


@pytest.fixture(scope="module")
def session(site, django_db_blocker) -> str:
    """A manager is signed in; committed, for the server's thread."""
    with django_db_blocker.unblock():
        ensure_groups()
        user = make_user("tabellen-leitung", PROVIDERS)
        make_membership(user, make_organisation(PROVIDER), "manager")
        client = Client()
        client.force_login(user)
        return client.cookies[settings.SESSION_COOKIE_NAME].value


@pytest.fixture
def manager(visitor: Page, site: str, session: str) -> Page:
    """That manager at a telephone."""
    visitor.set_viewport_size({"width": WIDTH, "height": 800})
    visitor.context.add_cookies(
        [{"name": "sessionid", "value": session, "url": f"{site}/verwaltung/"}]
    )
    return visitor


def work_in_background() -> None:
    """The worker, on a connection of its own."""

    def run() -> None:
        work.work()
        connections.close_all()

    with ThreadPoolExecutor(1) as worker:
        worker.submit(run).result()


def looks_right(page: Page) -> None:
    assert findings(page, Axe()) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTH


def hand_in(page: Page, *rows: list[str]) -> None:
    page.goto(PAGE)
    looks_right(page)
    page.set_input_files(
        "[name=file]",
        {"name": "kurse.csv", "mimeType": "text/csv", "buffer": csv_of(HEADER, *rows)},
    )
    page.locator(".exchange-form [type=submit]").click()
    page.wait_for_selector("#progress")


def test_a_table_goes_through_its_pages(manager):
    hand_in(
        manager, ["B1", "Töpfern im Browser", "Mit Ton.", PROVIDER], ["B2", "", "", ""]
    )
    looks_right(manager)

    work_in_background()
    # Without a script: the page asks again by itself.
    manager.wait_for_selector("[value=take_over]")
    expect(manager.locator(".exchange-table")).to_contain_text("B (Titel)")
    manager.locator("#content-main summary").first.click()
    looks_right(manager)

    manager.check("[name=skips_errors]")
    manager.click("[value=take_over]")
    work_in_background()
    manager.wait_for_selector("#content-main summary")
    looks_right(manager)
    assert Offering.objects.filter(title_de="Töpfern im Browser").count() == 1

    manager.locator("#content-main summary").last.click()
    manager.click("[value=undo]")
    work_in_background()
    expect(manager.locator(".care-facts").first).to_contain_text("1")
    looks_right(manager)
    assert Offering.objects.get(title_de="Töpfern im Browser").state == "archived"
