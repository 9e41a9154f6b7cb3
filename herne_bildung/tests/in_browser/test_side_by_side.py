"""Two languages at once: both halves stay on the same page."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def test_the_other_half_follows(visitor, site):
    visitor.goto("/de/nebeneinander/?page=/schulen/&with=ar")
    german, arabic = (
        visitor.frame_locator(f"iframe[data-half={code}]") for code in ("de", "ar")
    )
    expect(arabic.locator("html")).to_have_attribute("dir", "rtl")
    expect(german.locator("#language-chooser")).to_be_hidden()

    german.locator("header a.wordmark").click()

    expect(arabic.locator("link[rel=canonical]")).to_have_attribute(
        "href", re.compile("/ar/$")
    )
    expect(visitor.locator("#two-page")).to_have_value("/")
    assert "page=%2F&" in visitor.url

    arabic.locator("footer a[href='/ar/ueber/']").click()

    expect(german.locator("link[rel=canonical]")).to_have_attribute(
        "href", re.compile("/de/ueber/$")
    )
