"""When the daily run writes: pauses, weekends, holidays, gathering, spacing."""

from datetime import date, time, timedelta

import pytest

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Call,
    ClosedPeriod,
    Digest,
    DigestItem,
    MaintainedEntry,
    Recipient,
)
from herne_bildung.freshness.tests.factories import (
    go_to,
    make_confirmed,
    make_entry,
    make_recipient,
)
from herne_bildung.freshness.tests.runs import (
    MONDAY,
    digests,
    due_now,
    run_days,
    steps_of,
)
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
DAY = timedelta(days=1)
SUMMER = (date(2027, 7, 19), date(2027, 8, 31))
AUTUMN = (date(2026, 10, 17), date(2026, 10, 31))


def make_holidays(*periods: tuple[date, date]) -> None:
    for first, last in periods:
        SchoolHoliday.objects.create(name="Ferien", starts_on=first, ends_on=last)


@pytest.mark.parametrize(
    ("confirmed", "expected"),
    [
        # Due in the summer holidays: all steps have their time before them.
        (date(2027, 2, 1), ["2027-06-21", "2027-06-28", "2027-07-05"]),
        # Due on the last day of the holidays.
        (date(2027, 2, 28), ["2027-06-21", "2027-06-28", "2027-07-05"]),
        # Due after them, to be asked in them.
        (date(2027, 3, 15), ["2027-07-12", "2027-09-01", "2027-09-08"]),
        # Due right after the autumn holidays.
        (date(2026, 5, 2), ["2026-09-28", "2026-10-05", "2026-10-12"]),
    ],
)
def test_what_falls_due_in_holidays_is_asked_before_them(confirmed, expected):
    make_holidays(AUTUMN, SUMMER)
    entry = make_confirmed(confirmed, make_organisation(phone="02323 000"))
    make_recipient(entry.organisation)

    run_days(date.fromisoformat(expected[0]) - 7 * DAY, date.fromisoformat(expected[2]))

    assert [(step, day) for step, day, _email in steps_of(entry)] == [
        (Step.ASKED, expected[0]),
        (Step.REMINDED, expected[1]),
        (Step.CALL, expected[2]),
    ]


def test_nobody_is_mailed_in_holidays():
    make_holidays((MONDAY - DAY, MONDAY + 10 * DAY))
    entry = due_now()
    make_recipient(entry.organisation)

    report = take_steps()
    run_days(MONDAY, MONDAY + 14 * DAY)

    assert (report.mailed, report.waiting) == (0, 1)
    assert [day for day, _email in digests()] == ["2026-09-11"]


def test_closed_weeks_are_those_of_one_organisation():
    closed, opened = due_now(), due_now()
    ClosedPeriod.objects.create(
        organisation=closed.organisation, first_day=MONDAY, last_day=MONDAY + 3 * DAY
    )
    make_recipient(closed.organisation, email="zu@example.org")
    make_recipient(opened.organisation, email="offen@example.org")

    run_days(MONDAY, MONDAY + 6 * DAY)

    assert digests() == [
        ("2026-08-31", "offen@example.org"),
        ("2026-09-04", "zu@example.org"),
    ]


def test_body_above_is_not_asked_in_its_own_closed_weeks():
    parent = make_organisation()
    due_now(make_organisation(parent=parent))
    make_recipient(parent, email="traeger@example.org")
    ClosedPeriod.objects.create(
        organisation=parent, first_day=MONDAY, last_day=MONDAY + DAY
    )

    run_days(MONDAY, MONDAY + 6 * DAY)

    assert digests() == [("2026-09-02", "traeger@example.org")]


def test_nothing_is_hidden_in_a_pause_and_the_call_list_does_not_wait():
    make_holidays((MONDAY, MONDAY + 3 * DAY))
    hiding = due_now(step=Step.CALL, step_on=MONDAY - 28 * DAY)
    due_now(make_organisation())

    report = take_steps()

    hiding.refresh_from_db()
    assert (report.hidden, report.calls, report.waiting) == (0, 1, 1)
    assert hiding.is_public


@pytest.mark.parametrize("day", [date(2026, 8, 29), date(2026, 8, 30)])
def test_saturdays_and_sundays_are_no_days_for_mails(day):
    entry = due_now()
    make_recipient(entry.organisation)
    MaintainedEntry.objects.update(next_on=day)

    run_days(day, MONDAY)

    assert [day for day, _email in digests()] == ["2026-08-31"]


# Corpus Christi and Ascension, both a Thursday.
@pytest.mark.parametrize("holiday", [date(2026, 6, 4), date(2027, 5, 6)])
def test_no_mail_on_a_public_holiday_but_on_the_day_after(holiday):
    go_to(holiday)
    entry = make_entry(next_on=holiday, due_on=holiday + 20 * DAY)
    make_recipient(entry.organisation)

    reports = [take_steps()]
    go_to(holiday + DAY)
    reports.append(take_steps())

    assert [report.mailed for report in reports] == [0, 1]
    assert [day for _step, day, _to in steps_of(entry)] == [f"{holiday + DAY}"]


