"""Mail scanners open, prefetch and send everything: nothing may change by that."""

from datetime import timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.answers import end_item, not_mine
from herne_bildung.freshness.actions.entries import hide
from herne_bildung.freshness.actions.hidden import tell_hidden
from herne_bildung.freshness.emails import digest_mail, invitation_mail
from herne_bildung.freshness.models import Confirmation, OutgoingMail
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tests.robot import Robot, everything_stored
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("may_publish", [False, True])
def test_a_robot_that_opens_and_sends_everything_changes_nothing(may_publish):
    kita = make_organisation("Kita", phone="02323 000", email="kita@example.org")
    recipient = make_recipient(kita, may_publish=may_publish)
    other, third = (make_organisation(phone="02323 1") for _ in range(2))
    for one in (other, third):
        recipient.responsibilities.create(organisation=one, may_publish=may_publish)
    entries = [make_entry(one) for one in (kita, other, third)]
    digest = make_digest(*entries, recipient=recipient)
    answered = make_digest(*entries, day=clock.today() - timedelta(days=1))
    first, second, _last = answered.items.all()
    end_item(answered, first.pk)
    not_mine(answered, second.pk, "die Nachbarin")
    expired = make_digest(
        entries[2],
        expires_at=clock.now() - timedelta(days=1),
        recipient=recipient,
        day=clock.today() - timedelta(days=90),
    )
    invited = make_recipient(kita, allowed_at=None, invited_at=clock.now())
    tell_hidden([hide(entries[2], reason="Niemand hat es bestätigt.")])
    mails = [digest_mail(digest), digest_mail(expired), invitation_mail(invited)]
    mails += list(OutgoingMail.objects.all())
    before = everything_stored()
    robot = Robot()

    for mail in mails:
        robot.read_mail(mail.text, mail.html)

    assert {
        table: (before[table], now)
        for table, now in everything_stored().items()
        if before[table] != now
    } == {}
    assert robot.broken == {}
    # It did reach the forms, in German and Arabic.
    assert robot.sent >= 30
    assert Confirmation.objects.count() == 0
