"""The daily run breaks off, or runs twice at once; how much it reads."""

import threading
from datetime import timedelta

import pytest
from django.db import OperationalError, connections, transaction

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions import steps
from herne_bildung.freshness.actions.run_lock import only_run
from herne_bildung.freshness.actions.steps import Going, Report, take_steps
from herne_bildung.freshness.models import (
    CareEvent,
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.planning import Planner
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from herne_bildung.freshness.tests.runs import (
    MONDAY,
    counts,
    due_now,
    make_due,
    written,
)
from herne_bildung.freshness.tests.triggers import (
    BREAK_OFF,
    DEADLOCK,
    KILL,
    REFUSE,
    trouble,
)

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
AT_THE_END_OF_A_MAIL = "UPDATE ON freshness_recipient"
OF_THE_SECOND = "(SELECT count(*) FROM freshness_digest) = 2"


def test_deadlock_with_one_recipient_does_not_keep_the_others(caplog):
    make_due(3)

    with trouble(AT_THE_END_OF_A_MAIL, OF_THE_SECOND, DEADLOCK):
        report = take_steps()

    # The row that counts the mails is taken back with the second one.
    assert (report.mailed, report.failed) == (1, 2)
    assert "deadlock" in caplog.text


def test_run_that_breaks_off_loses_nothing_and_doubles_nothing():
    make_due(3)

    with (
        trouble(AT_THE_END_OF_A_MAIL, OF_THE_SECOND, BREAK_OFF),
        pytest.raises(OperationalError),
    ):
        take_steps()
    after_the_first = written()
    report = take_steps()

    assert after_the_first == counts(1)
    assert report.mailed == 2
    assert written() == counts(3)


@pytest.mark.django_db(transaction=True)
def test_killed_connection_leaves_whole_mails_only():
    make_due(3)

    with (
        trouble(AT_THE_END_OF_A_MAIL, OF_THE_SECOND, KILL),
        pytest.raises(OperationalError),
    ):
        take_steps()
    after_the_first = written()
    report = take_steps()

    assert after_the_first == counts(1)
    assert (report.mailed, report.is_other_running) == (2, False)
    assert written() == counts(3)


def test_trouble_with_one_recipient_does_not_keep_the_others(caplog):
    [entry, *_others] = make_due(3)
    bad = Recipient.objects.get(responsibilities__organisation=entry.organisation)
    # The step was noted before, which cannot be: the database refuses it.
    CareEvent.objects.create(
        entry=entry, what="step", step=Step.ASKED, round=1, at=steps.clock.now()
    )

    report = take_steps()

    assert (report.mailed, report.failed) == (2, 1)
    assert f"no reminder for recipient {bad.pk}" in caplog.text
    assert not Digest.objects.filter(recipient=bad).exists()


def test_trouble_with_hiding_one_entry_does_not_keep_the_others(caplog):
    bad, good = (due_now(step=Step.CALL, step_on=MONDAY) for _ in range(2))
    make_due(1)
    owner = make_recipient(bad.organisation)
    its_mail = f"NEW.recipient = '{owner.email}'"

    with trouble("INSERT ON freshness_outgoingmail", its_mail, REFUSE):
        report = take_steps()

    bad.refresh_from_db()
    good.refresh_from_db()
    assert (report.hidden, report.failed, report.mailed) == (1, 1, 1)
    assert (bad.is_public, bad.step, good.is_public) == (True, Step.CALL, False)
    assert f"entries [{bad.pk}] not hidden" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_each_mail_once():
    make_due(8)
    begin = threading.Barrier(2)
    reports: list[Report] = []

    def work() -> None:
        begin.wait()
        reports.append(take_steps())
        connections.close_all()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(report.mailed for report in reports) == 8
    assert written() == counts(8)


@pytest.mark.django_db(transaction=True)
def test_run_beside_another_one_does_nothing():
    make_due(1)
    reports: list[Report] = []

    def other() -> None:
        reports.append(take_steps())
        connections.close_all()

    with only_run(needed=True) as is_alone:
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()

    assert is_alone
    assert reports == [Report(is_other_running=True)]
    assert take_steps().mailed == 1


@pytest.mark.django_db(transaction=True)
def test_even_without_the_lock_no_mail_is_written_twice():
    """The rows themselves hold it, should the lock ever fail."""
    make_due(6)
    planners = [Planner(MONDAY) for _ in range(2)]
    plans = [planner.due() for planner in planners]
    begin = threading.Barrier(2)
    mails: list[Going] = []

    def work(plan) -> None:
        begin.wait()
        run = steps.Run(MONDAY, Report(), only_kind=None)
        mails.extend(run.mail(plan))
        connections.close_all()

    threads = [threading.Thread(target=work, args=[plan]) for plan in plans]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(mails) == 6
    assert written() == counts(6)


@pytest.mark.django_db(transaction=True)
def test_entry_that_someone_holds_waits_for_the_next_run():
    held, free = make_due(2)
    reports: list[Report] = []

    def other() -> None:
        reports.append(take_steps())
        connections.close_all()

    with transaction.atomic():
        MaintainedEntry.objects.select_for_update().get(pk=held.pk)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(timeout=20)

    assert [report.mailed for report in reports] == [1]
    assert list(DigestItem.objects.values_list("entry_id", flat=True)) == [free.pk]
    assert take_steps().mailed == 1


def test_entry_answered_after_the_plan_is_not_asked():
    [entry] = make_due(1)
    plan = Planner(MONDAY).due()
    MaintainedEntry.objects.filter(pk=entry.pk).update(round=2)

    run = steps.Run(MONDAY, Report(), only_kind=None)

    assert list(run.mail(plan)) == []
    assert written() == counts(0)


def test_second_run_of_a_day_does_nothing():
    make_due(2)
    due_now()

    first, second = take_steps(), take_steps()

    assert (first.mailed, first.calls) == (2, 1)
    assert second == Report()
    assert tasks.take_steps() == 0
    assert written() == counts(2, calls=1)


@pytest.mark.parametrize("number", [1, 3])
def test_scan_takes_the_same_few_queries(django_assert_num_queries, number):
    make_due(number)
    for _ in range(number):
        due_now()
        due_now(make_organisation(), step=Step.CALL, step_on=MONDAY)

    with django_assert_num_queries(11):
        plan = Planner(MONDAY).due()

    assert (len(plan.mails), len(plan.calls), len(plan.to_hide)) == (number,) * 3


@pytest.mark.parametrize("number", [1, 3])
def test_one_digest_takes_the_same_queries_for_many_entries(
    django_assert_num_queries, number
):
    recipient = make_recipient()
    for _ in range(number):
        entry = due_now()
        recipient.responsibilities.create(organisation=entry.organisation, rank=1)
    go_to(MONDAY + timedelta(days=1))
    take_steps(dry_run=True)

    with django_assert_num_queries(38):
        report = take_steps()

    assert (report.mailed, report.asked) == (1, number)