def test_weekend_puts_on_the_call_list_only_what_nobody_can_be_mailed_about():
    go_to(MONDAY)
    document = make_entry(make_organisation(as_of="2017", phone="1"))
    alone = due_now(make_organisation())
    asked = due_now()
    make_recipient(asked.organisation)
    hiding = due_now(step=Step.CALL, step_on=MONDAY)
    go_to(MONDAY + 5 * DAY)

    report = take_steps()

    hiding.refresh_from_db()
    called = list(Call.objects.order_by("pk").values_list("entry", "reason"))
    assert called == [(document.pk, "document"), (alone.pk, "no_contact")]
    assert (report.calls, report.mailed, report.hidden) == (2, 0, 0)
    assert hiding.is_public


@pytest.mark.parametrize("day", [date(2026, 10, 26), date(2028, 3, 27)])
@pytest.mark.parametrize("wall", [time(0, 30), time(23, 30)])
def test_days_are_those_of_herne_when_the_clock_changes(day, wall):
    go_to(day, wall)
    entry = make_entry(
        due_on=day + 10 * DAY,
        next_on=day,
        confirmed_at=clock.now() - 90 * DAY,
    )
    make_recipient(entry.organisation)
    go_to(day - 3 * DAY, time(23, 59))
    before = take_steps().mailed
    go_to(day, wall)

    assert (before, take_steps().mailed, take_steps().mailed) == (0, 1, 0)
    assert digests()[0][0] == day.isoformat()


def test_whoever_gets_a_mail_is_asked_about_all_that_falls_due_soon():
    organisation, other = make_organisation(), make_organisation()
    due = due_now(organisation)
    recipient = make_recipient(organisation, email="alle@example.org")
    recipient.responsibilities.create(organisation=other, rank=1)
    soon = due_now(other, due_on=MONDAY + 42 * DAY)
    late = due_now(make_organisation(), due_on=MONDAY + 43 * DAY)
    asked_before_next_mail = due_now(make_organisation(), due_on=MONDAY + 60 * DAY)
    new = due_now(make_organisation(), due_on=MONDAY + 28 * DAY, confirmed_at=None)
    of_other = due_now(make_organisation())
    make_recipient(of_other.organisation, last_answer_at=clock.now())
    for entry in (late, asked_before_next_mail, new, of_other):
        recipient.responsibilities.create(organisation=entry.organisation, rank=1)
    later = MaintainedEntry.objects.exclude(pk=due.pk)
    later.update(next_on=MONDAY + 21 * DAY)
    later.filter(pk=asked_before_next_mail.pk).update(next_on=MONDAY + 6 * DAY)

    report = take_steps()

    assert (report.mailed, report.asked) == (1, 3)
    assert list(DigestItem.objects.values_list("entry_id", flat=True)) == [
        due.pk,
        soon.pk,
        asked_before_next_mail.pk,
    ]
    soon.refresh_from_db()
    assert (soon.step, soon.step_on) == (Step.ASKED, MONDAY)


def test_none_of_many_is_cut_off():
    recipient = make_recipient()
    for _ in range(70):
        organisation = make_organisation()
        due_now(organisation)
        recipient.responsibilities.create(organisation=organisation, rank=1)

    take_steps()

    digest = Digest.objects.get()
    assert digest.items.count() == 70
    assert all(item.entry.title in digest.mail.text for item in digest.items.all())


def test_next_mail_to_a_recipient_waits_six_days():
    first, second = due_now(), due_now()
    recipient = make_recipient(first.organisation)
    recipient.responsibilities.create(organisation=second.organisation, rank=1)
    # New, so that nothing is gathered before its day.
    MaintainedEntry.objects.filter(pk=second.pk).update(
        next_on=MONDAY + DAY, confirmed_at=None
    )

    take_steps()
    go_to(MONDAY + DAY)
    spaced = take_steps().spaced
    run_days(MONDAY + 2 * DAY, MONDAY + 14 * DAY)

    assert spaced == 1
    # Six days later is a Sunday.
    assert [day for day, _email in digests()][:2] == ["2026-08-31", "2026-09-07"]


def test_mail_repeats_what_is_still_open(settings):
    settings.CARE_REMIND_AFTER_DAYS = 14
    first, second = due_now(), due_now()
    recipient = make_recipient(first.organisation)
    recipient.responsibilities.create(organisation=second.organisation, rank=1)
    MaintainedEntry.objects.filter(pk=second.pk).update(
        next_on=MONDAY + 7 * DAY, confirmed_at=None
    )
    take_steps()
    go_to(MONDAY + 7 * DAY)
    take_steps()

    items = DigestItem.objects.filter(digest__day=MONDAY + 7 * DAY)
    assert set(items.values_list("entry_id", "step")) == {
        (first.pk, Step.ASKED),
        (second.pk, Step.ASKED),
    }
    assert len(steps_of(first)) == 1
    assert Recipient.objects.get().last_digest_on == MONDAY + 7 * DAY
