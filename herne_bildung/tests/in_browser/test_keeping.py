"""Offers a reader keeps: in the address, and in their browser."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def keep(page: Page, number: int) -> str:
    """Keep the offer of a card; its slug."""
    page.goto("/de/angebote/")
    page.locator(".offer-card a").nth(number).click()
    slug = urlsplit(page.url).path.split("/")[-2]
    page.locator("[data-keep]").click()
    page.wait_for_url("**/merkliste/**")
    return slug


def listed(page: Page) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get("offer", [])


def test_kept_offers_add_up_and_are_reached_from_every_page(visitor, site):
    link = visitor.locator("nav [data-kept-only] a")
    visitor.goto("/de/")
    expect(link).to_be_hidden()

    first, second = keep(visitor, 0), keep(visitor, 1)

    assert listed(visitor) == [first, second]
    visitor.goto("/en/angebote/")
    expect(link).to_have_text("Kept offers (2)")
    link.click()
    assert urlsplit(visitor.url).path == "/en/merkliste/"
    assert listed(visitor) == [first, second]
    assert visitor.locator(".offer-card").count() == 2
    assert visitor.context.cookies() == []

    visitor.goto("/tr/merkliste/")
    visitor.wait_for_url("**/tr/merkliste/?offer=*")
    assert listed(visitor) == [first, second]


def test_a_list_that_was_sent_changes_nothing_but_what_is_taken_off(visitor, site):
    own = keep(visitor, 0)
    visitor.goto("/de/angebote/")
    other = visitor.locator(".offer-card a").nth(1).get_attribute("href").split("/")[-2]

    visitor.goto(f"/de/merkliste/?offer={other}&offer={own}")
    footer = visitor.locator("footer [data-kept-list]")
    expect(footer).to_have_attribute("href", f"/de/merkliste/?offer={own}")
    visitor.locator(f"[data-unkeep={other}]").click()
    visitor.wait_for_url(f"**?offer={own}")
    expect(footer).to_have_attribute("href", f"/de/merkliste/?offer={own}")

    visitor.locator("[data-unkeep-all]").click()
    visitor.wait_for_url("**/de/merkliste/")
    assert visitor.evaluate("localStorage.length") == 0
    expect(visitor.locator("nav [data-kept-only]")).to_be_hidden()


def test_offers_that_are_gone_leave_the_own_list(visitor, site):
    own = keep(visitor, 0)
    kept = f'["nie-da","{own}"]'
    visitor.evaluate("(kept) => localStorage.setItem('kept', kept)", kept)

    visitor.goto(f"/de/merkliste/?offer=nie-da&offer={own}")
    visitor.locator(f"[data-unkeep={own}]").click()
    visitor.wait_for_url("**/de/merkliste/")

    assert visitor.evaluate("localStorage.length") == 0


def test_without_scripts_the_list_is_in_the_address(visitor_without_scripts):
    page = visitor_without_scripts

    slug = keep(page, 0)

    assert listed(page) == [slug]
    assert page.locator(".offer-card").count() == 1
    expect(page.locator("nav [data-kept-only]")).to_be_hidden()
    expect(page.locator("footer [data-kept-list]")).to_be_visible()
