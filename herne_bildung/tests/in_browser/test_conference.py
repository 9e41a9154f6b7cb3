"""A conference: thirty phones write at once, a moderator reads, the wall shows it."""

import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from playwright.sync_api import Browser, Page, expect

from goals.admin.moderation import moderation_path
from goals.choices import Moderation
from goals.models import Conference, FeedbackNote
from goals.tests.factories import make_conference, make_goal, make_period
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.rights import OFFICE
from herne_bildung.city.tests.factories import make_user
from herne_bildung.lib import clock
from herne_bildung.tests.in_browser.administration import sign_in
from herne_bildung.tests.in_browser.conftest import PATIENCE
from herne_bildung.tests.roles.people import session_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PHONES, WITH_BROWSER = 30, 4
RUDE = "Kauft jetzt billige Uhren"
TOKEN = re.compile(r'name="token" value="([^"]+)"')
VERDICTS = ("keep", "adjust")


@dataclass
class Hall:
    conference: Conference
    session: dict[str, str]
    poster: str


@pytest.fixture(scope="module")
def hall(site, django_db_blocker) -> Hall:
    """Committed, for the server's thread: a conference whose posters are open."""
    with django_db_blocker.unblock():
        ensure_groups()
        goal = make_goal("Übergänge", slug="uebergaenge", period=make_period(2093))
        conference = make_conference(
            slug="saal", period=goal.period, is_poster_open=True
        )
        session = session_of(make_user("moderation", OFFICE))
    return Hall(conference, session, "/de/ziele/konferenzen/saal/plakat/uebergaenge/")


class Phone:
    """A phone that keeps cookies, if it is given any."""

    def __init__(self, number: int, site: str, poster: str):
        self.text, self.verdict = note_of(number), VERDICTS[number % 2]
        self.form = f"{site}{poster}mitschreiben/"
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))
        with self.opener.open(self.form, timeout=60) as page:
            self.token = TOKEN.search(page.read().decode())[1]

    def send(self, start: threading.Barrier) -> str:
        """Send when all are ready; gives the address it was led to."""
        values = {"token": self.token, "verdict": self.verdict, "text": self.text}
        start.wait(timeout=60)
        data = urlencode({**values, "homepage": ""}).encode()
        with self.opener.open(self.form, data, timeout=60) as page:
            return page.url


def note_of(number: int) -> str:
    return RUDE if number == 0 else f"Hinweis vom Tisch {number}"


@pytest.mark.usefixtures("nobody_counted")
def test_thirty_phones_a_moderator_and_the_wall(browser: Browser, site: str, hall):
    try:
        everybody_at_once(browser, site, hall)
    finally:
        # The wall would go on asking while other tests run.
        for context in browser.contexts:
            context.close()


def everybody_at_once(browser: Browser, site: str, hall: Hall) -> None:
    wall, moderator = new_page(browser, site), new_page(browser, site)
    wall.goto("/de/ziele/konferenzen/saal/leinwand/")
    expect(wall.locator(".note")).to_have_count(0)
    sign_in(moderator.context, hall.session)
    moderator.goto(moderation_path(hall.conference))
    waiting = moderator.locator("[data-moderation-note]")
    expect(waiting).to_have_count(0)

    write_all_at_once(browser, site, hall)

    expect(waiting).to_have_count(PHONES)
    expect(wall.locator(".note")).to_have_count(0)

    moderator.locator("[data-moderation-tick]").click()
    rude = waiting.filter(has_text=RUDE)
    rude.get_by_role("checkbox").uncheck()
    moderator.locator("button[name=release][value=ticked]").click()
    expect(waiting).to_have_count(1)
    rude.locator("button[name=refuse]").click()
    expect(waiting).to_have_count(0)

    expect(wall.locator(".note")).to_have_count(12)
    shown = set(wall.locator(".note").all_inner_texts())
    assert shown < {note_of(number) for number in range(1, PHONES)}
    assert told_more(wall) == PHONES - 1 - len(shown)
    assert states(hall) == {Moderation.RELEASED: PHONES - 1, Moderation.REFUSED: 1}


def new_page(browser: Browser, site: str, **options: object) -> Page:
    context = browser.new_context(base_url=site, locale="de-DE", **options)
    context.set_default_timeout(PATIENCE)
    return context.new_page()


def write_all_at_once(browser: Browser, site: str, hall: Hall) -> None:
    """Some phones are real browsers; the others are as quick as the network."""
    pages = [fill_in(browser, site, hall, number) for number in range(WITH_BROWSER)]
    quick = PHONES - WITH_BROWSER
    with ThreadPoolExecutor(quick) as pool:
        numbers = range(WITH_BROWSER, PHONES)
        phones = list(pool.map(lambda one: Phone(one, site, hall.poster), numbers))
        # Nobody writes within the seconds that only robots take.
        clock.shift(timedelta(seconds=10))
        start = threading.Barrier(quick + 1)
        sent: list[Future[str]] = [pool.submit(phone.send, start) for phone in phones]
        start.wait(timeout=60)
        for page in pages:
            page.locator("form.form button[type=submit]").click()
        thanks = {one.result() for one in sent}
    for page in pages:
        page.wait_for_url("**/danke/")
        assert page.context.cookies() == []
        page.context.close()
    assert thanks == {f"{site}{hall.poster}danke/"}
    assert [len(phone.cookies) for phone in phones] == [0] * quick


def fill_in(browser: Browser, site: str, hall: Hall, number: int) -> Page:
    phone = {"width": 360, "height": 740}
    page = new_page(browser, site, viewport=phone, java_script_enabled=number % 2 == 0)
    page.goto(f"{hall.poster}mitschreiben/")
    page.locator(f"[name=verdict][value={VERDICTS[number % 2]}]").check()
    page.fill("[name=text]", note_of(number))
    return page


def told_more(wall: Page) -> int:
    """How many further notes the links below the columns tell."""
    links = wall.locator(".poster__column > p > a").all_inner_texts()
    return sum(int(re.search(r"\d+", text)[0]) for text in links)


def states(hall: Hall) -> dict[str, int]:
    found = FeedbackNote.objects.filter(conference=hall.conference)
    kinds = list(found.values_list("moderation", flat=True))
    return {kind: kinds.count(kind) for kind in set(kinds)}
