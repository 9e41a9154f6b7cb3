"""axe finds nothing on any page: German on a light phone, Arabic on a dark desk.

One example of each page. All examples in all languages, both colour schemes in both
widths, with `manage.py quality --all`.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from herne_bildung.lib.languages import CODES

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 900}
ALL_RULES = {"resultTypes": ["violations"], "iframes": False}
# What a second colour scheme at the same width can change.
COLOURS = ALL_RULES | {"runOnly": ["color-contrast", "link-in-text-block"]}
LIGHT_PHONE, DARK_DESK = (PHONE, "light", ALL_RULES), (DESK, "dark", ALL_RULES)
LOOKS = {"de": [LIGHT_PHONE], "ar": [DARK_DESK]}
ALL_LOOKS = (
    LIGHT_PHONE,
    DARK_DESK,
    (PHONE, "dark", COLOURS),
    (DESK, "light", COLOURS),
)
# States that only come up by what people do.
STATES = (
    "angebote/?q=asdf+qwer",
    "angebote/?q=krabelgruppe",
    "angebote/?q=kurs&age=viel&district=gibt-es-nicht&page=99",
    "angebote/?language=tr&cost=free&sort=name",
    "suche/?q=kurs",
    "suche/?q=asdf+qwer",
    "familie/?age_months=6",
    "familie/?age_months=96&district=gibt-es-nicht",
    "familie/neu-in-herne/?child=primary&need=all",
    "merkliste/?offer=gibt-es-nicht",
    "gibt-es-nicht/",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "language" in metafunc.fixturenames:
        sweep = metafunc.config.getoption("--all-languages", default=False)
        metafunc.parametrize("language", CODES if sweep else LOOKS)


def findings(
    page: Page, axe: Axe, options: dict = ALL_RULES
) -> list[tuple[str, str, str]]:
    """(rule, where, what) of each fault on the page as it stands."""
    return [
        (fault["id"], node["target"][0], node["html"][:120])
        for fault in axe.run(page, options=options).response["violations"]
        for node in fault["nodes"]
    ]


def test_axe_finds_nothing(visitor, html_pages, language, pytestconfig):
    axe = Axe()
    found = {}
    sweep = pytestconfig.getoption("--all-languages", default=False)
    looks = ALL_LOOKS if sweep else LOOKS[language]

    one_of_each = {page.name: page for page in html_pages}.values()
    shown = html_pages if sweep else one_of_each

    for rest in (*(page.rest for page in shown), *STATES):
        for size, scheme, options in looks:
            visitor.set_viewport_size(size)
            visitor.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            # Anew, or axe meets colours on their way from one scheme to the other.
            visitor.goto(f"/{language}/{rest}")
            if faults := findings(visitor, axe, options):
                found[rest, size["width"], scheme] = faults

    assert found == {}, sorted(
        {rule for faults in found.values() for rule, *_ in faults}
    )


@pytest.mark.parametrize("name", ["report_barrier", "report_error"])
def test_axe_finds_nothing_on_forms_with_errors(visitor, html_pages, language, name):
    axe = Axe()
    form = next(page.address(language) for page in html_pages if page.name == name)
    visitor.goto(form)

    visitor.locator("main form").evaluate("form => { form.noValidate = true }")
    visitor.locator("main form [type=submit]").click()
    visitor.wait_for_load_state()

    assert (findings(visitor, axe), visitor.url.endswith(form)) == ([], True)
    assert visitor.locator(".error-summary").count() == 1


def test_axe_sees_a_fault_where_there_is_one(visitor, site):
    visitor.goto("/de/")
    visitor.evaluate("document.documentElement.removeAttribute('lang')")

    assert [rule for rule, _, _ in findings(visitor, Axe())] == ["html-has-lang"]
