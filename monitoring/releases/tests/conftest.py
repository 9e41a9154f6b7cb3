from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest

from herne_bildung.lib import clock


@pytest.fixture
def live_at() -> Iterator[Callable[[str], datetime]]:
    """`live_at("2026-11-22 10:00")`: from now on the portal lives then, in Herne."""

    def moved(text: str) -> datetime:
        moment = datetime.fromisoformat(text).replace(tzinfo=clock.BERLIN)
        clock.shift(moment - datetime.now(tz=clock.BERLIN))
        return moment

    yield moved
    clock.shift(timedelta())
