"""Several workers, and workers that die: each mail goes out once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction

from herne_bildung.freshness.actions import outbox
from herne_bildung.freshness.actions.outbox import CLAIM, MOST_ATTEMPTS
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.tests.factories import put, subjects
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


def test_claim_of_a_worker_that_died_lapses(mailbox):
    mail = put()
    [claimed] = outbox._claim()

    at_once = outbox.send_waiting()
    clock.shift(CLAIM + timedelta(seconds=1))
    later = outbox.send_waiting()

    assert (claimed.pk, at_once, later) == (mail.pk, 0, 1)
    mail.refresh_from_db()
    assert mail.attempts == 2


def test_slow_worker_whose_claim_was_taken_over_sends_nothing(mailbox):
    put()
    [slow] = outbox._claim()
    clock.shift(CLAIM + timedelta(seconds=1))
    outbox.send_waiting()

    assert outbox._send(slow) is False
    assert len(mailbox.messages) == 1


def test_mail_at_which_workers_die_is_given_up_in_the_end():
    mail = put()
    for _ in range(MOST_ATTEMPTS):
        assert len(outbox._claim()) == 1
        clock.shift(clock._shift + CLAIM + timedelta(seconds=1))

    assert outbox._claim() == []
    mail.refresh_from_db()
    assert mail.failed_at is not None
    assert mail.last_error == "the worker ended while sending"


def test_worker_stops_in_time_and_leaves_the_rest_to_the_next_one(
    mailbox, django_capture_on_commit_callbacks
):
    mailbox.seconds = 0.5
    for number in range(3):
        put(f"grund-{number}")

    with django_capture_on_commit_callbacks() as woken:
        sent = outbox.send_waiting(seconds=0.4)

    rows = [
        (mail.attempts, mail.claimed_until, mail.sent_at is None)
        for mail in OutgoingMail.objects.order_by("attempts")
    ]
    assert rows == [(0, None, True), (0, None, True), (1, None, False)]
    assert (sent, len(woken)) == (1, 1)
    assert (outbox.send_waiting(), len(mailbox.messages)) == (2, 3)


def test_mail_that_another_worker_has_is_not_given_back():
    mail = put()
    slow = outbox._claim()
    clock.shift(CLAIM + timedelta(seconds=1))
    [other] = outbox._claim()

    outbox._give_back(slow)

    mail.refresh_from_db()
    assert (mail.claimed_until, mail.attempts) == (other.claimed_until, 2)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_mail_once(mailbox, monkeypatch):
    monkeypatch.setattr(outbox, "BATCH", 3)
    for number in range(12):
        put(f"grund-{number}", subject=f"Nummer {number:02}")
    begin = threading.Barrier(2)
    sent: list[int] = []

    def work() -> None:
        begin.wait()
        sent.append(outbox.send_waiting())
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(sent) == 12
    assert sorted(subjects(mailbox)) == [f"Nummer {n:02}" for n in range(12)]
    assert set(OutgoingMail.objects.values_list("attempts", flat=True)) == {1}


@pytest.mark.django_db(transaction=True)
def test_claimed_mails_are_invisible_to_another_worker_while_it_claims():
    put()
    seen = []

    with transaction.atomic():
        list(OutgoingMail.objects.select_for_update())

        def other() -> None:
            seen.append(outbox._claim())
            connection.close()

        worker = threading.Thread(target=other, daemon=True)
        worker.start()
        worker.join(timeout=10)

    assert seen == [[]]
    assert len(outbox._claim()) == 1
