import pytest

from goals.models import Conference, Goal
from goals.tests.factories import make_conference, make_goal, make_period


@pytest.fixture
def goal() -> Goal:
    return make_goal("Übergänge", slug="uebergaenge", number=1)


@pytest.fixture
def conference(goal) -> Conference:
    """Its posters are open."""
    return make_conference(
        "Probekonferenz", slug="probe", period=make_period(), is_poster_open=True
    )
