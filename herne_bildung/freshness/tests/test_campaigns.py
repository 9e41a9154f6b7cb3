"""Campaigns: looked at beforehand, started once, asked by the next run."""

from datetime import time, timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions.answers import confirm_items
from herne_bildung.freshness.actions.campaigns import (
    Preview,
    asked_by,
    next_run_on,
    preview,
    start,
)
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.actions.sync import sync_all
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.models import (
    Campaign,
    Confirmation,
    Digest,
    DigestItem,
    MaintainedEntry,
)
from herne_bildung.freshness.tests.factories import (
    go_to,
    make_confirmed,
    make_recipient,
)
from herne_bildung.freshness.tests.runs import MONDAY, calls, digests, due_now
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
DAY = timedelta(days=1)


def make_campaign(days: int = 80) -> Campaign:
    return Campaign.objects.create(
        name="Vor den Ferien", covers_until=MONDAY + days * DAY
    )


def due_later(days: int, organisation=None, **row) -> MaintainedEntry:
    """An entry due in so many days; nobody is asked about it yet."""
    entry = due_now(organisation, due_on=MONDAY + days * DAY, **row)
    MaintainedEntry.objects.filter(pk=entry.pk).update(next_on=MONDAY + DAY * days / 2)
    return entry


def test_preview_says_who_would_get_what():
    one, two = due_later(80), due_later(10)
    due_later(81)
    due_later(10, step=Step.ASKED, step_on=MONDAY)
    nobody = due_later(20)
    recipient = make_recipient(one.organisation)
    recipient.responsibilities.create(organisation=two.organisation, rank=1)
    closed, spaced = due_later(30), due_later(31)
    make_recipient(closed.organisation)
    closed.organisation.closed_periods.create(first_day=MONDAY, last_day=MONDAY)
    last_friday = MONDAY - 3 * DAY
    had_one = make_recipient(spaced.organisation, last_digest_on=last_friday)
    due_later(32, confirmed_at=clock.now())
    campaign = make_campaign()

    found = preview(campaign)

    assert found == Preview(
        mails=[(recipient, [two, one])],
        later=[(had_one, [spaced])],
        waiting=[closed],
        without_recipient=[nobody],
        left_out=1,
    )
    assert found.entries == 5
    assert not MaintainedEntry.objects.exclude(campaign=None).exists()
    # The next run does just that.
    start(campaign, None)
    take_steps()
    assert {
        (item.digest.recipient, item.entry) for item in DigestItem.objects.all()
    } == {(recipient, one), (recipient, two)}
    assert calls() == [(nobody.pk, "no_contact")]


def test_preview_looks_at_the_day_of_the_next_run():
    go_to(MONDAY - 3 * DAY, time(12))

    assert next_run_on() == MONDAY


def test_empty_campaign_is_not_started():
    campaign = start(make_campaign(), make_user())

    assert (campaign.started_at, campaign.entries_asked) == (None, None)


def test_started_campaign_says_who_was_asked_also_after_the_answer():
    entry = due_later(70)
    recipient = make_recipient(entry.organisation)
    campaign = start(make_campaign(), None)
    take_steps()
    digest = Digest.objects.get()
    confirm_items(
        digest,
        {
            item.pk: mark_of(entry.fingerprints, item.groups)
            for item in digest.items.all()
        },
    )

    [item] = asked_by(campaign)

    entry.refresh_from_db()
    assert entry.campaign is None
    assert (item.digest.recipient, item.entry, item.decision) == (
        recipient,
        entry,
        "confirmed",
    )


@pytest.mark.parametrize("number", [1, 3])
def test_preview_takes_the_same_queries_for_many(django_assert_num_queries, number):
    for _ in range(number):
        make_recipient(due_later(20).organisation)
        due_later(20)
    campaign = make_campaign()

    with django_assert_num_queries(12):
        found = preview(campaign)

    assert found.entries == 2 * number


def test_next_run_asks_what_a_campaign_covers():
    covered, other = due_later(70), due_later(90)
    for entry in (covered, other):
        make_recipient(entry.organisation)
    campaign, user = make_campaign(), make_user()

    started = start(campaign, user)
    again = start(campaign, make_user())

    assert (started.entries_asked, started.started_by) == (1, user)
    assert (again.started_at, again.started_by) == (started.started_at, user)
    assert take_steps().mailed == 1
    assert list(DigestItem.objects.values_list("entry_id", flat=True)) == [covered.pk]
    assert take_steps().mailed == 0


def test_campaign_survives_the_nightly_sync_and_ends_with_the_answer():
    entry = make_confirmed(MONDAY, make_organisation(phone="02323 000"))
    recipient = make_recipient(entry.organisation)
    on_the_same_day = start(make_campaign(days=200), None)
    go_to(MONDAY + DAY)
    started = start(make_campaign(days=200), None)

    go_to(MONDAY + 2 * DAY)
    sync_all()
    take_steps()
    entry.refresh_from_db()
    asked = entry.step
    confirm(
        entry,
        groups=["contact"],
        how=Confirmation.How.MAIL_LINK,
        recipient=recipient,
    )
    sync_all()
    go_to(MONDAY + 10 * DAY)
    take_steps()

    entry.refresh_from_db()
    assert (on_the_same_day.entries_asked, started.entries_asked) == (None, 1)
    assert asked == Step.ASKED
    assert (entry.step, entry.campaign) == (Step.NONE, None)
    assert len(digests()) == 1


def test_campaign_still_writes_one_mail_in_six_days():
    due, covered = due_now(), due_later(70)
    recipient = make_recipient(due.organisation)
    recipient.responsibilities.create(organisation=covered.organisation, rank=1)
    take_steps()
    start(make_campaign(), None)

    go_to(MONDAY + DAY)
    assert take_steps().mailed == 0
    go_to(MONDAY + 7 * DAY)
    assert take_steps().mailed == 1
