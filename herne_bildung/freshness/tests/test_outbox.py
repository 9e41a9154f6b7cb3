"""The outbox with a real mail server: each mail once, none lost, failures seen."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions import outbox
from herne_bildung.freshness.actions.outbox import (
    FIRST_WAIT,
    KEPT_AFTER_FAILURE,
    KEPT_AFTER_SENDING,
    MOST_ATTEMPTS,
)
from herne_bildung.freshness.models import OutgoingMail
from herne_bildung.freshness.tests.factories import put, subjects
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
# In a process of its own, because Celery keeps its connection.
WAKE = """
import django, time
django.setup()
from herne_bildung.freshness.actions import outbox
begin = time.monotonic()
outbox._wake_worker()
print(time.monotonic() - begin)
"""


def test_mail_arrives_as_written(mailbox, settings):
    settings.DEFAULT_FROM_EMAIL = "Lernen in Herne <portal@bildung.example>"
    mail = put(reply_to="leserin@example.org", html="<p>Erste Zeile.</p>")

    assert tasks.send_waiting_mails() == 1

    message = mailbox.messages[0]
    plain, html = message.get_payload()
    assert mailbox.envelopes == [("portal@bildung.example", ["buero@example.org"])]
    assert subjects(mailbox) == ["Grüße aus Herne"]
    assert {
        name: message[name]
        for name in ("From", "To", "Reply-To", "Auto-Submitted", "Message-ID")
    } == {
        "From": "Lernen in Herne <portal@bildung.example>",
        "To": "buero@example.org",
        "Reply-To": "leserin@example.org",
        "Auto-Submitted": "auto-generated",
        "Message-ID": (
            f"<outbox-{mail.pk}-{int(mail.created_at.timestamp())}@bildung.example>"
        ),
    }
    assert plain.get_payload(decode=True).decode().splitlines() == [
        "Erste Zeile.",
        ".",
        "From hier",
    ]
    assert html.get_content_type() == "text/html"
    mail.refresh_from_db()
    assert (mail.attempts, mail.claimed_until, mail.last_error) == (1, None, "")
    assert mail.sent_at is not None


def test_sent_mail_is_not_sent_again(mailbox):
    put()

    assert [outbox.send_waiting() for _ in range(3)] == [1, 0, 0]
    assert len(mailbox.messages) == 1


def test_same_reason_makes_one_mail(mailbox):
    first = put("grund", subject="Erste")
    second = put("grund", subject="Zweite")
    put("anderer grund", subject="Dritte")

    outbox.send_waiting()

    assert second.pk == first.pk
    assert sorted(subjects(mailbox)) == ["Dritte", "Erste"]


def test_mail_of_a_failed_reason_does_not_exist():
    def reason() -> None:
        put()
        raise RuntimeError("the reason failed")

    with pytest.raises(RuntimeError), transaction.atomic():
        reason()

    assert OutgoingMail.objects.count() == 0


def test_subject_becomes_one_short_line():
    mail = put(subject="Eins\r\nBcc: x@example.org\tzwei" + " lang" * 100)

    assert mail.subject.startswith("Eins Bcc: x@example.org zwei lang")
    assert len(mail.subject) == 200


def test_worker_is_woken_after_the_commit_only(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        put()
        put()

    assert len(callbacks) == 1


@pytest.mark.parametrize(
    "address", ["unix:///nowhere/at/all.sock", "redis://127.0.0.1:1"]
)
def test_broker_that_is_away_does_not_hurt(address):
    environment = os.environ | {
        "REDIS_URL": address,
        "DJANGO_SETTINGS_MODULE": "herne_bildung.settings",
    }

    done = subprocess.run(
        [sys.executable, "-c", WAKE],
        env=environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert "beat will find the mail" in done.stderr
    # Without settings for it Celery tries for more than six seconds.
    assert float(done.stdout.splitlines()[-1]) < 5


def test_failure_waits_longer_each_time_and_gives_up_visibly(no_mail_server):
    mail = put()
    waits = []

    for attempt in range(1, MOST_ATTEMPTS + 1):
        assert outbox.send_waiting() == 0
        mail.refresh_from_db()
        assert mail.attempts == attempt
        waits.append(round((mail.due_at - clock.now()).total_seconds()))
        assert outbox.send_waiting() == 0  # not due yet
        clock.shift(mail.due_at - clock.now() + clock._shift)

    first = FIRST_WAIT.total_seconds()
    assert waits == [first * 2**number for number in range(MOST_ATTEMPTS)]
    assert mail.failed_at is not None
    assert mail.last_error.startswith("ConnectionRefusedError: ")
    assert (mail.sent_at, mail.claimed_until) == (None, None)
    outbox.send_waiting()
    mail.refresh_from_db()
    assert mail.attempts == MOST_ATTEMPTS


def test_mail_that_failed_arrives_later_with_the_same_message_id(
    mailbox, settings, monkeypatch
):
    mail = put()
    expected = outbox.message_id(mail)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    outbox.send_waiting()
    settings.EMAIL_PORT = port
    clock.shift(FIRST_WAIT + timedelta(seconds=1))

    assert outbox.send_waiting() == 1
    mail.refresh_from_db()
    assert mailbox.messages[0]["Message-ID"] == expected
    assert (mail.attempts, mail.last_error) == (2, "")


@pytest.mark.parametrize(
    "values",
    [
        {"recipient": "niemand@example.org"},
        {"reply_to": "x@example.org\nBcc: y@example.org"},
        {"recipient": "keine adresse\n"},
    ],
)
def test_one_impossible_mail_does_not_stop_the_others(mailbox, values):
    mailbox.refuse.add("niemand@example.org")
    bad = put("schlecht", **values)
    put("gut")

    assert outbox.send_waiting() == 1
    bad.refresh_from_db()
    assert (bad.sent_at, bad.attempts, bool(bad.last_error)) == (None, 1, True)


def test_staff_send_a_given_up_mail_again(mailbox):
    given_up, waiting = put("aufgegeben"), put("wartet")
    OutgoingMail.objects.filter(pk=given_up.pk).update(
        failed_at=clock.now(), attempts=MOST_ATTEMPTS
    )

    assert outbox.send_again(OutgoingMail.objects.all()) == 1

    given_up.refresh_from_db()
    waiting.refresh_from_db()
    assert (given_up.failed_at, given_up.attempts, waiting.attempts) == (None, 0, 0)
    assert outbox.send_waiting() == 2


def test_old_mails_are_removed_and_waiting_ones_stay():
    now = clock.now()
    second = timedelta(seconds=1)
    times = {
        "gerade gesendet": {"sent_at": now - KEPT_AFTER_SENDING + second * 60},
        "lange gesendet": {"sent_at": now - KEPT_AFTER_SENDING - second},
        "gerade aufgegeben": {"failed_at": now - KEPT_AFTER_FAILURE + second * 60},
        "lange aufgegeben": {"failed_at": now - KEPT_AFTER_FAILURE - second},
        "wartet": {},
    }
    for key, values in times.items():
        OutgoingMail.objects.filter(pk=put(key).pk).update(**values)
    OutgoingMail.objects.update(created_at=now - timedelta(days=400))

    assert tasks.remove_old_mails() == 2
    assert set(OutgoingMail.objects.values_list("key", flat=True)) == {
        "gerade gesendet",
        "gerade aufgegeben",
        "wartet",
    }


def test_without_mail_server_mails_become_files(settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    put(subject="Als Datei")

    assert outbox.send_waiting() == 1
    [file] = (tmp_path / "mail").iterdir()
    text = file.read_text()
    assert "Subject: Als Datei" in text
    assert "To: buero@example.org" in text


def test_message_is_what_is_sent():
    message = outbox.message_of(put(reply_to="a@example.org"))

    assert isinstance(message, EmailMultiAlternatives)
    assert (message.to, message.cc, message.bcc, message.reply_to) == (
        ["buero@example.org"],
        [],
        [],
        ["a@example.org"],
    )
