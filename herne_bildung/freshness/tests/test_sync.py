"""The engine's rows follow the entries; what others change is due again."""

from datetime import date, datetime, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType

from herne_bildung.city.models import Membership, Organisation
from herne_bildung.city.tests.factories import make_organisation, make_user
from herne_bildung.freshness.actions.entries import confirm
from herne_bildung.freshness.actions.sync import sync, sync_all, sync_changed
from herne_bildung.freshness.models import (
    CareInterval,
    ClosedPeriod,
    Confirmation,
    MaintainedEntry,
)
from herne_bildung.freshness.tests.factories import make_entry
from herne_bildung.lib import clock, page_cache

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


@pytest.fixture(autouse=True)
def _monday():
    clock.shift(datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) - clock.now())


def groups_of(entry: MaintainedEntry) -> dict:
    entry.refresh_from_db()
    return entry.groups


def test_new_entry_is_due_in_four_weeks_and_asked_in_one():
    entry = make_entry()

    assert entry.groups == {
        "contact": {"confirmed": None, "due": "2026-11-30"},
        "description": {"confirmed": None, "due": "2026-11-30"},
    }
    assert (entry.due_on, entry.next_on) == (date(2026, 11, 30), date(2026, 11, 9))
    assert (entry.is_public, entry.is_document, entry.step) == (True, False, 0)


def test_entry_from_a_document_is_due_at_once_and_nobody_confirmed_it():
    entry = make_entry(make_organisation(as_of="2017"))

    assert (entry.is_document, entry.due_on) == (True, TODAY)
    assert entry.next_on <= TODAY
    assert Confirmation.objects.count() == 0


def test_facts_that_are_empty_are_not_asked_for():
    assert list(make_entry(make_organisation()).groups) == ["description"]


def test_saving_is_not_confirming():
    organisation = make_organisation(phone="02323 000")
    entry = make_entry(organisation)
    before = dict(entry.groups)

    organisation.phone = "02323 111"
    organisation.save()
    sync_changed()

    assert groups_of(entry) == before
    assert (entry.confirmed_at, Confirmation.objects.count()) == (None, 0)


def test_confirmed_facts_changed_by_someone_else_are_due_again():
    organisation = make_organisation(phone="02323 000")
    entry = make_entry(organisation)
    confirm(entry, groups=["contact", "description"], how="phone")
    organisation.phone = "02323 111"
    organisation.save()

    sync("organisation", [organisation.pk])

    assert groups_of(entry) == {
        "contact": {"confirmed": "2026-11-02", "due": "2026-11-02", "changed": True},
        "description": {"confirmed": "2026-11-02", "due": "2027-11-02"},
    }
    assert (entry.due_on, entry.next_on <= TODAY) == (TODAY, True)
    assert [event.note for event in entry.events.filter(what="changed")] == ["Kontakt"]

    clock.shift(clock._shift + timedelta(days=3))
    sync("organisation", [organisation.pk])

    assert groups_of(entry)["contact"]["due"] == "2026-11-02"
    confirm(entry, groups=["contact"], how="phone")
    assert groups_of(entry)["contact"] == {
        "confirmed": "2026-11-05",
        "due": "2027-05-05",
    }


@pytest.mark.parametrize(
    ("is_own", "expected"), [(True, "2027-05-02"), (False, "2026-11-02")]
)
def test_who_changed_it_stands_in_the_log_of_the_administration(is_own, expected):
    organisation = make_organisation(phone="02323 000")
    entry = make_entry(organisation)
    confirm(entry, groups=["contact"], how="login")
    person = make_user("kita")
    Membership.objects.create(
        user=person,
        organisation=organisation if is_own else make_organisation(),
        role=Membership.Role.EDITOR,
    )
    organisation.phone = "02323 111"
    organisation.save()
    LogEntry.objects.create(
        user=person,
        content_type=ContentType.objects.get_for_model(Organisation),
        object_id=str(organisation.pk),
        object_repr="x",
        action_flag=CHANGE,
        action_time=clock.now(),
    )

    sync("organisation", [organisation.pk])

    assert groups_of(entry)["contact"]["due"] == expected


def test_translations_do_not_make_it_due_again():
    organisation = make_organisation(phone="02323 000")
    entry = make_entry(organisation)
    confirm(entry, groups=["description"], how="phone")
    organisation.name_tr = "Aile merkezi"
    organisation.save()

    sync("organisation", [organisation.pk])

    assert groups_of(entry)["description"]["due"] == "2027-11-02"


