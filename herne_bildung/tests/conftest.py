"""Content and a running site for the tests that walk through all pages.

The content is committed once for a module and removed after it: thousands of
requests, and a server in another thread, see the same rows.
"""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.core.servers.basehttp import ThreadedWSGIServer
from django.db import connections
from django.test.testcases import LiveServerThread, QuietWSGIRequestHandler

from herne_bildung.lib import page_cache
from herne_bildung.tests import pages

SAMPLES = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-languages",
        action="store_true",
        help="axe in every language, not only German and Arabic",
    )


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker) -> Iterator[list[pages.Page]]:
    """Herne's seeded facts and samples; gives every public page in German."""
    with django_db_blocker.unblock():
        forget()
        call_command("seed", verbosity=0)
        call_command("generate_sample", offerings=SAMPLES, seed=1, verbosity=0)
        try:
            yield pages.public_pages()
        finally:
            call_command("flush", interactive=False, verbosity=0)
            forget()


def forget() -> None:
    """What this process and the cache remember of rows that are gone."""
    from herne_bildung.city import reference
    from offerings import reference as offerings_reference
    from offerings.catalogue import catalogue

    reference.forget()
    offerings_reference.forget()
    catalogue.cache_clear()
    page_cache.outdate()


class SiteThread(LiveServerThread):
    """The portal as it runs in production: no special treatment of static files."""

    server_class = ThreadedWSGIServer

    def __init__(self) -> None:
        super().__init__("localhost", static_handler=lambda application: application)

    def _create_server(self, connections_override=None) -> ThreadedWSGIServer:
        return self.server_class(
            (self.host, self.port), QuietWSGIRequestHandler, allow_reuse_address=False
        )


@pytest.fixture(scope="module")
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
    connections.close_all()
