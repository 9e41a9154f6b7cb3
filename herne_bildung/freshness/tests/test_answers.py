"""Ended, not mine, undone, declined: what follows from an answer."""

from datetime import timedelta

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.freshness.actions import answers, consent
from herne_bildung.freshness.models import (
    Call,
    CareEvent,
    MaintainedEntry,
    OutgoingMail,
)
from herne_bildung.freshness.planning import Planner
from herne_bildung.freshness.tests.digests import make_digest
from herne_bildung.freshness.tests.factories import make_entry, make_recipient
from herne_bildung.freshness.tokens import link_of, token_of
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step
DECLINE = 20


@pytest.fixture
def kita() -> Organisation:
    return make_organisation("Kita Sonnenschein", phone="02323 000")


@pytest.fixture
def entry(kita) -> MaintainedEntry:
    """Asked once, due since a week."""
    today = clock.today()
    groups = {
        "contact": {"confirmed": None, "due": str(today - timedelta(days=7))},
        "description": {"confirmed": None, "due": str(today - timedelta(days=7))},
    }
    return make_entry(
        kita,
        step=Step.ASKED,
        step_on=today,
        due_on=today - timedelta(days=7),
        groups=groups,
        next_on=today + timedelta(days=7),
    )


def path(digest, rest: str = "") -> str:
    return f"/de/pflege/{token_of(digest)}/{rest}"


@pytest.mark.parametrize("rest", ["beendet/", "abgeben/"])
def test_answer_on_the_last_day_of_a_link_can_be_undone_for_two_weeks(
    client, kita, entry, rest
):
    digest = make_digest(entry, recipient=make_recipient(kita))
    item = digest.items.get()
    clock.shift(timedelta(days=59))
    decision = "ended" if rest == "beendet/" else "not_mine"

    client.post(path(digest, f"{item.pk}/{rest}"), {"decision": decision})

    item.refresh_from_db()
    receipt = OutgoingMail.objects.get(key__startswith="receipt:")
    assert (item.decision, link_of(digest) in receipt.text) == (decision, True)
    clock.shift(timedelta(days=59 + 13, hours=23))
    undone = client.post(path(digest), {"decision": "undo", "item": item.pk})
    item.refresh_from_db()
    assert (undone.status_code, item.decision) == (303, "")