def test_own_interval_holds_within_its_limits():
    organisation = make_organisation(phone="02323 000")
    entry = make_entry(organisation)
    CareInterval.objects.create(
        kind="organisation", group="contact", organisation=organisation, months=2
    )
    CareInterval.objects.create(
        kind="organisation", group="description", entry=entry, months=24
    )
    confirm(entry, groups=["contact", "description"], how="visit")
    assert [group["due"] for group in groups_of(entry).values()] == [
        "2027-01-02",
        "2028-11-02",
    ]

    CareInterval.objects.create(
        kind="organisation", group="contact", entry=entry, months=24
    )
    sync("organisation", [organisation.pk])

    # The group says 12 at most.
    assert groups_of(entry)["contact"]["due"] == "2027-11-02"


def test_closed_weeks_of_the_organisation_move_the_question_before_them():
    organisation = make_organisation(phone="02323 000")
    ClosedPeriod.objects.create(
        organisation=organisation,
        first_day=date(2026, 11, 23),
        last_day=date(2026, 12, 4),
    )

    entry = make_entry(organisation)

    assert (entry.due_on, entry.next_on) == (date(2026, 11, 30), date(2026, 11, 9))
    assert make_entry(organisation).next_on == date(2026, 11, 9)


def test_hidden_and_removed_entries_are_asked_no_more():
    gone = make_organisation(phone="1")
    entry, other = make_entry(gone), make_entry()
    Organisation.objects.filter(pk=other.object_id).update(status="historic")
    Organisation.objects.filter(pk=gone.pk).delete()

    sync_all()

    other.refresh_from_db()
    assert (other.is_public, other.next_on) == (False, None)
    assert not MaintainedEntry.objects.filter(pk=entry.pk).exists()


def test_what_is_looked_after_no_more_keeps_its_history():
    entry = make_entry(make_organisation(phone="1"))
    confirm(entry, groups=["contact"], how="phone")
    Organisation.objects.update(is_provider=False)

    handled = [sync_all() for _ in range(2)]

    entry.refresh_from_db()
    assert handled == [1, 0]
    assert (entry.is_public, entry.next_on) == (False, None)
    assert entry.confirmations.count() == 1

    Organisation.objects.update(is_provider=True)
    sync_all()

    entry.refresh_from_db()
    assert (entry.is_public, entry.next_on) == (True, date(2026, 11, 9))
    assert entry.groups["contact"]["confirmed"] == "2026-11-02"


def test_what_became_a_sample_is_forgotten():
    make_entry()
    Organisation.objects.update(is_sample=True)

    sync_all()

    assert MaintainedEntry.objects.count() == 0


def test_samples_have_no_row():
    make_organisation(is_sample=True)

    assert sync_all() == 0
    assert MaintainedEntry.objects.count() == 0


def test_what_did_not_change_is_not_taken_over_again():
    make_entry()
    clock.shift(clock._shift + timedelta(minutes=5))

    # Once more, for what was written by a transaction that still ran.
    assert [sync_changed() for _ in range(2)] == [1, 0]
    Organisation.objects.update(updated_at=clock.now())
    assert sync_changed() == 1


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow_with_changes(count, django_assert_num_queries):
    entries = [make_entry() for _ in range(count)]
    for entry in entries:
        confirm(entry, groups=["contact"], how="phone")
    Organisation.objects.update(phone="02323 111")
    ContentType.objects.get_for_model(Organisation)

    with django_assert_num_queries(11):
        sync("organisation", [entry.object_id for entry in entries])

    assert [groups_of(entry)["contact"]["changed"] for entry in entries] == [
        True
    ] * count


def test_pages_are_outdated_when_readers_would_see_something_else(
    django_capture_on_commit_callbacks,
):
    organisation = make_organisation(phone="02323 000")

    outdated = {}
    for name, changed in (
        ("new", {}),
        ("the same", {}),
        ("for staff only", {"email": "a@b.de", "updated_at": clock.now()}),
        ("ended", {"status": "historic"}),
    ):
        Organisation.objects.filter(pk=organisation.pk).update(**changed)
        with django_capture_on_commit_callbacks() as called:
            sync("organisation", [organisation.pk])
        outdated[name] = called

    assert outdated == {
        "new": [page_cache.outdate],
        "the same": [],
        "for staff only": [],
        "ended": [page_cache.outdate],
    }


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(count, django_assert_num_queries):
    ids = [make_entry().object_id for _ in range(count)]

    with django_assert_num_queries(9):
        sync("organisation", ids)
