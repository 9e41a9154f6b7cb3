"""What people do who use no mouse."""

import pytest
from playwright.sync_api import Page, expect

MOST_KEYS = 150


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus stands on what the selector names, and is seen."""
    for _ in range(MOST_KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    pytest.fail(f"{selector} was not reached with {MOST_KEYS} keys")


def follow(page: Page, selector: str, address: str) -> None:
    """Tab to a link or button, press Enter, and wait for the address."""
    tab_to(page, selector)
    page.keyboard.press("Enter")
    page.wait_for_url(address)


def choose(page: Page, selector: str, value: str) -> None:
    """Tab to a select field and press the arrow until it has the value."""
    tab_to(page, selector)
    for _ in range(MOST_KEYS):
        if page.locator(selector).input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    pytest.fail(f"{selector} has no {value}")
