"""The family portal: the month of birth stays in the browser, and keys are enough."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from herne_bildung.lib import clock
from herne_bildung.tests.in_browser.keys import choose, follow, tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def born(months_ago: int) -> tuple[str, str]:
    """Month and year of birth, as the fields have them."""
    today = clock.today()
    years, month = divmod(today.year * 12 + today.month - 1 - months_ago, 12)
    return str(month + 1), str(years)


def sent_by(page: Page) -> list[str]:
    """All that leaves the browser from now on: addresses, headers and bodies."""
    sent: list[str] = []
    page.context.on(
        "request",
        lambda request: sent.append(
            f"{request.url} {request.headers} {request.post_data or ''}"
        ),
    )
    return sent


def test_the_month_of_birth_never_leaves_the_browser(visitor, site):
    month, year = born(40)
    visitor.goto("/de/familie/")
    sent = sent_by(visitor)

    visitor.locator("#birth_month").select_option(month)
    visitor.locator("#birth_year").select_option(year)
    visitor.locator("#birth_kept").check()
    visitor.locator(".family-form [type=submit]").click()
    visitor.wait_for_url("**age_months=40**")
    visitor.goto("/de/angebote/", wait_until="networkidle")
    visitor.goto("/en/familie/", wait_until="networkidle")

    asked = [one.split()[0] for one in sent if "/familie/?" in one.split()[0]]
    assert [parse_qs(urlsplit(one).query) for one in asked] == [{"age_months": ["40"]}]
    kept = visitor.evaluate("localStorage.getItem('birth_month')")
    assert kept == f"{year}-{month.zfill(2)}"
    assert len(sent) > 3
    assert [one for one in sent if kept in one or "birth" in one] == []
    assert visitor.context.cookies() == []


def test_it_is_kept_only_where_ticked_and_can_be_forgotten(visitor, site):
    month, year = born(8)
    visitor.goto("/de/familie/")
    visitor.locator("#birth_month").select_option(month)
    visitor.locator("#birth_year").select_option(year)
    assert visitor.evaluate("localStorage.length") == 0

    visitor.locator("#birth_kept").check()
    visitor.reload()
    expect(visitor.locator("#birth_month")).to_have_value(month)
    expect(visitor.locator("#age_months")).to_have_value("8")

    visitor.locator("#birth_forget").click()
    assert visitor.evaluate("localStorage.length") == 0
    expect(visitor.locator("#birth_month")).to_have_value("")
    expect(visitor.locator("#birth_forget")).to_be_hidden()


def test_a_month_out_of_reach_says_so_and_is_not_kept(visitor, site):
    month, year = born(12 * 18 + 1)
    visitor.goto("/de/familie/")
    visitor.locator("#birth_kept").check()
    visitor.locator("#birth_month").select_option(month)
    visitor.locator("#birth_year").select_option(year)

    note = visitor.locator("[data-birth] [role=status]")
    expect(note).to_have_text(note.get_attribute("data-outside"))
    assert visitor.evaluate("localStorage.length") == 0
    expect(visitor.locator("#age_months")).to_have_value("")


@pytest.mark.parametrize("language", ["de", "ar"])
def test_keys_are_enough_from_the_start_to_paper_in_two_languages(visitor, language):
    """The whole path of a family: the child's age and district, an offer, keeping it,
    and the sheet to take along.
    """
    page, second = visitor, "tr"
    page.goto(f"/{language}/")

    follow(page, f"nav a[href='/{language}/familie/']", f"**/{language}/familie/")
    choose(page, "#age_months", "24")
    choose(page, "#district", "stadtbezirk-wanne")
    follow(page, ".family-form [type=submit]", "**age_months=24**")
    assert "district=stadtbezirk-wanne" in page.url
    tab_to(page, ".family-jump a")
    page.keyboard.press("Enter")
    follow(page, ".offer-card a", f"**/{language}/angebote/*/")
    title = page.locator("h1").inner_text()
    follow(page, "[data-keep]", f"**/{language}/merkliste/?offer=*")
    expect(page.locator(".offer-card")).to_have_count(1)
    follow(page, "main a[href*='/merkliste/drucken/']", "**/merkliste/drucken/**")
    choose(page, "#paper-with", second)
    follow(page, ".slip-page__choice [type=submit]", f"**with={second}**")

    halves = page.locator(".slip__half")
    assert [one.get_attribute("lang") for one in halves.all()] == [language, second]
    expect(halves.first.locator("h2")).to_have_text(title)
    assert page.context.cookies() == []


def test_keys_are_enough_for_people_new_in_herne(visitor, site):
    visitor.goto("/de/familie/neu-in-herne/")

    for query in ("child=baby", "child=baby&need=visit"):
        tab_to(visitor, ".finder__choices a")
        visitor.keyboard.press("Enter")
        visitor.wait_for_url(f"**?{query}")

    tab_to(visitor, "main .stack .hints a")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**/de/familie/willkommensbesuch/")


def test_without_scripts_the_page_says_why_there_is_no_month(visitor_without_scripts):
    page = visitor_without_scripts
    page.goto("/de/familie/")

    expect(page.locator("[data-birth]")).to_be_hidden()
    expect(page.locator("noscript .family-birth")).to_be_visible()
    page.locator("#age_months").select_option("8")
    page.locator(".family-form [type=submit]").click()
    assert parse_qs(urlsplit(page.url).query) == {"age_months": ["8"]}
    expect(page.locator(".family-need").first).to_be_visible()
