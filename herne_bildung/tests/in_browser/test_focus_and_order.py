"""Where the keyboard goes on after a link that brings the page anew, and in which
order German names stand among Arabic words.
"""

import re

import pytest
from django.db.models import Count
from playwright.sync_api import Page, expect

from offerings.models import Offering

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# The words of an element as they stand on the screen, from left to right.
FROM_LEFT = """(element) => {
    const words = [], walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node; node = walker.nextNode(); ) {
        for (const match of node.data.matchAll(/[A-Za-zÄÖÜäöüß0-9]+/g)) {
            const range = document.createRange();
            range.setStart(node, match.index);
            range.setEnd(node, match.index + match[0].length);
            const box = range.getBoundingClientRect();
            words.push([Math.round(box.top), box.left, match[0]]);
        }
    }
    words.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    return words.map((word) => word[2]);
}"""


def test_the_focus_stays_at_the_results(visitor):
    follow_chip_and_pager(visitor)


def test_it_does_without_scripts(visitor_without_scripts):
    follow_chip_and_pager(visitor_without_scripts)


def follow_chip_and_pager(page: Page) -> None:
    page.goto("/de/angebote/?topic=sprache&cost=free")

    page.locator("#filter-chips a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#result-count")
    expect(page.locator("#result-count")).to_be_focused()
    expect(page.locator("#result-count")).to_be_in_viewport()

    page.goto("/de/angebote/")
    page.locator(".pager a[rel=next]").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**page=2#results-start")
    expect(page.locator("#results-start")).to_be_focused()
    assert page.locator("#results-start").inner_text() == "Treffer, Seite 2"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#results') !== null")
    expect(page.locator(":focus")).to_be_in_viewport()


def test_names_of_districts_stand_in_order_from_the_right(visitor, site):
    counted = Count("places__district", distinct=True)
    offering = (
        Offering.objects.filter(is_sample=True, is_citywide=False)
        .exclude(format__in=["online", "at_home"])
        .exclude(places__is_district_guessed=True)
        .annotate(districts=counted)
        .filter(districts=2)
        .first()
    )
    visitor.set_viewport_size({"width": 1280, "height": 800})

    visitor.goto(f"/ar/merkliste/?offer={offering.slug}")

    place = visitor.locator(".offer-card__facts li:has(.icon--pin) > span").last
    first, second = (
        places.district.name for places in offering.places.order_by("pk")[:2]
    )
    assert words_of(f"{second} {first}") == place.evaluate(FROM_LEFT)


def test_an_address_stands_in_its_german_order(visitor, site):
    offering = Offering.objects.filter(
        places__street__gt="", places__district__gt=0, is_sample=True
    ).first()
    place = offering.places.first()
    visitor.set_viewport_size({"width": 1280, "height": 800})

    visitor.goto(f"/ar/angebote/{offering.slug}/")

    line = visitor.locator("article li > span[lang=de][dir=ltr]").first
    parts = f"{place.name}, {place.address} – {place.district.name}"
    assert line.inner_text() == parts
    assert line.evaluate(FROM_LEFT) == words_of(parts)


def words_of(text: str) -> list[str]:
    return re.findall("[A-Za-zÄÖÜäöüß0-9]+", text)
