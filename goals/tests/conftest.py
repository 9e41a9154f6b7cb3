from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime, timedelta

import pytest

from goals.models import OParlSource
from goals.tests.oparl_server import OParlServer
from goals.tests.oparl_server import running as oparl_server
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


@pytest.fixture
def server(settings) -> Iterator[OParlServer]:
    """A council's system on this machine, which the settings allow to be asked."""
    with oparl_server() as made:
        settings.OPARL_INTERNAL_HOSTS = [made.host]
        settings.OPARL_RETRY_SECONDS = [0, 0]
        yield made


@pytest.fixture
def source(server) -> OParlSource:
    return OParlSource.objects.create(name="Rat", address=server.url("papers"))
