"""Digests: what they ask, in which order; fresh links."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions.digests import (
    fresh_link,
    link_for_notice,
    make_digest,
)
from herne_bildung.freshness.actions.steps import take_steps
from herne_bildung.freshness.models import (
    Campaign,
    ClosedPeriod,
    DigestItem,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.questions import questions_of
from herne_bildung.freshness.tests.factories import go_to, make_recipient
from herne_bildung.freshness.tests.runs import MONDAY, due_now
from herne_bildung.freshness.tokens import token_of

pytestmark = pytest.mark.django_db
Decision = DigestItem.Decision
Step = MaintainedEntry.Step
DAY = timedelta(days=1)


def groups(**days: int | None) -> dict[str, dict[str, str | None]]:
    """Groups of facts by the days until they are due; None: never confirmed."""
    return {
        name: {
            "confirmed": None if left is None else "2026-03-01",
            "due": (MONDAY + timedelta(days=left or 90)).isoformat(),
        }
        for name, left in days.items()
    }


def asked_of(entry: MaintainedEntry) -> list[str]:
    return DigestItem.objects.get(entry=entry).groups


def test_groups_due_soon_and_never_confirmed_are_asked():
    entry = due_now(groups=groups(times=42, terms=43, description=None))
    make_recipient(entry.organisation)

    take_steps()

    assert asked_of(entry) == ["description", "times"]


def test_the_group_due_first_is_asked_however_late_it_is():
    entry = due_now(
        due_on=MONDAY + 60 * DAY, groups=groups(times=60, terms=61, description=90)
    )
    make_recipient(entry.organisation)

    take_steps()

    assert asked_of(entry) == ["times"]


def test_campaign_asks_all_that_it_covers():
    campaign = Campaign.objects.create(name="Sommer", covers_until=MONDAY + 80 * DAY)
    entry = due_now(
        due_on=MONDAY + 60 * DAY,
        groups=groups(times=60, terms=80, description=81),
        campaign=campaign,
    )
    make_recipient(entry.organisation)

    take_steps()

    assert asked_of(entry) == ["terms", "times"]


def test_most_urgent_first_then_quickest():
    later = due_now(due_on=MONDAY + 30 * DAY, groups=groups(contact=30))
    slow = due_now(due_on=MONDAY + DAY, groups=groups(contact=1, description=2))
    quick = due_now(due_on=MONDAY + 2 * DAY, groups=groups(contact=2))
    days = groups(contact=-20, description=-20)
    overdue = due_now(due_on=MONDAY - 20 * DAY, groups=days)

    digest = make_digest(
        make_recipient(), [(entry, 1) for entry in (later, slow, quick, overdue)]
    )

    assert [one.item.entry for one in questions_of(digest, "de")] == [
        overdue,
        quick,
        slow,
        later,
    ]


def test_mail_and_link_of_a_digest():
    entry = due_now()
    recipient = make_recipient()

    digest = make_digest(recipient, [(entry, Step.ASKED)])

    recipient.refresh_from_db()
    assert digest.mail.key == f"digest:{recipient.pk}:2026-08-31"
    assert digest.mail.recipient == recipient.email
    assert token_of(digest) in digest.mail.text
    assert digest.mail.list_unsubscribe
    assert digest.expires_at - digest.created_at == timedelta(days=60)
    assert recipient.last_digest_on == MONDAY


def test_second_digest_of_a_day_is_refused_by_the_database():
    recipient = make_recipient()
    make_digest(recipient, [(due_now(), Step.ASKED)])

    with pytest.raises(IntegrityError), transaction.atomic():
        make_digest(recipient, [(due_now(), Step.ASKED)])

    assert OutgoingMail.objects.count() == 1


def test_fresh_link_asks_what_is_still_open():
    entries = [due_now() for _ in range(4)]
    recipient = make_recipient(entries[0].organisation)
    for entry in entries[1:]:
        recipient.responsibilities.create(organisation=entry.organisation, rank=1)
    take_steps()
    digest = recipient.digests.get()
    confirmed, not_mine, ended, still_open = entries
    MaintainedEntry.objects.filter(pk=confirmed.pk).update(round=2)
    digest.items.filter(entry=not_mine).update(decision=Decision.NOT_MINE)
    MaintainedEntry.objects.filter(pk=ended.pk).update(is_public=False)
    go_to(MONDAY + 61 * DAY)

    fresh = fresh_link(digest)

    assert fresh.is_requested
    assert list(fresh.items.values_list("entry_id", "step")) == [
        (still_open.pk, Step.ASKED)
    ]
    assert fresh.mail.key == f"digest:{recipient.pk}:2026-10-31:requested"
    recipient.refresh_from_db()
    assert recipient.last_digest_on == MONDAY


@pytest.mark.parametrize("decision", [Decision.PROPOSED, Decision.CORRECTED])
def test_fresh_link_asks_what_is_answered_but_not_confirmed(decision):
    entry = due_now()
    recipient = make_recipient(entry.organisation)
    take_steps()
    DigestItem.objects.update(decision=decision, note="Dienstag statt Montag")

    fresh = fresh_link(recipient.digests.get())

    assert list(fresh.items.values_list("entry_id", flat=True)) == [entry.pk]


def test_link_of_a_notice_keeps_no_fresh_link_away():
    entry = due_now()
    recipient = make_recipient(entry.organisation)
    take_steps()
    link_for_notice(recipient, entry)
    link_for_notice(recipient, entry)

    assert fresh_link(recipient.digests.get(is_of_notice=False)) is not None


def test_what_falls_due_in_one_pause_is_asked_together_before_it():
    organisation = make_organisation()
    ClosedPeriod.objects.create(
        organisation=organisation,
        first_day=MONDAY + 30 * DAY,
        last_day=MONDAY + 80 * DAY,
    )
    entry = due_now(
        organisation,
        due_on=MONDAY + 31 * DAY,
        groups=groups(times=31, terms=80, description=81),
    )
    make_recipient(entry.organisation)

    take_steps()

    assert asked_of(entry) == ["terms", "times"]


def test_fresh_link_is_made_once_a_day():
    entry = due_now()
    recipient = make_recipient(entry.organisation)
    take_steps()
    digest = recipient.digests.get()

    first, again = fresh_link(digest), fresh_link(digest)
    go_to(MONDAY + DAY)
    next_day = fresh_link(digest)

    assert first == again
    assert next_day not in {None, first}
    assert OutgoingMail.objects.count() == 3


@pytest.mark.parametrize("column", ["declined_at", "bounced_at"])
def test_fresh_link_goes_nowhere_without_permission(column):
    entry = due_now()
    recipient = make_recipient(entry.organisation)
    take_steps()
    setattr(recipient, column, recipient.allowed_at)
    recipient.save()

    assert fresh_link(recipient.digests.get()) is None
    assert OutgoingMail.objects.count() == 1


def test_fresh_link_of_nothing_is_none():
    entry = due_now(make_organisation())
    recipient = make_recipient(entry.organisation)
    take_steps()
    DigestItem.objects.update(decision=Decision.CONFIRMED)

    assert fresh_link(recipient.digests.get()) is None
