"""Where mails lead nowhere: the call list, with its reason, and back from it."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm, put_on_call_list
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    DigestItem,
    MaintainedEntry,
)
from herne_bildung.freshness.tests.factories import (
    go_to,
    make_confirmed,
    make_entry,
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


def test_without_anybody_to_mail_entries_are_on_the_call_list_at_once():
    bounced = make_organisation(parent=make_organisation())
    make_recipient(bounced, bounced_at=clock.now())
    make_recipient(bounced.parent)
    invited = make_organisation()
    make_recipient(invited, allowed_at=None)
    document = make_organisation(as_of="2017", parent=bounced.parent)
    entries = [
        due_now(make_organisation()),
        due_now(invited),
        due_now(bounced),
        due_now(document, confirmed_at=None),
        due_now(organisation=make_organisation(), step=Step.PARENT, step_on=MONDAY),
    ]
    gone = due_now(make_organisation())
    MaintainedEntry.objects.filter(pk=gone.pk).update(organisation=None)

    report = take_steps()

    assert (report.calls, report.mailed) == (6, 0)
    assert calls() == [
        (entry.pk, reason)
        for entry, reason in zip(
            [*entries, gone],
            [
                Reason.NO_CONTACT,
                Reason.NO_CONTACT,
                Reason.BOUNCED,
                Reason.DOCUMENT,
                Reason.NO_ANSWER,
                Reason.NO_CONTACT,
            ],
            strict=True,
        )
    ]


def test_entry_from_a_document_is_never_hidden_by_the_run():
    go_to(CONFIRMED)
    entry = make_entry(make_organisation(as_of="2017"))

    run_days(CONFIRMED, date(2026, 9, 30))

    entry.refresh_from_db()
    assert steps_of(entry) == [(Step.CALL, "2026-03-02", "")]
    assert (entry.is_public, entry.next_on) == (True, None)


def test_entry_on_the_call_list_is_asked_by_mail_when_there_is_a_contact():
    entry = due_now()
    take_steps()
    recipient = make_recipient(entry.organisation)
    go_to(MONDAY + timedelta(days=1))

    report = take_steps()

    entry.refresh_from_db()
    call = Call.objects.get()
    assert (report.mailed, report.calls) == (1, 0)
    assert (entry.step, entry.round) == (Step.ASKED, 2)
    assert (call.reason, call.result) == (Reason.NO_CONTACT, Call.Result.SETTLED)
    assert digests() == [("2026-09-01", recipient.email)]


def test_entry_on_the_call_list_after_mails_stays_there():
    entry = due_now(step=Step.PARENT, step_on=MONDAY)
    make_recipient(entry.organisation)
    take_steps()
    go_to(MONDAY + timedelta(days=1))

    assert take_steps().mailed == 0
    assert calls() == [(entry.pk, Reason.NO_ANSWER)]


def test_who_is_not_responsible_is_not_asked_again():
    entry = due_now()
    said_no = make_recipient(entry.organisation, email="nein@example.org")
    take_steps()
    DigestItem.objects.update(decision=DigestItem.Decision.NOT_MINE)
    colleague = make_recipient(entry.organisation, is_role_mailbox=False)
    MaintainedEntry.objects.update(next_on=MONDAY + timedelta(days=1))
    go_to(MONDAY + timedelta(days=1))
    take_steps()

    assert [email for _step, _day, email in steps_of(entry)] == [
        said_no.email,
        colleague.email,
    ]

    DigestItem.objects.update(decision=DigestItem.Decision.NOT_MINE)
    MaintainedEntry.objects.update(next_on=MONDAY + timedelta(days=2))
    go_to(MONDAY + timedelta(days=2))
    take_steps()

    assert calls() == [(entry.pk, Reason.NOT_MINE)]


def test_not_mine_taken_back_counts_no_more():
    entry = due_now()
    recipient = make_recipient(entry.organisation)
    take_steps()
    DigestItem.objects.update(decision=DigestItem.Decision.NOT_MINE)
    DigestItem.objects.update(decision="")
    MaintainedEntry.objects.update(next_on=MONDAY + timedelta(days=7))
    go_to(MONDAY + timedelta(days=7))

    take_steps()

    assert digests()[1:] == [("2026-09-07", recipient.email)]


@pytest.mark.parametrize("reason", [Reason.NO_ANSWER, Reason.REPORT])
def test_organisation_that_answered_by_telephone_only_is_called_at_once(reason):
    entry = make_confirmed(CONFIRMED)
    make_recipient(entry.organisation)
    go_to(CONFIRMED + timedelta(days=1))
    put_on_call_list(entry, reason)
    confirm(entry, groups=list(entry.groups), how=Confirmation.How.PHONE)
    go_to(MONDAY)
    MaintainedEntry.objects.update(next_on=MONDAY)

    report = take_steps()

    expected = (0, 1) if reason == Reason.NO_ANSWER else (1, 0)
    assert (report.mailed, report.calls) == expected


def test_contact_allowed_after_the_call_is_mailed():
    entry = make_confirmed(CONFIRMED)
    put_on_call_list(entry, Reason.NO_ANSWER)
    confirm(entry, groups=list(entry.groups), how=Confirmation.How.PHONE)
    go_to(MONDAY)
    recipient = make_recipient(entry.organisation)
    MaintainedEntry.objects.update(next_on=MONDAY)

    take_steps()

    assert digests() == [("2026-08-31", recipient.email)]
