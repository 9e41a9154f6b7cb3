"""Addresses that refuse mails: told at once by the server, or later by a report."""

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions import outbox
from herne_bildung.freshness.actions.bounces import mark_bounced
from herne_bildung.freshness.actions.outbox import message_id
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.tests.factories import go_to, make_recipient, put
from herne_bildung.freshness.tests.runs import MONDAY, calls, digests, due_now
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
NOTHING = "Nichts Endgültiges: nichts geändert.\n"
NOBODY = "Von keiner Adresse, an die Erinnerungen gehen.\n"

REPORT = """\
From: MAILER-DAEMON@mail.example.org
To: portal@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

--b1
Content-Type: text/plain; charset=us-ascii

This is the mail system.

--b1
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.org
Arrival-Date: Mon, 31 Aug 2026 06:30:10 +0200

Final-Recipient: rfc822; {final}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such
    mailbox

--b1
Content-Type: text/rfc822-headers

Message-ID: {message_id}
Subject: Bitte schauen

--b1--
"""


def report(**values: str) -> str:
    return REPORT.format(
        **{
            "final": "weg@example.org",
            "action": "failed",
            "status": "5.1.1",
            "message_id": "<someone@else.example>",
        }
        | values
    )


@pytest.fixture
def read_bounce(monkeypatch, capsys):
    """Gives a text to the command; returns what it says."""

    def run(text: str | bytes) -> str:
        raw = text if isinstance(text, bytes) else text.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        call_command("read_bounce")
        return capsys.readouterr().out

    return run


def asked(address: str = "weg@example.org") -> tuple[MaintainedEntry, Recipient]:
    """An entry asked today, and whom."""
    entry = due_now()
    recipient = make_recipient(entry.organisation, email=address)
    take_steps()
    entry.refresh_from_db()
    return entry, recipient


def test_refused_address_is_marked_and_its_entries_are_called(mailbox):
    mailbox.refuse.add("weg@example.org")
    entry, recipient = asked()
    put("andere")

    assert outbox.send_waiting() == 1

    mail = OutgoingMail.objects.get(recipient="weg@example.org")
    recipient.refresh_from_db()
    entry.refresh_from_db()
    said = "550 5.1.1 no such mailbox"
    assert (mail.attempts, mail.last_error, mail.claimed_until) == (1, said, None)
    assert mail.failed_at is not None
    assert (recipient.bounce_reason, recipient.is_usable) == (said, False)
    assert calls() == [(entry.pk, Call.Reason.BOUNCED)]
    assert (entry.step, Call.objects.get().note) == (Step.CALL, said)
    assert outbox.send_waiting() == 0


@pytest.mark.parametrize(
    "answer", ["450 4.2.1 try again later", "550 5.7.1 relaying denied"]
)
def test_refusal_that_is_not_about_the_address_is_tried_again(mailbox, answer):
    mailbox.refuse.add("weg@example.org")
    mailbox.refusal = answer
    _entry, recipient = asked()

    outbox.send_waiting()

    recipient.refresh_from_db()
    mail = OutgoingMail.objects.get()
    assert (mail.attempts, mail.failed_at, recipient.bounced_at) == (1, None, None)
    assert mail.due_at > clock.now()
    assert calls() == []


def test_other_first_contact_is_asked_instead(mailbox):
    mailbox.refuse.add("weg@example.org")
    entry, _recipient = asked()
    other = make_recipient(entry.organisation, is_role_mailbox=False)

    outbox.send_waiting()
    go_to(MONDAY + timedelta(days=1))
    take_steps()

    entry.refresh_from_db()
    assert digests() == [
        ("2026-08-31", "weg@example.org"),
        ("2026-09-01", other.email),
    ]
    assert (entry.step, entry.round, calls()) == (Step.ASKED, 2, [])


