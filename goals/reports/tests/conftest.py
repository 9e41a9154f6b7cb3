from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import pytest

from herne_bildung.city import reference
from herne_bildung.lib import clock, page_cache


@pytest.fixture
def fresh():
    """No page and no district of another test."""
    reference.forget()
    page_cache.outdate()
    yield
    reference.forget()


@pytest.fixture
def clock_at() -> Callable[[datetime], AbstractContextManager]:
    """`with clock_at(moment):` the portal lives then; no kept page is from before."""

    @contextmanager
    def moved(moment: datetime):
        clock.shift(moment - datetime.now(tz=moment.tzinfo))
        page_cache.outdate()
        yield
        clock.shift(timedelta())
        page_cache.outdate()

    return moved
