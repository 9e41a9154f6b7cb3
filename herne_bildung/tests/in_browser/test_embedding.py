"""The list of a family centre in a frame of its own website."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from offerings.models import FamilyCentre

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class ForeignPage(BaseHTTPRequestHandler):
    """A page of somebody else with one frame."""

    frame = ""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(
            "<!DOCTYPE html><html lang='ar'><title>Seite</title>"
            "<link rel='icon' href='data:,'>"
            f"<iframe src='{self.frame}' title='Liste' width='320' height='800'>"
            "</iframe></html>".encode()
        )

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@pytest.fixture
def foreign() -> Iterator[str]:
    """The address of another website."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), ForeignPage)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def test_a_foreign_page_shows_the_list_in_arabic(visitor, site, foreign):
    centre = FamilyCentre.objects.select_related("organisation").first()
    slug, name = centre.organisation.slug, centre.organisation.name_de
    ForeignPage.frame = f"{site}/ar/einbetten/familienzentren/{slug}/"
    faults: list[str] = []
    visitor.on("console", lambda line: faults.append(line.text))

    visitor.goto(foreign)
    shown = visitor.frame_locator("iframe")
    shown.locator("h1", has_text=name).wait_for()
    direction, width, sent = shown.locator("html").evaluate(
        "one => [one.dir, one.scrollWidth, document.cookie]"
    )
    cards = shown.locator("article h3 a")
    title = cards.first.inner_text()

    assert (direction, width <= 320, sent) == ("rtl", True, "")
    assert cards.count() > 0
    assert shown.locator("form, script, input, button").count() == 0
    assert visitor.context.cookies() == []
    assert faults == []
    cards.first.click()
    visitor.wait_for_url(f"{site}/ar/angebote/**")
    assert title in visitor.locator("h1").inner_text()
