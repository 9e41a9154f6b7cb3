"""From a concern to an office with keys only, without scripts, and back again."""

import pytest
from playwright.sync_api import Page, expect

from herne_bildung.tests.in_browser.keys import tab_to

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

QUESTION = "h1"
QUESTIONS = ["Um wen geht es?", "Was beschäftigt Sie gerade?", "Worum geht es genau?"]
ANSWERS = ["kind-schule", "kind-schule.weiter", "kind-schule.weiter.schulwechsel"]


def test_an_office_is_found_with_keys_only(visitor):
    find_with_keys(visitor)

    for question in reversed(QUESTIONS):
        visitor.go_back()
        expect(visitor.locator(QUESTION)).to_have_text(question)


def test_an_office_is_found_without_scripts(visitor_without_scripts):
    find_with_keys(visitor_without_scripts)

    visitor_without_scripts.goto("/ar/beratung/finden/?answers=weiss-nicht")
    office = visitor_without_scripts.locator(".finder-office")
    expect(office).to_have_count(1)
    expect(office.locator("a[href^='mailto:']")).to_be_visible()


def find_with_keys(page: Page) -> None:
    page.goto("/de/beratung/finden/")
    for question, answers in zip(QUESTIONS, ANSWERS, strict=True):
        expect(page.locator(QUESTION)).to_have_text(question)
        tab_to(page, f"a[href='?answers={answers}']")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**?answers={answers}")

    first = page.locator(".finder-office").first
    expect(first).to_contain_text("Familien- und Schulberatungsstelle")
    assert page.context.cookies() == []
