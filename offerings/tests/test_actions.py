"""Index rows, next dates and search words follow what they are made from."""

import contextlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from herne_bildung.city.models import Organisation, SchoolHoliday, SearchDocument
from herne_bildung.city.search import find
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
    make_user,
)
from herne_bildung.lib import clock
from offerings import actions, facts
from offerings.actions import (
    SHARES,
    change_state,
    compute_next_dates,
    forget_removed,
    look_ahead,
    reindex,
)
from offerings.catalogue import Catalogue
from offerings.followed_changes import follow_changes, reindex_changed
from offerings.models import FollowedChanges, Offering, OfferingIndex
from offerings.tests.factories import make_offering

pytestmark = pytest.mark.django_db


def set_clock(monkeypatch, moment):
    monkeypatch.setattr(clock, "now", lambda: moment)


def test_next_date_moves_on_when_it_has_passed(monkeypatch):
    set_clock(monkeypatch, datetime(2026, 10, 5, 12, tzinfo=UTC))
    offering = make_offering("Dienstags", schedule={})
    assert offering.next_start == datetime(2026, 10, 6, 7, 30, tzinfo=UTC)

    set_clock(monkeypatch, datetime(2026, 10, 6, 7, 31, tzinfo=UTC))
    assert compute_next_dates() == 1

    offering.refresh_from_db()
    assert offering.next_start == datetime(2026, 10, 13, 7, 30, tzinfo=UTC)
    assert compute_next_dates() == 0


def test_days_ahead_never_run_out(monkeypatch):
    """Whether its share comes, or the nights in which it came were missed."""
    set_clock(monkeypatch, datetime(2026, 10, 5, 12, tzinfo=UTC))
    offering = make_offering("Dienstags", schedule={})
    make_offering("Ohne Termin")
    first = datetime(2026, 10, 6, 3, tzinfo=UTC)
    done = []
    for day in range(SHARES):
        set_clock(monkeypatch, first + timedelta(days=day))
        done.append(look_ahead())
    assert sum(done) == 1

    set_clock(monkeypatch, first + timedelta(days=120))
    share = (first + timedelta(days=120)).date().toordinal() % SHARES
    is_its_day = offering.pk % SHARES == share
    assert (look_ahead(), look_ahead()) == (1, int(is_its_day))


def test_an_offer_that_ended_has_no_next_date(monkeypatch):
    set_clock(monkeypatch, datetime(2026, 10, 5, 12, tzinfo=UTC))

    offering = make_offering("Vorbei", schedule={}, ends_on=date(2026, 10, 1))

    assert offering.next_start is None


def test_a_new_name_of_the_provider_is_found():
    provider = make_organisation("Alter Name")
    offering = make_offering("Nähen", provider=provider)
    provider.name_de = "Nachbarschaftswerkstatt"
    provider.save()

    assert reindex_changed(clock.now() - timedelta(minutes=5)) == 1

    hits = find("offering", "Nachbarschaftswerkstatt", "de")
    assert list(hits.ids) == [offering.pk]


def test_changes_are_followed_however_long_the_worker_was_off():
    provider = make_organisation("Alter Name")
    offering = make_offering("Nähen", provider=provider)
    make_offering("Stricken", provider=make_organisation())
    first = follow_changes()
    FollowedChanges.objects.update(until=clock.now() - timedelta(days=3))
    Organisation.objects.update(updated_at=clock.now() - timedelta(days=9))
    provider.name_de = "Nachbarschaftswerkstatt"
    provider.save()
    Organisation.objects.filter(pk=provider.pk).update(
        updated_at=clock.now() - timedelta(days=2)
    )

    again = [follow_changes(), follow_changes()]

    hits = find("offering", "Nachbarschaftswerkstatt", "de")
    assert (first, again, list(hits.ids)) == (2, [1, 0], [offering.pk])


def test_all_offers_get_facts_that_an_upgrade_knows_anew(monkeypatch):
    make_offering("Nähen")
    follow_changes()
    monkeypatch.setattr(facts, "VERSION", facts.VERSION + 1)

    assert [follow_changes(), follow_changes()] == [1, 0]


def test_a_failed_run_is_made_up_for(monkeypatch):
    make_offering(provider=make_organisation())
    with monkeypatch.context() as broken:
        broken.setattr(actions, "school_holidays", failing)
        with pytest.raises(RuntimeError):
            follow_changes()

    assert not FollowedChanges.objects.exists()
    assert follow_changes() == 1


