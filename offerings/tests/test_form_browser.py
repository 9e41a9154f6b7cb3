"""The form of an offer in a real browser: tabs, keeping what is typed, preview."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.admin import row_fields
from herne_bildung.city.models import TypedForm
from herne_bildung.city.rights import LEADS, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.city.tests.test_admin_browser import complaints, server  # noqa: F401
from offerings.models import Offering
from offerings.tests.administration import ADD, change_page
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.browser


@pytest.fixture
def offer(transactional_db) -> Offering:
    return make_offering("Kurs", summary_de="Kurz gesagt.", state="draft")


@pytest.fixture
def signed_in(context, server, client, offer):  # noqa: F811 a fixture
    ensure_groups()
    client.force_login(make_user("lead", LEADS))
    cookie = client.cookies["sessionid"]
    context.add_cookies(
        [{"name": "sessionid", "value": cookie.value, "url": f"{server}/verwaltung/"}]
    )
    return f"{server}{change_page(offer)}"


def faults(page, *parts: str) -> list[str]:
    where = {"include": [[part] for part in parts]} if parts else None
    found = Axe().run(page, where).response["violations"]
    return [f"{one['id']}: {node['target']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_tab_for_each_language_by_keyboard(page, signed_in, width, complaints):  # noqa: F811
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(signed_in)

    page.get_by_role("tab", name="Leichte Sprache").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")

    tab = page.get_by_role("tab", name="Türkçe")
    expect(tab).to_be_focused()
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(page.locator("#id_title_tr")).to_be_visible()
    expect(page.locator("#id_title_en")).to_be_hidden()
    page.fill("#id_title_de", "Neuer Titel")
    german = page.locator("[data-german-of=id_title_de]").locator("visible=true")
    expect(german).to_have_text("Neuer Titel")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


def test_tabs_and_preview_have_no_axe_findings(page, context, signed_in):
    page.goto(signed_in)
    in_form = faults(page, ".language-tabs", "[role=tabpanel]", ".preview-buttons")
    with context.expect_page() as opened:
        page.click("button[name=_preview]")
    preview = opened.value
    preview.wait_for_load_state()

    assert in_form == []
    assert faults(preview) == []


def test_preview_is_as_narrow_as_a_telephone(page, context, signed_in, offer):
    page.goto(signed_in)
    page.fill("#id_title_de", "Nur getippt")
    page.select_option("#preview-language", "ar")
    with context.expect_page() as opened:
        page.click("button[name=_preview]")

    preview = opened.value
    frame = preview.frame_locator("iframe")
    expect(frame.locator("h1")).to_have_text("Nur getippt")
    expect(frame.locator("html")).to_have_attribute("dir", "rtl")
    assert frame.locator("body").evaluate("() => innerWidth") <= 390
    font = frame.locator("h1").evaluate("one => getComputedStyle(one).fontFamily")
    assert "Noto Sans Arabic" in font or "Fira" in font
    preview.click("button[lang=de]")
    expect(frame.locator("html")).to_have_attribute("lang", "de")
    offer.refresh_from_db()
    assert offer.title_de == "Kurs"


def test_what_is_typed_is_kept_by_itself(page, signed_in):
    page.clock.install()
    page.goto(signed_in)
    page.fill("#id_title_de", "Halb fertig")
    page.clock.run_for(9000)
    expect(page.locator("[data-typed-state]")).not_to_be_empty()

    page.goto(signed_in)
    page.click(".typed a")

    expect(page.locator("#id_title_de")).to_have_value("Halb fertig")
    assert TypedForm.objects.count() == 1


def test_without_scripts_all_languages_are_there(browser, server, client, offer):  # noqa: F811
    ensure_groups()
    client.force_login(make_user("lead", LEADS))
    context = browser.new_context(java_script_enabled=False)
    value = client.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": value, "url": f"{server}/verwaltung/"}]
    )
    page = context.new_page()
    page.goto(f"{server}{change_page(offer)}")

    page.click("fieldset.language-tr summary")

    expect(page.locator("#id_title_tr")).to_be_visible()
    context.close()


def test_offer_is_written_without_scripts(
    browser,
    server,  # noqa: F811
    client,
    with_groups,
    monkeypatch,
):
    """Organisation, its contact, a place that is searched for: all by the form."""
    monkeypatch.setattr(row_fields, "FEW", 2)
    user = make_user("provider", PROVIDERS)
    for name in ("Erster", "Zweiter"):
        organisation = make_organisation(name, phone="02323 1", is_trusted=True)
        make_membership(user, organisation)
        organisation.places.add(make_place(f"Haus {name}"), make_place(f"Hof {name}"))
    client.force_login(user)
    context = browser.new_context(java_script_enabled=False)
    value = client.cookies["sessionid"].value
    context.add_cookies(
        [{"name": "sessionid", "value": value, "url": f"{server}/verwaltung/"}]
    )
    page = context.new_page()

    page.goto(f"{server}{ADD}")
    page.select_option("#id_provider", label="Zweiter")
    page.click("button[name=_fill]")
    expect(page.locator("#id_phone")).to_have_value("02323 1")
    page.fill("#id_title_de", "Ohne Skripte")
    page.fill("#id_summary_de", "Kurz gesagt.")
    page.fill("#id_places-words", "Haus Erster")
    page.click("button[name=_find][value=places]")
    expect(page.locator("#id_places option:checked")).to_have_count(3)
    page.click("[name=_save]")
    expect(page.locator(".messagelist .success")).to_be_visible()
    context.close()

    offer = Offering.objects.get()
    assert (offer.title_de, str(offer.provider), offer.phone) == (
        "Ohne Skripte",
        "Zweiter",
        "02323 1",
    )
    assert sorted(place.name for place in offer.places.all()) == [
        "Haus Erster",
        "Haus Zweiter",
        "Hof Zweiter",
    ]
