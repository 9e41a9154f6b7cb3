import pytest

from herne_bildung.city import reference
from herne_bildung.city.actions import ensure_groups
from herne_bildung.freshness.tests.conftest import mailbox  # noqa: F401  a fixture
from offerings.samples.compose import recipes
from offerings.tests.factories import make_topic


@pytest.fixture
def with_groups(db) -> None:
    """The groups of the administration, which give its people their rights."""
    reference.forget()
    ensure_groups()


@pytest.fixture
def topics() -> None:
    """All topics that samples belong to."""
    for recipe in recipes():
        make_topic(recipe["topic"], key=recipe["topic"])
