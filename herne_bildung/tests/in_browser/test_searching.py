"""The search as people use it: with keys only, without scripts, with htmx."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from herne_bildung.tests.in_browser.keys import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

CARD_LINK = ".offer-card a"


def parameters(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def number_of_results(page: Page) -> int:
    return int(re.search(r"\d+", page.locator("#result-count").inner_text())[0])


def test_everything_works_with_keys_only(visitor, site):
    visitor.goto("/de/angebote/")
    before = number_of_results(visitor)

    visitor.keyboard.press("Tab")
    assert visitor.evaluate("document.activeElement.className") == "skip-link"
    visitor.keyboard.press("Enter")
    assert visitor.evaluate("document.activeElement.id") == "content"

    tab_to(visitor, "#q")
    visitor.keyboard.type("kurs")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**q=kurs**")
    expect(visitor.locator("#results mark").first).to_be_visible()
    after_words = number_of_results(visitor)
    assert 0 < after_words < before

    tab_to(visitor, "input[name=cost], #facet-joining > summary")
    if visitor.evaluate("document.activeElement.tagName") == "SUMMARY":
        if not visitor.locator("#facet-joining").evaluate("group => group.open"):
            visitor.keyboard.press("Enter")
        tab_to(visitor, "input[name=cost]")
    visitor.keyboard.press("Space")
    visitor.wait_for_url("**cost=**")
    assert parameters(visitor)["q"] == ["kurs"]

    tab_to(visitor, CARD_LINK)
    title = visitor.locator(":focus").inner_text()
    visitor.keyboard.press("Enter")
    expect(visitor.locator("h1")).to_have_text(title)


def test_search_filter_and_pages_work_without_scripts(visitor_without_scripts):
    page = visitor_without_scripts
    page.goto("/de/angebote/")
    everything = number_of_results(page)

    page.locator("#q").fill("kurs")
    page.locator("#filters [type=submit]").first.click()
    found = number_of_results(page)
    assert (parameters(page)["q"], 0 < found < everything) == (["kurs"], True)

    page.locator("#facet-how").evaluate("group => { group.open = true }")
    page.locator("input[name=format]").first.check()
    page.locator(".filters__submit [type=submit]").click()
    assert {"q", "format"} <= parameters(page).keys()
    assert number_of_results(page) <= found

    page.goto("/de/angebote/")
    first = page.locator(CARD_LINK).first.get_attribute("href")
    page.locator(".pager a[rel=next]").click()
    assert parameters(page)["page"] == ["2"]
    assert page.locator(CARD_LINK).first.get_attribute("href") != first


def open_group(page: Page, name: str) -> None:
    """Groups of filters are closed until they are used."""
    page.locator(f"details:has(input[name={name}]) > summary").first.click()


def test_a_choice_changes_results_and_address_at_once(visitor, site):
    visitor.goto("/de/angebote/")
    before = number_of_results(visitor)
    visitor.evaluate("window.stays = true")

    open_group(visitor, "topic")
    choice = visitor.locator("input[name=topic]:visible").first
    choice.check()
    visitor.wait_for_url("**topic=**")

    expect(visitor.locator("#result-count")).not_to_have_text(
        re.compile(rf"\b{before}\b")
    )
    after = number_of_results(visitor)
    assert 0 < after < before
    assert visitor.evaluate("window.stays") is True
    assert "" not in [
        value for values in parameters(visitor).values() for value in values
    ]

    visitor.locator("#filter-chips a").first.click()
    visitor.wait_for_url("**/de/angebote/#result-count")
    assert number_of_results(visitor) == before


def sort_options(page: Page) -> list[str]:
    return page.locator("#sort option").all_inner_texts()


def test_the_order_named_is_that_of_the_results(visitor, site):
    visitor.goto("/de/angebote/")
    assert "Beste Treffer" not in sort_options(visitor)

    visitor.locator("#q").fill("kurs")
    visitor.keyboard.press("Enter")
    visitor.wait_for_url("**q=kurs**")
    expect(visitor.locator("#sort option:checked")).to_have_text("Beste Treffer")
    before = sort_options(visitor)

    open_group(visitor, "district")
    visitor.locator("input[name=district]:visible").first.check()
    visitor.wait_for_url("**district=**")
    expect(visitor.locator("#filter-chips a[href*=district]")).not_to_have_count(0)
    shown = sort_options(visitor)
    visitor.goto(visitor.url)
    assert (shown, len(shown)) == (sort_options(visitor), len(before) + 1)

    visitor.locator("#sort").focus()
    visitor.locator("#sort").select_option("name")
    visitor.wait_for_url("**sort=name**")
    expect(visitor.locator("#sort option[selected]")).to_have_text("Name A–Z")
    assert visitor.evaluate("document.activeElement.id") == "sort"


@pytest.mark.parametrize(
    "address",
    [
        "/de/angebote/?district=stadtbezirk-wanne",
        "/de/angebote/karte/?district=stadtbezirk-wanne&q=kurs",
        "/de/schulen/?district=stadtbezirk-wanne&q=schule",
        "/de/suche/?q=schule",
        "/ru/angebote/?district=stadtbezirk-wanne",
        "/de/ziele/2013-2017/",
    ],
)
def test_nothing_is_wider_than_a_page_at_400_percent(visitor, site, address):
    visitor.set_viewport_size({"width": 320, "height": 256})

    answer = visitor.goto(address)

    assert answer.status == 200
    assert visitor.evaluate("document.documentElement.scrollWidth") == 320


def test_paper_says_what_was_searched_for(visitor, site):
    visitor.goto("/de/angebote/?q=kurs&cost=free")
    visitor.emulate_media(media="print")

    chips = visitor.locator("#filter-chips .chip > span:not([class]):visible")
    assert chips.all_inner_texts() == ["„kurs“", "Kosten: kostenlos"]
    expect(visitor.locator("#filter-chips .chips__all")).to_be_hidden()
    expect(visitor.locator("#filter-chips .icon:visible")).to_have_count(0)


def test_the_address_alone_brings_the_same_page(visitor, site):
    visitor.goto("/de/angebote/")
    open_group(visitor, "topic")
    visitor.locator("input[name=topic]:visible").first.check()
    visitor.wait_for_url("**topic=**")
    expect(visitor.locator("#filter-chips a").first).to_be_visible()
    results = visitor.locator("#results").inner_text()

    visitor.goto(visitor.url)

    assert visitor.locator("#results").inner_text() == results
    assert visitor.locator("input[name=topic]:checked").count() == 1


def test_back_brings_the_results_before(visitor, site):
    visitor.goto("/de/angebote/")
    before = visitor.locator("#result-count").inner_text()
    open_group(visitor, "topic")
    visitor.locator("input[name=topic]:visible").first.check()
    visitor.wait_for_url("**topic=**")

    visitor.go_back()

    expect(visitor.locator("#result-count")).to_have_text(before)


def test_other_languages_show_the_same_search(visitor, site):
    visitor.goto("/de/angebote/?cost=free")
    number = number_of_results(visitor)

    visitor.locator("#language-chooser summary").click()
    visitor.locator("#language-chooser a[hreflang=ar]").click()

    assert urlsplit(visitor.url).path == "/ar/angebote/"
    assert (parameters(visitor), visitor.locator("html").get_attribute("dir")) == (
        {"cost": ["free"]},
        "rtl",
    )
    assert number_of_results(visitor) == number
