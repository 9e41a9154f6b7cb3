"""What staff decide of an entry field by field reaches its proposer in one mail."""

from datetime import timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions import changes
from herne_bildung.freshness.actions.outbox import send_waiting
from herne_bildung.freshness.models import OutgoingMail, ProposedChange
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


def propose(entry, recipient, **fields: str) -> list[ProposedChange]:
    return [
        ProposedChange.objects.create(
            entry=entry,
            field=field,
            old="",
            new=new,
            at=clock.now(),
            recipient=recipient,
        )
        for field, new in fields.items()
    ]


@pytest.fixture
def proposed() -> list[ProposedChange]:
    entry = make_entry(make_organisation("Haus", phone="", email=""))
    recipient = make_recipient(entry.organisation, language="en")
    return propose(
        entry,
        recipient,
        phone="02323 1",
        email="neu@example.org",
        website="https://haus.example",
    )


def test_three_decisions_are_one_mail_ten_minutes_later(proposed, mailbox):
    phone, email, website = proposed
    user = make_user()

    changes.accept([phone], by=user)
    changes.refuse([email], reason="Sie ist falsch.", by=user)
    early = send_waiting()
    changes.accept([website], by=user)
    clock.shift(timedelta(minutes=10))
    sent = send_waiting()

    mail = OutgoingMail.objects.get()
    assert (early, sent, mail.recipient) == (0, 1, phone.recipient.email)
    said = mail.text.split("/en/")[0].splitlines()
    assert [line for line in said if line and not line.startswith("http")] == [
        "Thank you! What you proposed for “Haus” is on the site now:",
        "- Telephone: 02323 1",
        "- Website: https://haus.example",
        "Thank you for what you proposed for “Haus”. We did not take this over:",
        "- Mailbox of the office: neu@example.org",
        "Reason: Sie ist falsch.",
    ]
    assert mail.html.count("<dd") == 3


def test_what_is_decided_after_the_mail_went_is_told_by_another(proposed, mailbox):
    phone, email, website = proposed
    user = make_user()

    changes.accept([phone], by=user)
    OutgoingMail.objects.update(attempts=1, claimed_until=clock.now())
    changes.accept([email], by=user)
    changes.accept([website], by=user)

    first, second = OutgoingMail.objects.order_by("pk")
    told = ("02323 1", "neu@example.org", "https://haus.example")
    assert [[new in mail.text for new in told] for mail in (first, second)] == [
        [True, False, False],
        [False, True, True],
    ]


def test_each_proposer_and_each_entry_has_a_mail_of_its_own(proposed):
    phone = proposed[0]
    [other] = propose(
        phone.entry, make_recipient(phone.entry.organisation), name_de="H"
    )
    entry = make_entry(make_organisation("Haus 2"))
    [elsewhere] = propose(entry, phone.recipient, phone="3")

    changes.refuse([phone, other, elsewhere], reason="Nein.", by=make_user())

    assert OutgoingMail.objects.count() == 3
