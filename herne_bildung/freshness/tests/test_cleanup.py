"""What is kept has an end, and nothing goes before it."""

from datetime import date, datetime, timedelta

import pytest

from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness import tasks
from herne_bildung.freshness.actions import cleanup
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    Confirmation,
    DailyFigure,
    Digest,
    DigestItem,
    ProposedChange,
    Recipient,
    Responsibility,
)
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db

NOTHING = dict.fromkeys(
    ["digests", "events", "changes", "calls", "recipients", "figures"], 0
)


def ago(days: int) -> datetime:
    return clock.now() - timedelta(days=days)


def make_digest(recipient: Recipient, expired: int) -> Digest:
    at = ago(expired)
    return Digest.objects.create(
        recipient=recipient, day=at.date(), expires_at=at, created_at=at
    )


def test_reminders_go_a_year_after_their_link_with_their_questions():
    organisation = make_organisation()
    entry, recipient = make_entry(organisation), make_recipient(organisation)
    old, young = make_digest(recipient, 366), make_digest(recipient, 364)
    for digest in (old, young):
        DigestItem.objects.create(
            digest=digest, entry=entry, round=1, step=1, groups=["contact"]
        )
    Confirmation.objects.create(
        entry=entry, at=ago(400), how="mail_link", recipient=recipient, groups=["x"]
    )

    removed = [cleanup.clean_up(), cleanup.clean_up()]

    assert removed == [{**NOTHING, "digests": 1}, NOTHING]
    assert list(DigestItem.objects.values_list("digest", flat=True)) == [young.pk]
    assert Confirmation.objects.get().recipient == recipient


def test_events_go_after_five_years_but_for_the_present_round():
    entry = make_entry(round=3)
    for years, number in ((6, 1), (4, 2), (6, 3)):
        CareEvent.objects.create(
            entry=entry, what="note", round=number, at=ago(years * 365)
        )

    assert cleanup.clean_up() == {**NOTHING, "events": 1}
    assert set(CareEvent.objects.values_list("round", flat=True)) == {2, 3}


def test_decided_changes_and_done_calls_go_after_two_years():
    entry = make_entry()
    for days in (None, 729, 731):
        at = days and ago(days)
        state = "accepted" if at else "waiting"
        ProposedChange.objects.create(
            entry=entry, field="phone", at=ago(900), decided_at=at, state=state
        )
        Call.objects.create(
            entry=entry,
            reason="no_answer",
            since=ago(900),
            next_try_on=ago(900),
            closed_at=at,
            result="confirmed" if at else "",
        )

    assert cleanup.clean_up() == {**NOTHING, "changes": 1, "calls": 1}
    assert ProposedChange.objects.count() == Call.objects.count() == 2


def test_only_recipients_who_never_answered_an_invitation_go():
    organisation = make_organisation()
    invited = {"allowed_at": None, "invited_at": ago(91)}
    cases = {
        "silent": invited,
        "fresh": {**invited, "invited_at": ago(89)},
        "not-invited": {**invited, "invited_at": None},
        "declined": {**invited, "declined_at": ago(80)},
        "accepted": {**invited, "allowed_at": ago(80)},
        "switched-off": {**invited, "last_digest_on": clock.today()},
    }
    for name, values in cases.items():
        make_recipient(organisation, email=f"{name}@example.org", **values)

    removed = cleanup.clean_up()

    assert removed == {**NOTHING, "recipients": 1}
    assert set(Recipient.objects.values_list("email", flat=True)) == {
        f"{name}@example.org" for name in cases if name != "silent"
    }


def test_recipient_without_responsibility_goes_after_a_year():
    organisation = make_organisation()
    used, unused = make_recipient(organisation), make_recipient()
    back = make_recipient(unused_since=clock.today() - timedelta(days=300))
    make_digest(unused, -100)
    found = [cleanup.clean_up()]
    days = [Recipient.objects.get(pk=unused.pk).unused_since]
    Responsibility.objects.create(organisation=organisation, recipient=back)
    clock.shift(timedelta(days=365))
    found.append(cleanup.clean_up())
    clock.shift(timedelta(days=366))
    found.append(cleanup.clean_up())

    assert found == [NOTHING, NOTHING, {**NOTHING, "recipients": 1}]
    assert days == [clock.today() - timedelta(days=366)]
    assert set(Recipient.objects.values_list("pk", "unused_since")) == {
        (used.pk, None),
        (back.pk, None),
    }


def test_recipient_used_again_while_the_run_works_stays():
    recipient = make_recipient(unused_since=clock.today() - timedelta(days=400))
    rows = cleanup.unused_recipients()
    pks = [row.pk for row in rows]
    Responsibility.objects.create(organisation=make_organisation(), recipient=recipient)

    assert cleanup._remove_batch(rows, pks) == 0
    assert pks == [recipient.pk]
    assert Recipient.objects.get() == recipient


def test_figures_keep_the_first_day_of_months_long_ago(monkeypatch):
    monkeypatch.setattr(cleanup, "BATCH", 2)
    clock.shift(datetime(2026, 11, 22, 12, tzinfo=clock.BERLIN) - clock.now())
    kept = ["2023-09-03", "2023-10-01", "2023-11-01", "2023-11-02", "2026-11-21"]
    gone = ["2023-09-04", "2023-09-30", "2023-10-02", "2023-10-31"]
    for day in kept + gone:
        for key in ("a", "b"):
            DailyFigure.objects.create(
                day=day, dimension="topic", key=key,
                visible=1, confirmed=1, documents=0, hidden=0,
            )  # fmt: skip

    assert [tasks.clean_up(), tasks.clean_up()] == [8, 0]
    assert sorted(set(DailyFigure.objects.values_list("day", flat=True))) == [
        date.fromisoformat(day) for day in kept
    ]
