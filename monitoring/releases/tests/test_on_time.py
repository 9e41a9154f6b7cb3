"""Nobody keeps a page longer than until the moment other values become public."""

from datetime import timedelta

import pytest

from herne_bildung.lib import clock, page_cache
from monitoring.choices import ReleaseState
from monitoring.releases import actions
from monitoring.tests.factories import make_indicator, make_release

pytestmark = pytest.mark.django_db
PAGE = "/de/monitoring/puenktlich/"


def seconds_kept(client, path: str = PAGE) -> int:
    page_cache.outdate()
    return int(client.get(path).headers["Cache-Control"].rpartition("=")[2])


def test_pages_are_kept_until_the_planned_moment_at_most(client, live_at):
    now = live_at("2026-11-22 10:00")
    indicator = make_indicator(slug="puenktlich")
    make_release(indicator)
    draft = make_release(indicator, state=ReleaseState.DRAFT)
    before = seconds_kept(client)

    actions.schedule(release=draft, at=now + timedelta(seconds=90))
    planned = seconds_kept(client), seconds_kept(client, f"{PAGE}fassung/1/")
    # The worker is late.
    live_at("2026-11-22 10:05")
    late = seconds_kept(client)
    actions.publish_due()

    assert (before, late, seconds_kept(client)) == (300, 1, 300)
    assert all(60 < seconds <= 90 for seconds in planned), planned


def test_a_publication_outdates_kept_pages(client, django_capture_on_commit_callbacks):
    indicator = make_indicator(slug="puenktlich")
    make_release(indicator)
    draft = make_release(indicator, state=ReleaseState.DRAFT)
    page_cache.outdate()
    client.get(PAGE)
    _kept, version = page_cache.look_up("http", clock.now().timestamp())

    with django_capture_on_commit_callbacks(execute=True):
        actions.publish(release=draft)

    _kept, now = page_cache.look_up("http", clock.now().timestamp())
    assert version is not None
    assert now != version
