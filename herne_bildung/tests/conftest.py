"""Content for the tests that walk through all pages.

It is committed once for a module and removed after it: thousands of requests, and a
server in another thread, see the same rows.
"""

import contextlib
from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from herne_bildung.lib import page_cache
from herne_bildung.tests import pages

SAMPLES = 60


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--all-languages",
        action="store_true",
        help="axe in every language, not only German and Arabic; all faults in full",
    )


@pytest.fixture(scope="module")
def content(django_db_setup, django_db_blocker) -> Iterator[list[pages.Page]]:
    """Herne's seeded facts and samples; gives every public page."""
    with committed_content(django_db_blocker) as found:
        yield found


@contextlib.contextmanager
def committed_content(django_db_blocker) -> Iterator[list[pages.Page]]:
    """Rows that every connection sees; removed at the end.

    The tests are marked `django_db`, or pytest-django makes no test database.
    """
    with django_db_blocker.unblock():
        if not connection.settings_dict["NAME"].startswith("test_"):
            pytest.fail("these tests need the mark django_db", pytrace=False)
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