def test_ended_needs_a_second_page_and_can_be_undone(client, kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    item = digest.items.get()
    page = path(digest, f"{item.pk}/beendet/")

    opened = client.get(page)
    status_before = Organisation.objects.get(pk=kita.pk).status
    sent = client.post(page, {"decision": "ended"})
    status_after = Organisation.objects.get(pk=kita.pk).status
    shown = client.get(path(digest)).content.decode()
    undone = client.post(path(digest), {"decision": "undo", "item": item.pk})

    item.refresh_from_db()
    assert (opened.status_code, sent.status_code, undone.status_code) == (200, 303, 303)
    assert 'value="undo"' in shown
    assert (
        status_before,
        status_after,
        Organisation.objects.get(pk=kita.pk).status,
    ) == (
        "active",
        "historic",
        "active",
    )
    assert (item.decision, item.decided_at) == ("", None)
    [mail] = OutgoingMail.objects.all()
    assert mail.recipient == digest.recipient.email
    assert f"{link_of(digest)}#item-{item.pk}" in mail.text


def test_sent_twice_is_one_receipt(client, kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    page = path(digest, f"{digest.items.get().pk}/beendet/")

    statuses = [client.post(page, {"decision": "ended"}).status_code for _ in "12"]

    assert (statuses, OutgoingMail.objects.count()) == ([303, 303], 1)


def test_not_mine_goes_to_the_second_contact_at_once(client, kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    second = make_recipient(kita, rank=2)
    item = digest.items.get()

    client.post(
        path(digest, f"{item.pk}/abgeben/"),
        {"decision": "not_mine", "ask": "Frau Muster"},
    )

    entry.refresh_from_db()
    plan = Planner(clock.today()).due()
    event = CareEvent.objects.get(what="not_mine")
    assert (event.note, event.recipient) == ("Frau Muster", digest.recipient)
    assert entry.next_on <= clock.today()
    assert {pk: [one.step for one in items] for pk, items in plan.mails.items()} == {
        second.pk: [Step.SECOND_CONTACT]
    }
    assert Call.objects.count() == 0


def test_not_mine_goes_to_the_call_list_when_nobody_is_left(client, kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    item = digest.items.get()
    page = path(digest, f"{item.pk}/abgeben/")

    client.post(page, {"decision": "not_mine", "ask": "Frau Muster"})

    entry.refresh_from_db()
    [call] = Call.objects.all()
    assert (call.entry, call.reason, call.note) == (entry, "not_mine", "Frau Muster")
    assert entry.step == Step.CALL

    client.post(path(digest), {"decision": "undo", "item": item.pk})

    entry.refresh_from_db()
    call.refresh_from_db()
    item.refresh_from_db()
    assert (entry.step, entry.round, call.result) == (Step.ASKED, 3, "settled")
    assert (item.round, item.decision) == (3, "")
    assert entry.next_on is not None


@pytest.mark.parametrize("step", [Step.SECOND_CONTACT, Step.CALL])
def test_what_others_were_asked_meanwhile_is_not_undone(client, kita, entry, step):
    digest = make_digest(entry, recipient=make_recipient(kita))
    second = make_recipient(kita, rank=2)
    item = digest.items.get()
    answers.not_mine(digest, item.pk)
    entry.refresh_from_db()
    make_digest(entry, recipient=second)
    MaintainedEntry.objects.update(step=step, step_on=clock.today())

    answer = client.post(
        path(digest).replace("/de/", "/en/"), {"decision": "undo", "item": item.pk}
    )

    entry.refresh_from_db()
    item.refresh_from_db()
    assert (answer.status_code, item.decision) == (409, "not_mine")
    assert "Somebody else has been asked by now." in answer.content.decode()
    assert (entry.step, entry.round) == (step, item.round + 1)


def test_after_an_undo_each_step_can_be_taken_again(kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    item = digest.items.get()
    for step in (Step.ASKED, Step.SECOND_CONTACT):
        for number in (1, 2):
            CareEvent.objects.create(
                entry=entry, what="step", step=step, round=number, at=clock.now()
            )
    answers.not_mine(digest, item.pk)

    answers.undo(digest, item.pk)

    entry.refresh_from_db()
    steps = entry.events.filter(what="step", round=entry.round)
    assert (entry.round, steps.count()) == (3, 0)


def test_declined_mails_end_and_the_entries_go_on(client, kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    second = make_recipient(kita, rank=2)
    page = path(digest, "abmelden/")

    opened = client.get(page)
    sent = client.post(page, {"decision": "decline"})

    digest.recipient.refresh_from_db()
    plan = Planner(clock.today()).due()
    assert (opened.status_code, sent.status_code) == (200, 303)
    assert not digest.recipient.is_usable
    assert list(plan.mails) == [second.pk]

    client.post(page, {"decision": "take_back"})

    digest.recipient.refresh_from_db()
    assert digest.recipient.is_usable


@pytest.mark.parametrize("number", [1, 3])
def test_declining_takes_the_same_queries_for_many(django_assert_num_queries, number):
    entries = [
        make_entry(step=Step.ASKED, step_on=clock.today()) for _ in range(number)
    ]
    digest = make_digest(*entries)

    with django_assert_num_queries(DECLINE):
        consent.decline(digest.recipient)

    assert Call.objects.count() == number


def test_declining_works_with_an_old_mail_but_not_with_a_revoked_link(client, kita):
    old = make_digest(expires_at=clock.now() - timedelta(days=1))
    revoked = make_digest(revoked_at=clock.now())

    statuses = [
        client.post(path(one, "abmelden/"), {"decision": "decline"}).status_code
        for one in (old, revoked)
    ]

    assert statuses == [303, 404]


def test_whoever_declined_gets_no_receipt(kita, entry):
    digest = make_digest(entry, recipient=make_recipient(kita))
    consent.decline(digest.recipient)
    digest.recipient.refresh_from_db()

    answers.end_item(digest, digest.items.get().pk)

    assert OutgoingMail.objects.count() == 0


def test_an_item_of_someone_else_cannot_be_answered(client, kita, entry):
    own, foreign = make_digest(make_entry()), make_digest(entry)
    pk = foreign.items.get().pk

    statuses = [
        client.get(path(own, f"{pk}/")).status_code,
        client.get(path(own, f"{pk}/beendet/")).status_code,
        client.post(path(own, f"{pk}/abgeben/"), {"decision": "not_mine"}).status_code,
        client.post(path(own), {f"seen-{pk}": "x", "decision": "confirm"}).status_code,
        client.post(path(own), {"item": pk, "decision": "undo"}).status_code,
    ]

    assert statuses[:3] == [404, 404, 303]
    assert foreign.items.get().decision == ""


def test_confirming_shows_a_hidden_entry_again(client, kita, entry):
    from herne_bildung.freshness.actions.entries import hide
    from herne_bildung.freshness.questions import questions_of

    digest = make_digest(entry, recipient=make_recipient(kita))
    hide(entry, reason="Niemand hat es bestätigt.")
    [one] = questions_of(digest, "de")

    client.post(path(digest), {f"seen-{one.item.pk}": one.seen, "decision": "confirm"})

    kita.refresh_from_db()
    assert kita.status == "active"
