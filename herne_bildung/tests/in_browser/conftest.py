"""A running portal and one browser for all browser tests."""

from collections.abc import Iterator

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler
from playwright.sync_api import Browser, Page, expect

from herne_bildung.tests import pages
from herne_bildung.tests.conftest import committed_content

# A page of a local server that takes longer than this (ms) will not come.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


class SiteServer(ThreadedWSGIServer):
    """Many may knock at once, as at a conference."""

    request_queue_size = 128


class SiteThread(LiveServerThread):
    """The portal as in production: nothing special is done for static files."""

    server_class = SiteServer

    def __init__(self) -> None:
        super().__init__("localhost", static_handler=lambda application: application)

    def _create_server(self, connections_override=None) -> ThreadedWSGIServer:
        return self.server_class(
            (self.host, self.port), QuietWSGIRequestHandler, allow_reuse_address=False
        )


@pytest.fixture(scope="package")
def content(chromium, django_db_setup, django_db_blocker) -> Iterator[list[pages.Page]]:
    """Facts and samples for all browser tests. (Without Chromium nothing is made.)"""
    with committed_content(django_db_blocker) as found:
        yield found
    # Beside Playwright's event loop Django opens a connection of its own, which
    # nobody else would close before the test database is removed.
    connections.close_all()


@pytest.fixture(scope="package")
def site(content) -> Iterator[str]:
    """The address of the running portal, "http://localhost:…"."""
    thread = SiteThread()
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    yield f"http://{thread.host}:{thread.port}"
    thread.terminate()


@pytest.fixture
def visitor(browser: Browser, site: str) -> Iterator[Page]:
    """A new visitor, with nothing in the cache; addresses may begin with "/"."""
    with browser.new_context(base_url=site) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def visitor_without_scripts(browser: Browser, site: str) -> Iterator[Page]:
    with browser.new_context(base_url=site, java_script_enabled=False) as context:
        context.set_default_timeout(PATIENCE)
        yield context.new_page()


@pytest.fixture
def html_pages(content, site) -> list[pages.Page]:
    """Public pages that a browser shows (no feeds, no calendar files)."""
    return [page for page in content if page.name not in pages.FILES]
