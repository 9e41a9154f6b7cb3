"""Who answers and who declines at the same moment: none waits in a circle."""

import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection, connections, transaction

from herne_bildung.freshness.actions import answers, bounces, consent, people
from herne_bildung.freshness.actions.digests import fresh_link
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db(transaction=True)
Step = MaintainedEntry.Step
DECLINE: list[Callable] = [
    lambda digest: consent.decline(digest.recipient),
    lambda digest: people.switch_off(digest.recipient),
    lambda digest: bounces.mark_bounced(digest.recipient.email, "550 no"),
    fresh_link,
]


def wait_for_a_lock() -> None:
    """Until someone waits for us; ten seconds at most."""
    for _ in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_locks WHERE NOT granted"
                " AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    pytest.fail("nobody waits")


@pytest.mark.parametrize("decline", DECLINE)
def test_answer_and_refusal_at_the_same_moment(decline):
    entries = [make_entry(step=Step.ASKED, step_on=clock.today()) for _ in range(2)]
    digest = make_digest(*entries)
    troubles: list[Exception] = []

    def other() -> None:
        try:
            decline(digest)
        except Exception as error:
            troubles.append(error)
        finally:
            connections.close_all()

    thread = threading.Thread(target=other)
    with transaction.atomic():
        items = answers.locked_items(digest, [item.pk for item in digest.items.all()])
        for item in items:
            answers.locked(item.entry)
        thread.start()
        wait_for_a_lock()
        for item in items:
            answers.decide(item, "ended")
    thread.join(timeout=20)

    assert troubles == []
    assert list(digest.items.values_list("decision", flat=True)) == ["ended"] * 2
