"""axe finds nothing in the administration: a few pages always, every page that a lead,
a provider or nobody sees with `manage.py quality --all`. It is in German; texts of
other languages say so (docs/decisions/2026-11-22-german-workplace.md).
"""

from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from herne_bildung.tests.in_browser.administration import (
    OPEN_ALL,
    Fault,
    Session,
    faults,
    pages_of,
    sign_in,
)
from herne_bildung.tests.in_browser.conftest import PATIENCE
from herne_bildung.tests.in_browser.test_accessibility import DESK, PHONE
from herne_bildung.tests.roles.people import ANONYMOUS, session_of
from herne_bildung.tests.roles.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

OFFER = "admin:offerings_offering_change"
# (role, names of addresses); no names: all.
FEW = (
    ("editor", {"admin:index", OFFER}),
    ("lead", {"approval"}),
)
ALL = tuple((role, set()) for role in ("lead", "editor", ANONYMOUS))
LOOKS = ((PHONE, "light"), (DESK, "dark"))
# Sent without a word, these come back with what is wrong.
FORMS = (
    "offerings/offering/add/",
    "city/organisation/add/",
    "city/membership/add/",
    "freshness/recipient/add/",
    "freshness/campaign/add/",
    "personen/einladen/",
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    sweep = metafunc.config.getoption("--all-languages", default=False)
    if "names" in metafunc.fixturenames:
        metafunc.parametrize(("role", "names"), ALL if sweep else FEW)
    if "form" in metafunc.fixturenames:
        metafunc.parametrize("form", FORMS if sweep else FORMS[-1:])


@dataclass
class Workplace:
    world: World
    sessions: dict[str, Session]


@pytest.fixture(scope="module")
def workplace(site, django_db_blocker) -> Workplace:
    """Committed before the tests: the server's thread sees no other rows."""
    with django_db_blocker.unblock():
        world = make_world()
        people = {**world.people, ANONYMOUS: None}
        return Workplace(world, {role: session_of(one) for role, one in people.items()})


@pytest.fixture
def page(browser: Browser, site: str):
    with browser.new_context(base_url=site, reduced_motion="reduce") as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


def test_axe_finds_nothing(page, workplace, role, names):
    session, axe = workplace.sessions[role], Axe()
    sign_in(page.context, session)
    found: dict[tuple, list[Fault]] = {}
    seen = set()

    for name, path in pages_of(workplace.world, session, names):
        seen.add(name)
        for size, scheme in LOOKS if not names else LOOKS[:1]:
            page.set_viewport_size(size)
            page.emulate_media(color_scheme=scheme)
            page.goto(path)
            page.evaluate(OPEN_ALL)
            if wrong := faults(page, axe):
                found[path, size["width"], scheme] = wrong

    assert found == {}
    assert seen == names if names else len(seen) > 5


def test_axe_finds_nothing_on_forms_with_errors(page, workplace, form):
    sign_in(page.context, workplace.sessions["lead"])
    page.set_viewport_size(PHONE)
    page.goto(f"/verwaltung/{form}")

    with page.expect_navigation():
        page.locator("#content-main form").first.evaluate(
            "one => { one.noValidate = true; one.requestSubmit(); }"
        )

    assert page.locator(".errorlist").count() > 0
    assert faults(page, Axe()) == []
