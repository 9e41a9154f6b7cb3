"""What staff note on the call list."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, transaction

from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions import calls
from herne_bildung.freshness.actions.entries import (
    ChangedMeanwhile,
    locked,
    put_on_call_list,
)
from herne_bildung.freshness.group_facts import mark_of
from herne_bildung.freshness.models import Call, Confirmation, MaintainedEntry
from herne_bildung.freshness.pauses import Calendar
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db
Result = Call.Result


def make_call(entry: MaintainedEntry | None = None, **values) -> Call:
    """An open call; `values` overwrite its columns."""
    entry = entry or make_entry()
    with transaction.atomic():
        put_on_call_list(locked(entry), Call.Reason.NO_ANSWER)
    Call.objects.filter(entry=entry).update(**values)
    return Call.objects.select_related("entry").get(entry=entry, closed_at=None)


@pytest.mark.parametrize(
    ("today", "pauses", "day"),
    [
        (date(2026, 11, 23), [], date(2026, 11, 26)),
        (date(2026, 11, 26), [], date(2026, 12, 1)),
        (date(2026, 11, 28), [], date(2026, 12, 2)),
        (
            date(2026, 12, 22),
            [(date(2026, 12, 23), date(2027, 1, 6))],
            date(2027, 1, 11),
        ),
    ],
)
def test_next_try_is_three_working_days_later(today, pauses, day):
    assert calls.next_try_day(Calendar(pauses), today) == day


def test_two_people_do_not_call_the_same_organisation():
    call, first, second = make_call(), make_user(), make_user()
    organisation = call.entry.organisation_id

    assert calls.claim(organisation, by=first) == 1
    with pytest.raises(calls.TakenByOther, match=first.username):
        calls.claim(organisation, by=second)
    with pytest.raises(calls.TakenByOther):
        calls.confirm(call, by=second)
    assert calls.claim(organisation, by=first) == 1


def test_claim_lapses_after_two_hours():
    call, first, second = make_call(), make_user(), make_user()
    calls.claim(call.entry.organisation_id, by=first)
    clock.shift(timedelta(hours=2, seconds=1))

    calls.claim(call.entry.organisation_id, by=second)

    call.refresh_from_db()
    assert call.claimed_by == second


def test_given_back_only_by_who_took_it():
    call, first, second = make_call(), make_user(), make_user()
    calls.claim(call.entry.organisation_id, by=first)

    assert calls.release(call.entry.organisation_id, by=second) == 0
    assert calls.release(call.entry.organisation_id, by=first) == 1
    assert calls.claim(call.entry.organisation_id, by=second) == 1


def test_confirmed_by_phone_confirms_all_groups():
    call, user = make_call(), make_user()

    confirmation = calls.confirm(call, by=user)

    call.refresh_from_db()
    assert (confirmation.how, confirmation.groups, confirmation.by) == (
        Confirmation.How.PHONE,
        ["contact", "description"],
        user,
    )
    assert (call.result, call.closed_by) == (Result.CONFIRMED, user)


def test_second_click_changes_nothing():
    call, user = make_call(), make_user()
    calls.confirm(call, by=user)

    with pytest.raises(calls.AlreadySettled):
        calls.confirm(call, by=user)
    with pytest.raises(calls.AlreadySettled):
        calls.end(call, by=user)

    assert Confirmation.objects.count() == 1


def test_facts_that_changed_meanwhile_are_not_confirmed():
    organisation = make_organisation(phone="02323 1")
    call, user = make_call(make_entry(organisation)), make_user()
    organisation.phone = "02323 2"
    organisation.save()

    with pytest.raises(ChangedMeanwhile):
        calls.confirm(call, by=user, seen=mark_of({"contact": "x"}, ["contact"]))

    call.refresh_from_db()
    assert (call.result, Confirmation.objects.count()) == ("", 0)


def test_changed_is_a_result_of_its_own():
    call, user = make_call(), make_user()

    calls.changed(call, by=user)

    call.refresh_from_db()
    assert (call.result, Confirmation.objects.get().how) == (Result.CHANGED, "phone")


def test_not_reached_counts_once_and_frees_the_call():
    call, user = make_call(), make_user()
    calls.claim(call.entry.organisation_id, by=user)
    day = clock.today() + timedelta(days=3)

    first = calls.not_reached(call, next_try_on=day, tries=0, by=user)
    again = calls.not_reached(call, next_try_on=day, tries=0, by=user)

    call.refresh_from_db()
    assert (first, again) == (True, False)
    assert (call.tries, call.next_try_on, call.claimed_by) == (1, day, None)


def test_ended_can_be_undone():
    call, user = make_call(), make_user()

    calls.end(call, by=user, note="zieht weg")
    call.refresh_from_db()
    ended = (call.result, call.entry.__class__.objects.get().is_public)
    calls.undo_end(call, by=user)

    call.refresh_from_db()
    entry = MaintainedEntry.objects.get()
    assert ended == (Result.ENDED, False)
    assert (call.result, call.closed_at) == ("", None)
    assert (entry.is_public, entry.ended_at) == (True, None)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_gets_the_call():
    organisation = make_call().entry.organisation_id
    people = [make_user(), make_user()]
    together = threading.Barrier(2)

    def take(person) -> str:
        together.wait()
        try:
            return str(calls.claim(organisation, by=person))
        except calls.TakenByOther:
            return "taken"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, people)) == ["1", "taken"]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_are_one_confirmation():
    call, person = make_call(), make_user()
    together = threading.Barrier(2)

    def click(_) -> str:
        together.wait()
        try:
            calls.confirm(call, by=person)
        except calls.AlreadySettled:
            return "settled"
        finally:
            connection.close()
        return "confirmed"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(click, range(2))) == ["confirmed", "settled"]
    assert Confirmation.objects.count() == 1
