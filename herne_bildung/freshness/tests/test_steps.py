"""The daily run: every step in its order, once, on its day."""

from datetime import date, timedelta

import pytest

from herne_bildung.city.models import NetworkLink, Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.entries import confirm, put_on_call_list
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
    make_entry,
    make_recipient,
)
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
Reason = Call.Reason
SECOND = Responsibility.Rank.SECOND
# A Monday; what was confirmed on it is due on a Wednesday, 2026-09-02.
CONFIRMED = date(2026, 3, 2)
MONDAY = date(2026, 8, 31)


def run_days(first: date, last: date) -> None:
    """Every day at half past six, and once more."""
    for number in range((last - first).days + 1):
        go_to(first + timedelta(days=number))
        take_steps()
        take_steps()


def steps_of(entry: MaintainedEntry) -> list[tuple[int, str, str]]:
    """The steps taken: which, when, whom they asked."""
    events = entry.events.filter(what="step").order_by("at", "pk")
    return [
        (
            event.step,
            event.at.astimezone(clock.BERLIN).date().isoformat(),
            event.recipient.email if event.recipient else "",
        )
        for event in events.select_related("recipient")
    ]


def digests() -> list[tuple[str, str]]:
    """All reminders: the day, and to whom."""
    mails = OutgoingMail.objects.filter(key__startswith="digest:").order_by("pk")
    return [(mail.key.split(":")[2], mail.recipient) for mail in mails]


def due_now(organisation: Organisation | None = None, **row) -> MaintainedEntry:
    """An entry confirmed some months ago, to be asked for today, a Monday."""
    go_to(MONDAY)
    moment = clock.now() - timedelta(days=170)
    row = {"due_on": MONDAY + timedelta(days=10), "confirmed_at": moment} | row
    return make_entry(organisation, next_on=MONDAY, **row)


def calls() -> list[tuple[int, str]]:
    return list(Call.objects.order_by("entry_id").values_list("entry_id", "reason"))


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
        (Step.REMINDED, "2026-09-09", "erste@example.org"),
        (Step.SECOND_CONTACT, "2026-09-16", "zweite@example.org"),
        (Step.PARENT, "2026-09-23", "traeger@example.org"),
        (Step.CALL, "2026-09-30", ""),
        (Step.HIDDEN, "2026-10-28", ""),
    ]
    assert digests() == [
        ("2026-08-12", "erste@example.org"),
        ("2026-09-09", "erste@example.org"),
        ("2026-09-16", "zweite@example.org"),
        ("2026-09-23", "traeger@example.org"),
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
