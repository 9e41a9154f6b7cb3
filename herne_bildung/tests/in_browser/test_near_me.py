"""The map by keyboard, and the position: only when asked for, only rounded."""

import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

HERE = {"latitude": 51.5376123456, "longitude": 7.2194987654}
BERLIN = {"latitude": 52.52, "longitude": 13.405}
MORE_DECIMALS = re.compile(r"51\.\d{4,}|7\.\d{4,}")


@pytest.fixture
def visitor_at(browser: Browser, site: str):
    """Makes visitors whose browser knows a position, and allows it or not."""
    contexts = []

    def make(position: dict[str, float], *, allows: bool) -> Page:
        context = browser.new_context(
            base_url=site,
            geolocation=position,
            permissions=["geolocation"] if allows else [],
        )
        contexts.append(context)
        return context.new_page()

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("path", ["/en/angebote/", "/en/angebote/karte/"])
def test_a_position_that_is_given_leaves_the_browser_rounded(visitor_at, path):
    page = visitor_at(HERE, allows=True)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(f"{path}?format=group&sort=name")
    assert "near" not in page.url

    page.get_by_role("button", name="Near me").click()
    page.wait_for_url("**near=**")
    page.wait_for_load_state()

    query = parse_qs(urlsplit(page.url).query)
    assert query == {"format": ["group"], "near": ["51.538,7.219"]}
    with_position = [url for url in sent if "near=" in url]
    assert with_position
    assert [url for url in with_position if MORE_DECIMALS.search(unquote(url))] == []
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0


@pytest.mark.parametrize(
    ("position", "allows", "answer"),
    [
        (HERE, False, "You did not allow your position."),
        (BERLIN, True, "You seem to be far from Herne."),
    ],
)
def test_without_a_position_the_page_says_what_to_do(
    visitor_at, position, allows, answer
):
    page = visitor_at(position, allows=allows)
    page.goto("/en/angebote/", wait_until="networkidle")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))

    page.get_by_role("button", name="Near me").click()

    note = page.locator("[data-near-note]")
    expect(note).to_contain_text(answer)
    expect(note).to_have_attribute("aria-live", "polite")
    expect(page.locator("[data-near-without]")).to_be_visible()
    assert [url for url in sent if "favicon" not in url] == []


def test_without_scripts_a_sentence_leads_to_the_districts(visitor_without_scripts):
    page = visitor_without_scripts
    page.goto("/en/angebote/karte/")

    expect(page.get_by_role("button", name="Near me")).to_be_hidden()
    page.get_by_role("link", name="To see what is near, choose your district.").click()

    assert urlsplit(page.url).path == "/en/angebote/"
    expect(page.locator("input[name=district]").first).to_be_attached()


def test_the_map_by_keyboard_without_scripts(visitor_without_scripts):
    page = visitor_without_scripts
    page.goto("/en/angebote/karte/")
    page.get_by_role("link", name="Skip the map").focus()
    number = page.locator("a.marker").count()
    centres = []

    for _ in range(number):
        page.keyboard.press("Tab")
        focused = page.locator("a.marker:focus")
        centres.append(float(focused.locator("circle").first.get_attribute("cx")))
        ring = focused.locator("circle").first
        assert ring.evaluate("ring => getComputedStyle(ring).strokeWidth") == "6px"
    page.keyboard.press("Enter")
    page.wait_for_url("**#**")

    assert number > 3
    assert centres == sorted(centres)
    assert {"place", "part"} & parse_qs(urlsplit(page.url).query).keys()
    shown = page.locator(".offer-card").count()
    assert shown > 0
    expect(page.get_by_role("heading", name=re.compile("^On the map"))).to_be_visible()
