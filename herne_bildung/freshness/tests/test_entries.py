"""Confirmed, hidden, shown, ended: what people say of an entry."""

from datetime import date, datetime, timedelta

import pytest

from herne_bildung.city.models import Organisation
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions import changes
from herne_bildung.freshness.actions.entries import (
    ChangedMeanwhile,
    confirm,
    end,
    hide,
    put_on_call_list,
    show,
    undo_end,
)
from herne_bildung.freshness.actions.sync import sync
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.models import (
    Call,
    Confirmation,
    MaintainedEntry,
    ProposedChange,
)
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Step = MaintainedEntry.Step


@pytest.fixture(autouse=True)
def _monday():
    clock.shift(datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) - clock.now())


def status_of(entry: MaintainedEntry) -> str:
    return Organisation.objects.get(pk=entry.object_id).status


def test_confirmation_says_who_when_how_and_what():
    entry, person = make_entry(), make_user("buero")

    confirm(entry, groups=["contact"], how="visit", by=person)

    entry.refresh_from_db()
    [found] = Confirmation.objects.all()
    assert (found.by, found.how, found.groups) == (person, "visit", ["contact"])
    assert found.fingerprints == {"contact": entry.fingerprints["contact"]}
    assert entry.groups == {
        "contact": {"confirmed": "2026-11-02", "due": "2027-05-02"},
        "description": {"confirmed": None, "due": "2026-11-30"},
    }
    assert (entry.round, entry.due_on) == (2, date(2026, 11, 30))


def test_only_what_was_looked_at_is_confirmed():
    entry = make_entry()
    seen = mark_of(entry.fingerprints, ["contact"])
    Organisation.objects.filter(pk=entry.object_id).update(phone="02323 999")

    with pytest.raises(ChangedMeanwhile):
        confirm(entry, groups=["contact"], how="mail_link", seen=seen)

    assert Confirmation.objects.count() == 0


@pytest.mark.parametrize("groups", [[], ["times"], ["contact", "nonsense"]])
def test_facts_it_does_not_have_cannot_be_confirmed(groups):
    with pytest.raises(ValueError, match="no such facts"):
        confirm(make_entry(), groups=groups, how="phone")

    assert Confirmation.objects.count() == 0


def test_answer_ends_the_round_and_the_call():
    entry = make_entry(due_on=date(2026, 9, 1))
    put_on_call_list(entry, Call.Reason.NO_ANSWER)
    clock.shift(clock._shift + timedelta(days=3))

    found = confirm(entry, groups=["contact", "description"], how="phone")

    entry.refresh_from_db()
    [call] = Call.objects.all()
    assert (found.days_waited, found.steps_needed) == (3, Step.CALL)
    assert (call.result, call.closed_at is not None) == ("confirmed", True)
    assert (entry.step, entry.step_on, entry.round) == (Step.NONE, None, 2)
    assert entry.next_on == date(2027, 4, 14)


def test_confirming_leaves_a_waiting_proposal_waiting():
    entry = make_entry(has_waiting_change=True)
    change = ProposedChange.objects.create(
        entry=entry, field="phone", old="1", new="2", at=clock.now()
    )
    confirm(entry, groups=list(entry.groups), how="phone")
    entry.refresh_from_db()
    waiting = (entry.has_waiting_change, entry.next_on)

    changes.refuse([change], reason="Nein.", by=make_user())

    entry.refresh_from_db()
    assert waiting == (True, None)
    assert (entry.has_waiting_change, entry.next_on) == (False, date(2027, 4, 11))


def test_hidden_entry_is_off_the_site_noted_and_shown_with_one_click():
    entry, person = make_entry(), make_user("buero")

    hide(entry, reason="Keine Antwort")
    entry.refresh_from_db()
    hidden = (status_of(entry), entry.is_public, entry.next_on, bool(entry.hidden_at))
    show(entry, by=person)

    entry.refresh_from_db()
    assert hidden == ("hidden", False, None, True)
    assert (status_of(entry), entry.is_public, entry.hidden_at) == (
        "active",
        True,
        None,
    )
    assert (entry.step, entry.next_on) == (Step.CALL, date(2026, 12, 28))
    assert Call.objects.get().reason == "no_answer"
    events = entry.events.order_by("pk").values_list("what", "step", "note", "by")
    assert list(events) == [
        ("step", Step.HIDDEN, "Keine Antwort", None),
        ("shown", None, "", person.pk),
        ("step", Step.CALL, "", None),
    ]


