from collections.abc import Callable
from datetime import timedelta

import pytest

from herne_bildung.city import reference
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import Organisation, User
from herne_bildung.city.rights import PROVIDERS
from herne_bildung.city.tests.factories import (
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.lib import clock, page_cache
from herne_bildung.portal.tests.approvals import make_author, make_lead
from offerings import reference as offerings_reference
from offerings.catalogue import catalogue


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """No page, district, topic or offer of another test."""
    reference.forget()
    offerings_reference.forget()
    catalogue.cache_clear()
    page_cache.Pause.until = 0.0
    page_cache.outdate()


@pytest.fixture
def no_redis(settings):
    """A cache nobody answers at."""
    settings.CACHE_URL = "unix:///nowhere/at/all.sock?db=0"
    page_cache.client.cache_clear()
    yield
    page_cache.client.cache_clear()
    page_cache.Pause.until = 0.0


@pytest.fixture
def _nothing_kept():
    for key in page_cache.client().scan_iter("page:*"):
        page_cache.client().delete(key)


@pytest.fixture
def with_groups(db) -> None:
    """The groups of the administration, which give its people their rights."""
    ensure_groups()


@pytest.fixture
def own(with_groups) -> Organisation:
    return make_organisation("Eigener Träger")


@pytest.fixture
def author(own) -> User:
    """Somebody of it, whose changes wait."""
    return make_author(own)


@pytest.fixture
def lead(with_groups) -> User:
    return make_lead()


@pytest.fixture
def school(db) -> Organisation:
    return make_organisation("Volkshochschule")


@pytest.fixture
def manager(with_groups, school) -> User:
    """Someone who manages the school, which does not publish at once."""
    user = make_user("", PROVIDERS)
    make_membership(user, school, "manager")
    return user


@pytest.fixture
def later() -> Callable[..., None]:
    """Moves the clock."""
    return lambda **by: clock.shift(timedelta(**by))
