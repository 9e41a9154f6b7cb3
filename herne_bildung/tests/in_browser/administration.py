"""The pages of the administration for browser tests, and what may be wrong with one."""

from collections.abc import Iterator
from http.cookies import SimpleCookie

from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from herne_bildung.tests.in_browser.test_accessibility import ALL_RULES, findings
from herne_bildung.tests.roles.addresses import FOREIGN, requests
from herne_bildung.tests.roles.world import World

Session = dict[str, str]
Fault = tuple[str, str, str]

# Arabic and Cyrillic words in elements that do not say their language.
WITHOUT_LANGUAGE = r"""() => {
    const letters = {ar: "Arabic", fa: "Arabic", uk: "Cyrillic", ru: "Cyrillic",
        bg: "Cyrillic"};
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let node; (node = walker.nextNode()); ) {
        const language = node.parentElement.closest("[lang]").lang;
        for (const script of ["Arabic", "Cyrillic"]) {
            const word = new RegExp(`\\p{Script=${script}}{2}`, "u");
            if (word.test(node.data) && letters[language] !== script) {
                found.push(["language", language, node.data.trim()]);
            }
        }
    }
    return found;
}"""
# All that opens, opened: sections, languages that stand behind tabs.
OPEN_ALL = """() => {
    for (const one of document.querySelectorAll("details")) one.open = true;
    for (const one of document.querySelectorAll("[role=tabpanel]")) one.hidden = false;
}"""


def sign_in(context: BrowserContext, session: Session) -> None:
    """The cookie of a session, in the browser."""
    context.add_cookies(
        [
            {"name": name, "value": value, "domain": "localhost", "path": "/verwaltung"}
            for name, value in session.items()
        ]
    )


def pages_of(world: World, session: Session, names: set[str]) -> list[tuple[str, str]]:
    """(name, path) of what answers with a page to whom the session is of: own entries,
    and those that are nobody's; all where no names are given.
    """
    with transaction.atomic():
        found = list(_pages(world, session, names))
        # Rows that the pages wrote would be locked for the server's thread.
        transaction.set_rollback(True)
    return found


def _pages(
    world: World, session: Session, names: set[str]
) -> Iterator[tuple[str, str]]:
    client = Client(raise_request_exception=False)
    client.cookies = SimpleCookie(session)
    for one in requests(world.own, world.foreign, world.shared):
        if one.method != "GET" or one.whose == FOREIGN:
            continue
        if names and one.address not in names:
            continue
        response = client.get(one.path)
        is_page = response.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and is_page:
            yield one.address, one.path


def faults(page: Page, axe: Axe) -> list[Fault]:
    """What is wrong with the page as it stands: findings of axe, wider than the window,
    or words of other letters that do not say their language.
    """
    found: list[Fault] = findings(page, axe, ALL_RULES)
    width, room = page.evaluate(
        "[document.scrollingElement.scrollWidth, window.innerWidth]"
    )
    if width > room:
        found.append(("too wide", f"{width} px", f"{room} px"))
    return found + list(map(tuple, page.evaluate(WITHOUT_LANGUAGE)))
