"""What is hidden is told once, with the way back."""

from datetime import timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions.answers import confirm_items, not_mine
from herne_bildung.freshness.actions.entries import hide
from herne_bildung.freshness.actions.hidden import tell_hidden
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.models import (
    Digest,
    MaintainedEntry,
    OutgoingMail,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tests.runs import MONDAY, due_now
from herne_bildung.freshness.tokens import link_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
OFFICE = "bildungsbuero@localhost"


def told() -> list[str]:
    mails = OutgoingMail.objects.order_by("recipient", "pk")
    return list(mails.values_list("recipient", flat=True))


def to_hide(recipient: Recipient | None, number: int) -> list[MaintainedEntry]:
    found = [due_now(step=Step.CALL, step_on=MONDAY) for _ in range(number)]
    for entry in found if recipient else []:
        recipient.responsibilities.create(organisation=entry.organisation)
    return found


def confirm_all(digest: Digest) -> int:
    seen = {
        item.pk: mark_of(item.entry.fingerprints, item.groups)
        for item in digest.items.select_related("entry")
    }
    return len(confirm_items(digest, seen).done)


def test_run_tells_each_owner_and_the_office_once_and_the_link_shows_all_again():
    # Neither has ever answered.
    recipient, other = (make_recipient(language="en") for _ in range(2))
    entries = to_hide(recipient, 7)
    to_hide(other, 1)
    to_hide(None, 1)

    report = take_steps()

    assert (report.hidden, report.failed) == (9, 0)
    assert told() == sorted([OFFICE, recipient.email, other.email])
    digest = Digest.objects.get(recipient=recipient)
    assert digest.mail.subject == "7 entries are no longer shown"
    assert link_of(digest) in digest.mail.text
    assert [one.title.text in digest.mail.text for one in entries_of(digest)] == [
        True
    ] * 7
    assert confirm_all(digest) == 7
    assert not MaintainedEntry.objects.filter(
        pk__in=[entry.pk for entry in entries], is_public=False
    ).exists()
    recipient.refresh_from_db()
    assert digest.tells_hidden
    # It does not put off the next reminder.
    assert recipient.last_digest_on is None


def entries_of(digest: Digest) -> list:
    return questions_of(digest, "en")


def test_staff_hide_what_was_confirmed_today_and_say_why():
    kita = make_organisation("Kita", phone="02323 000")
    entry, recipient = make_entry(kita), make_recipient(kita, language="en")
    asked = make_digest(entry, recipient=recipient)
    assert confirm_all(asked) == 1

    tell_hidden([hide(entry, reason="Steht leer.", by=make_user())])

    mail = OutgoingMail.objects.get(recipient=recipient.email)
    assert "Reason: Steht leer." in mail.text
    for body in (mail.text, mail.html):
        assert "The Bildungsbüro took it off the site." in body
        assert "we do not know" not in body
    assert "Steht leer." in OutgoingMail.objects.get(recipient=OFFICE).text
    assert confirm_all(Digest.objects.get(tells_hidden=True)) == 1
    entry.refresh_from_db()
    assert (entry.is_public, entry.hidden_at) == (True, None)


def test_two_on_one_day_are_two_mails():
    recipient = make_recipient()
    for entry in to_hide(recipient, 2):
        tell_hidden([hide(entry, reason="x", by=make_user())])

    assert told().count(recipient.email) == 2


def test_body_above_is_told_where_nobody_else_can_be():
    above = make_organisation("Träger")
    recipient = make_recipient(above)
    entry = make_entry(make_organisation(parent=above, phone="02323 1"))

    tell_hidden([hide(entry, reason="x")])

    assert told() == [OFFICE, recipient.email]
    assert confirm_all(Digest.objects.get()) == 1


def test_who_said_not_mine_is_not_told():
    kita = make_organisation("Kita", phone="02323 000")
    entry, first = make_entry(kita), make_recipient(kita)
    second = make_recipient(kita, rank=Responsibility.Rank.SECOND)
    digest = make_digest(entry, recipient=first, day=clock.today() - timedelta(days=9))
    not_mine(digest, digest.items.get().pk)
    OutgoingMail.objects.all().delete()

    tell_hidden([hide(entry, reason="x")])

    assert told() == [OFFICE, second.email]
