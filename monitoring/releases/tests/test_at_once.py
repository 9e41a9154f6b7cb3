"""Two people, or a person and the worker, at the same moment."""

import threading
from collections.abc import Callable

import pytest
from django.db import connections

from herne_bildung.lib import clock
from monitoring.choices import ReleaseState
from monitoring.models import Indicator, Release
from monitoring.releases import actions
from monitoring.releases.actions import ReleaseError, write_release
from monitoring.tests.factories import make_indicator, make_release

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT, PUBLISHED = ReleaseState.DRAFT, ReleaseState.PUBLISHED


def at_once(*steps: Callable[[], object]) -> list[str]:
    """What came of each: "done", or the exception's name; sorted."""
    barrier, found = threading.Barrier(len(steps)), []

    def taken(step: Callable[[], object]) -> None:
        try:
            barrier.wait(timeout=10)
            step()
            found.append("done")
        except Exception as error:
            found.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=taken, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    return sorted(found)


def states(indicator: Indicator) -> dict[int, str]:
    return dict(indicator.releases.values_list("number", "state"))


def test_two_releases_published_at_once_leave_one_current():
    indicator = make_indicator()
    make_release(indicator)
    drafts = [make_release(indicator, state=DRAFT) for _ in range(2)]

    found = at_once(*(lambda one=one: actions.publish(release=one) for one in drafts))

    states_now = states(indicator)
    assert states_now[1] == "superseded"
    assert states_now[3] == "published"
    # The older draft was first, or came too late.
    assert (found, states_now[2]) in (
        (["done", "done"], "superseded"),
        (["ReleaseError", "done"], "draft"),
    )


def test_one_release_published_twice_at_once_is_published_once():
    indicator = make_indicator()
    draft = make_release(indicator, state=DRAFT)

    found = at_once(*[lambda: actions.publish(release=draft)] * 2)

    assert found == [ReleaseError.__name__, "done"]
    assert states(indicator) == {1: "published"}


def test_two_workers_publish_what_is_due_once():
    indicator = make_indicator()
    make_release(indicator, state=ReleaseState.SCHEDULED, publish_at=clock.now())
    numbers: list[int] = []

    found = at_once(*[lambda: numbers.append(actions.publish_due())] * 2)

    assert (found, sorted(numbers)) == (["done", "done"], [0, 1])
    assert states(indicator) == {1: "published"}


def test_two_releases_written_at_once_have_two_numbers():
    indicator = make_indicator()

    found = at_once(*[lambda: write_release(indicator=indicator, cells=[])] * 3)

    assert found == ["done"] * 3
    assert sorted(states(indicator)) == [1, 2, 3]
    assert Release.objects.current().count() == 0