def test_current_entry_that_is_shown_again_is_not_called():
    entry = make_entry()
    confirm(entry, groups=["contact", "description"], how="phone")
    hide(entry, reason="Umzug")

    show(entry)

    entry.refresh_from_db()
    assert (entry.is_public, entry.step, entry.step_on) == (True, Step.NONE, None)
    assert entry.next_on == date(2027, 4, 11)
    assert not Call.objects.exists()


def test_confirming_a_hidden_entry_shows_it_again():
    entry = make_entry()
    hide(entry, reason="Keine Antwort")

    confirm(entry, groups=["contact", "description"], how="phone")

    entry.refresh_from_db()
    assert (status_of(entry), entry.is_public, entry.step) == ("active", True, 0)
    assert entry.next_on == date(2027, 4, 11)


def test_ended_entry_is_never_asked_again_and_comes_back_when_undone():
    entry = make_entry()

    end(entry, note="Das Haus schließt")
    entry.refresh_from_db()
    ended = (status_of(entry), entry.is_public, entry.next_on, bool(entry.ended_at))
    undo_end(entry)

    entry.refresh_from_db()
    assert ended == ("historic", False, None, True)
    assert (status_of(entry), entry.is_public, entry.ended_at) == ("active", True, None)
    assert entry.next_on == date(2026, 11, 9)


def test_staff_who_put_it_on_the_site_by_hand_end_its_hiding():
    entry = make_entry(make_organisation(phone="1"))
    hide(entry, reason="Keine Antwort")
    Organisation.objects.filter(pk=entry.object_id).update(status="active")

    make_entry(Organisation.objects.get(pk=entry.object_id))

    entry.refresh_from_db()
    assert (entry.is_public, entry.hidden_at) == (True, None)


def test_hidden_entry_put_on_the_site_by_hand_is_asked_from_the_first_step():
    entry = make_entry(make_organisation(phone="1"))
    put_on_call_list(entry, Call.Reason.NO_ANSWER)
    hide(entry, reason="Keine Antwort")
    Organisation.objects.filter(pk=entry.object_id).update(status="active")

    sync("organisation", [entry.object_id])

    entry.refresh_from_db()
    assert (entry.round, entry.step, entry.step_on) == (2, Step.NONE, None)
    assert entry.next_on == date(2026, 11, 9)
    assert Call.objects.get().result == "settled"
    assert events_of(entry) == ["step 5", "step 6", "shown"]


def test_every_hiding_leaves_an_event():
    entry = make_entry(make_organisation(phone="1"))
    hide(entry, reason="Keine Antwort")
    hide(entry, reason="Noch einmal")
    Organisation.objects.filter(pk=entry.object_id).update(status="active")
    sync("organisation", [entry.object_id])
    hide(entry, reason="Wieder keine")
    # Written before rounds began anew with showing.
    MaintainedEntry.objects.update(hidden_at=None)
    hide(entry, reason="Und wieder")

    assert events_of(entry) == ["step 6", "note", "shown", "step 6", "step 6"]


def test_hidden_entry_that_ended_and_did_not_is_asked_from_the_first_step():
    entry = make_entry(make_organisation(phone="1"))
    hide(entry, reason="Keine Antwort")
    end(entry)

    undo_end(entry)

    entry.refresh_from_db()
    assert (status_of(entry), entry.hidden_at) == ("active", None)
    assert (entry.round, entry.step, entry.step_on) == (2, Step.NONE, None)
    assert entry.next_on == date(2026, 11, 9)
    assert events_of(entry) == ["step 6", "ended", "not_ended", "shown"]


def test_ended_while_it_was_called_and_undone_elsewhere_is_called_again():
    entry = make_entry(make_organisation(phone="1"))
    put_on_call_list(entry, Call.Reason.DOCUMENT)
    end(entry)
    closed = Call.objects.get().result
    clock.shift(clock._shift + timedelta(days=60))

    undo_end(entry)

    entry.refresh_from_db()
    [call] = Call.objects.all()
    assert (closed, call.result, call.closed_at) == ("ended", "", None)
    assert (entry.step, entry.step_on) == (Step.CALL, clock.today())
    assert entry.next_on > clock.today()


def test_ended_without_a_call_and_undone_is_called_anew():
    entry = make_entry(step=Step.CALL, step_on=clock.today())
    end(entry)

    undo_end(entry)

    assert [call.closed_at for call in Call.objects.all()] == [None]


def events_of(entry: MaintainedEntry) -> list[str]:
    """In order: what happened, and which step it was."""
    return [
        f"{event.what} {event.step}" if event.step else event.what
        for event in entry.events.order_by("pk")
    ]
