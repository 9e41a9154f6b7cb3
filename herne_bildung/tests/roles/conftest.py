"""Entries and people, made once for a module and rolled back after it."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from herne_bildung.tests.roles.world import World, make_world


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-table",
        action="store_true",
        help="write who gets what in the administration (tests/roles/table.csv)",
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)