def failing() -> None:
    raise RuntimeError


@pytest.mark.django_db(transaction=True)
def test_changes_of_a_transaction_that_still_runs_are_followed_later(monkeypatch):
    provider = make_organisation("Alter Name")
    make_offering(provider=provider)
    follow_changes()
    has_changed, may_end = threading.Event(), threading.Event()

    def change() -> None:
        with contextlib.closing(connection), transaction.atomic():
            provider.save()
            has_changed.set()
            may_end.wait(10)

    other = threading.Thread(target=change)
    other.start()
    has_changed.wait(10)
    monkeypatch.setattr(clock, "_shift", timedelta(minutes=30))
    follow_changes()
    until = FollowedChanges.objects.get().until
    may_end.set()
    other.join(timeout=10)
    provider.refresh_from_db()

    assert until < provider.updated_at
    assert follow_changes() == 1


def test_an_offer_follows_its_district_to_another_borough():
    wanne, eickel = make_district("Wanne"), make_district("Eickel")
    quarter = make_district("Röhlinghausen", level="ortsteil", parent=wanne)
    offering = make_offering(places=[make_place(district=quarter)])
    moment = clock.now()
    quarter.parent = eickel
    quarter.save()

    assert reindex_changed(moment) == 1

    facts = OfferingIndex.objects.get(pk=offering.pk).facts
    assert facts["values"]["district"] == sorted(
        [quarter.key, eickel.key, quarter.parent.parent.key]
    )


def test_an_offer_that_pauses_follows_the_school_holidays():
    offering = make_offering("Dienstags", schedule={"in_school_holidays": "no"})
    make_offering("Ohne Pause", schedule={"in_school_holidays": "yes"})
    first = offering.next_start.astimezone(clock.BERLIN).date()
    moment = clock.now()
    SchoolHoliday.objects.create(name="Pause", starts_on=first, ends_on=first)

    assert reindex_changed(moment) == 1

    offering.refresh_from_db()
    assert offering.next_start.astimezone(clock.BERLIN).date() > first


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_leave_the_later_state():
    offering = make_offering("Früher")

    def run() -> None:
        with contextlib.closing(connection):
            reindex([offering.pk])

    other = threading.Thread(target=run)
    with transaction.atomic():
        offering.title_de = "Später"
        offering.save()
        reindex([offering.pk])
        other.start()
        other.join(timeout=0.5)
        assert other.is_alive()
    other.join(timeout=10)

    assert list(find("offering", "Später", "de").ids) == [offering.pk]


def test_search_does_not_find_drafts():
    make_offering("Geheimkurs", state=Offering.State.DRAFT)

    assert find("offering", "Geheimkurs", "de").ids == ()
    assert SearchDocument.objects.filter(is_public=False).count() == 1


def test_an_offer_shown_or_hidden_has_changed_now(monkeypatch):
    hidden, same = make_offering("Neu"), make_offering("Alt", state="archived")
    before = same.updated_at
    moment = datetime(2100, 1, 2, 3, tzinfo=UTC)
    set_clock(monkeypatch, moment)

    changed = change_state(
        Offering.objects.all(), state="archived", reason="Vorbei.", by=make_user()
    )

    assert changed == [hidden]
    assert dict(Offering.objects.values_list("pk", "updated_at")) == {
        hidden.pk: moment,
        same.pk: before,
    }


@pytest.mark.parametrize("is_told", [True, False])
def test_removed_offers_leave_the_index_when_every_process_knows(monkeypatch, is_told):
    gone, there = make_offering("Weg"), make_offering("Da", state="archived")
    process = Catalogue()
    process.refresh()
    if is_told:
        OfferingIndex.objects.filter(pk=gone.pk).update(is_listed=False, facts={})
    gone_id = gone.pk
    gone.delete()
    moment = clock.now()
    went, rows = [], []

    for days in (0, 29, 30, 31):
        set_clock(monkeypatch, moment + timedelta(days=days))
        went.append(forget_removed())
        rows.append(set(OfferingIndex.objects.values_list("pk", "is_listed")))
        process.refresh()

    both, one = {(gone_id, False), (there.pk, False)}, {(there.pk, False)}
    assert (went, rows) == ([0, 0, 1, 0], [both, both, one, one])
    assert gone_id not in process.visible()


def test_reindex_of_nothing_changes_nothing():
    assert reindex([]) == 0
    assert reindex([987654]) == 0
