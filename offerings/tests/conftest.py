import pytest

from herne_bildung.city import reference
from herne_bildung.city.actions import ensure_groups


@pytest.fixture
def with_groups(db) -> None:
    """The groups of the administration, which give its people their rights."""
    reference.forget()
    ensure_groups()