def test_second_contact_that_refuses_means_a_call():
    entry = due_now(step=Step.REMINDED, step_on=MONDAY - timedelta(days=7))
    make_recipient(entry.organisation)
    second = make_recipient(entry.organisation, rank=Responsibility.Rank.SECOND)
    take_steps()
    first_round = MaintainedEntry.objects.get().step

    mark_bounced(second.email.upper(), "550 weg")

    entry.refresh_from_db()
    assert first_round == Step.SECOND_CONTACT
    assert (entry.step, calls()) == (Step.CALL, [(entry.pk, Call.Reason.BOUNCED)])


def test_what_was_answered_or_asked_elsewhere_since_is_left_alone():
    entry, recipient = asked()
    MaintainedEntry.objects.update(round=2, step=Step.NONE, step_on=None)

    mark_bounced(recipient.email, "550 weg")
    mark_bounced(recipient.email, "551 noch einmal")

    entry.refresh_from_db()
    recipient.refresh_from_db()
    assert (entry.step, recipient.bounce_reason, calls()) == (Step.NONE, "550 weg", [])
    assert mark_bounced("fremd@example.org", "550") is None


def test_report_names_the_address(read_bounce, mailbox):
    entry, recipient = asked()
    outbox.send_waiting()

    assert read_bounce(report()) == "weg@example.org nimmt keine Mails an: vermerkt.\n"

    recipient.refresh_from_db()
    assert recipient.bounced_at is not None
    assert recipient.bounce_reason == "smtp; 550 5.1.1 no such mailbox"
    assert calls() == [(entry.pk, Call.Reason.BOUNCED)]


def test_report_about_a_forwarded_mail_is_found_by_its_message_id(read_bounce, mailbox):
    _entry, recipient = asked()
    outbox.send_waiting()
    mail = OutgoingMail.objects.get()

    said = read_bounce(report(final="privat@else.example", message_id=message_id(mail)))

    assert said == f"{recipient.email} nimmt keine Mails an: vermerkt.\n"


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"action": "delayed", "status": "4.4.1"}, NOTHING),
        ({"action": "failed", "status": "4.4.7"}, NOTHING),
        # About our server, as in the session.
        ({"action": "failed", "status": "5.7.1"}, NOTHING),
        ({"action": "delivered", "status": "2.0.0"}, NOTHING),
        ({"final": "fremd@example.org"}, NOBODY),
        ({"final": "keine adresse"}, NOBODY),
        # A number that is one of ours, with the wrong second.
        ({"final": "x@y.example", "message_id": "<outbox-{pk}-1@a>"}, NOBODY),
    ],
)
def test_reports_that_change_nothing(read_bounce, mailbox, values, expected):
    _entry, recipient = asked()
    outbox.send_waiting()
    pk = OutgoingMail.objects.get().pk
    values = {name: value.replace("{pk}", str(pk)) for name, value in values.items()}

    assert read_bounce(report(**values)) == expected

    recipient.refresh_from_db()
    assert recipient.bounced_at is None


def test_invented_report_about_an_address_not_written_to_changes_nothing(read_bounce):
    recipient = make_recipient(make_organisation(), email="weg@example.org")

    assert read_bounce(report()) == NOBODY

    recipient.refresh_from_db()
    assert recipient.bounced_at is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Guten Tag, ich bin im Urlaub.",
        b"\xff\xfe\x00" * 50,
        "Content-Type: multipart/report; boundary=b1\n\n--b1--\n",
        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; a@b.c\n",
        report().replace("multipart/report", "multipart/mixed"),
        report().partition("--b1\nContent-Type: message")[0],
    ],
)
def test_anything_else_is_one_sentence(read_bounce, text):
    with pytest.raises(CommandError) as refused:
        read_bounce(text)

    assert str(refused.value) == (
        "Das ist keine Rückmeldung eines Mailservers (RFC 3464)."
    )
    assert refused.value.returncode == 1


def test_mail_server_that_pipes_something_else_sees_a_failure():
    done = subprocess.run(
        [sys.executable, "-m", "django", "read_bounce"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "herne_bildung.settings"},
        cwd=settings.BASE_DIR,
        input="Guten Tag",
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "CommandError: Das ist keine Rückmeldung eines Mailservers (RFC 3464)."
    ]
