"""Entries and people, made once for a module and rolled back after it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.db.models import Model

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import User
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.tests.roles import things
from herne_bildung.tests.roles.people import ROLES
from herne_bildung.tests.roles.things import Things


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-table",
        action="store_true",
        help="write who gets what in the administration (tests/roles/table.csv)",
    )


@dataclass
class World:
    """What there is, and who."""

    own: Things
    foreign: Things
    shared: dict[str, Model]
    people: dict[str, User]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        ensure_groups()
        above = make_organisation("Träger darüber")
        own = things.make_things("Eigen", parent=above)
        foreign = things.make_things(things.FOREIGN)
        people = {role: make(own) for role, make in ROLES.items()}
        yield World(own, foreign, things.make_shared(), people)
        transaction.set_rollback(True)
