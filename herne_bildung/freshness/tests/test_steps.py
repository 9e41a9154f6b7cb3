"""The daily run: every step in its order, once, on its day."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
    Responsibility,
)
from herne_bildung.freshness.tests.factories import (
    go_to,
    make_confirmed,
    make_recipient,
)
from herne_bildung.freshness.tests.runs import (
    CONFIRMED,
    MONDAY,
    calls,
    digests,
    due_now,
    run_days,
    steps_of,
)
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
Reason = Call.Reason
SECOND = Responsibility.Rank.SECOND


def test_every_step_is_taken_once_and_in_order():
    parent = make_organisation()
    organisation = make_organisation(parent=parent, phone="02323 000")
    entry = make_confirmed(CONFIRMED, organisation)
    make_recipient(organisation, email="erste@example.org")
    make_recipient(organisation, email="zweite@example.org", rank=SECOND)
    make_recipient(parent, email="traeger@example.org")

    run_days(date(2026, 8, 1), date(2026, 12, 31))

    entry.refresh_from_db()
    organisation.refresh_from_db()
    assert steps_of(entry) == [
        (Step.ASKED, "2026-08-12", "erste@example.org"),
        (Step.REMINDED, "2026-08-19", "erste@example.org"),
        (Step.SECOND_CONTACT, "2026-08-26", "zweite@example.org"),
        (Step.PARENT, "2026-09-02", "traeger@example.org"),
        (Step.CALL, "2026-09-09", ""),
        (Step.HIDDEN, "2026-10-07", ""),
    ]
    assert digests() == [
        ("2026-08-12", "erste@example.org"),
        ("2026-08-19", "erste@example.org"),
        ("2026-08-26", "zweite@example.org"),
        ("2026-09-02", "traeger@example.org"),
    ]
    assert calls() == [(entry.pk, Reason.NO_ANSWER)]
    assert (entry.step, entry.next_on, entry.is_public) == (Step.HIDDEN, None, False)
    assert organisation.status == Organisation.Status.HIDDEN


def test_hiding_tells_owner_and_office(settings):
    settings.CARE_MAILBOX = "bildungsbuero@example.org"
    entry = due_now(step=Step.CALL, step_on=MONDAY - timedelta(days=28))
    make_recipient(entry.organisation, email="erste@example.org")

    assert take_steps().hidden == 1

    assert sorted(OutgoingMail.objects.values_list("recipient", flat=True)) == [
        "bildungsbuero@example.org",
        "erste@example.org",
    ]


def test_answer_ends_the_steps_until_the_next_round():
    entry = make_confirmed(CONFIRMED)
    recipient = make_recipient(entry.organisation)
    run_days(date(2026, 8, 10), date(2026, 8, 14))
    entry.refresh_from_db()

    confirm(
        entry,
        groups=list(entry.groups),
        how=Confirmation.How.MAIL_LINK,
        recipient=recipient,
    )
    run_days(date(2026, 8, 17), date(2026, 12, 31))

    assert [step for step, _day, _email in steps_of(entry)] == [Step.ASKED]
    assert len(digests()) == 1


def test_reminder_goes_to_the_one_who_was_asked():
    entry = due_now()
    first = make_recipient(entry.organisation, is_role_mailbox=False)
    take_steps()
    other = make_recipient(entry.organisation, last_answer_at=clock.now())
    MaintainedEntry.objects.update(next_on=MONDAY + timedelta(days=7))
    go_to(MONDAY + timedelta(days=7))
    take_steps()

    assert digests() == [("2026-08-31", first.email), ("2026-09-07", first.email)]
    assert not DigestItem.objects.filter(digest__recipient=other).exists()


def test_who_answered_for_the_entry_is_asked_again():
    entry = make_confirmed(CONFIRMED)
    make_recipient(entry.organisation, last_answer_at=clock.now())
    answered = make_recipient(entry.organisation, is_role_mailbox=False)
    confirm(
        entry,
        groups=list(entry.groups),
        how=Confirmation.How.MAIL_LINK,
        recipient=answered,
    )
    go_to(MONDAY)

    take_steps()

    assert digests() == [("2026-08-31", answered.email)]


def test_steps_without_anybody_to_ask_are_passed_over_the_same_day():
    parent = make_organisation()
    without_second = due_now(
        make_organisation(parent=parent),
        step=Step.REMINDED,
        step_on=MONDAY - timedelta(days=7),
    )
    without_first = due_now(make_organisation(parent=parent))
    make_recipient(parent, email="traeger@example.org")

    take_steps()

    assert steps_of(without_second) == steps_of(without_first)
    assert steps_of(without_first) == [
        (Step.PARENT, "2026-08-31", "traeger@example.org")
    ]
    assert digests() == [("2026-08-31", "traeger@example.org")]


def test_family_centre_is_asked_for_all_its_members_in_one_mail():
    centre = make_organisation(kind="family_centre")
    kitas = [make_organisation(parent=make_organisation()) for _ in range(3)]
    for kita in kitas:
        NetworkLink.objects.create(centre=centre, member=kita)
    entries = [due_now(organisation) for organisation in (centre, *kitas)]
    recipient = make_recipient(centre)

    take_steps()

    assert digests() == [("2026-08-31", recipient.email)]
    assert set(DigestItem.objects.values_list("entry_id", flat=True)) == {
        entry.pk for entry in entries
    }


def test_waiting_change_and_hidden_entries_are_left_alone():
    waiting = due_now(has_waiting_change=True)
    hidden = due_now(is_public=False)
    for entry in (waiting, hidden):
        make_recipient(entry.organisation)

    assert take_steps().mailed == 0
    assert CareEvent.objects.count() == 0
