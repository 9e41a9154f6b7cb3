"""Offers as entries to look after: their facts, groups, states."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from herne_bildung.freshness.actions.entries import confirm, end, hide, show, undo_end
from herne_bildung.freshness.actions.sync import sync, sync_all
from herne_bildung.freshness.kinds import kinds
from herne_bildung.freshness.models import MaintainedEntry
from herne_bildung.lib import clock
from offerings.catalogue import catalogue
from offerings.models import CostOption, Offering
from offerings.tests.factories import make_offering, make_schedule, make_topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _monday():
    clock.shift(datetime(2026, 11, 2, 9, tzinfo=clock.BERLIN) - clock.now())


def entry_of(offering: Offering) -> MaintainedEntry:
    sync("offering", [offering.pk])
    return MaintainedEntry.objects.get(kind="offering", object_id=offering.pk)


def full_offering(**values) -> Offering:
    return make_offering(
        "Krabbelgruppe",
        provider=make_organisation(phone="02323 000"),
        schedule={},
        is_free=True,
        phone="02323 111",
        **values,
    )


def test_each_group_has_its_interval():
    entry = entry_of(full_offering())

    confirm(entry, groups=["times", "terms", "description"], how="phone")

    entry.refresh_from_db()
    assert {name: group["due"] for name, group in entry.groups.items()} == {
        "times": "2027-02-02",
        "terms": "2027-05-02",
        "description": "2027-11-02",
    }


def test_what_an_offer_does_not_have_is_not_asked():
    entry = entry_of(make_offering("Lesecafé"))

    assert list(entry.groups) == ["description"]


def test_the_year_since_when_it_runs_is_asked_with_the_times():
    since = make_offering("Lesecafé", running_since="2013")
    course = make_offering("Kurs", starts_on=date(2026, 9, 1))
    kind = kinds()["offering"]

    assert list(entry_of(since).groups) == ["times", "description"]
    assert [kind.values(kind.get(one.pk))["times"] for one in (since, course)] == [
        [[], [None, None, "2013"]],
        [[], [date(2026, 9, 1), None]],
    ]


def change_time(offering: Offering) -> None:
    schedule = offering.schedules.get()
    schedule.exceptions = [date(2026, 12, 24)]
    schedule.save()


def change_year(offering: Offering) -> None:
    Offering.objects.filter(pk=offering.pk).update(running_since="2014")


def change_price(offering: Offering) -> None:
    CostOption.objects.create(offering=offering, amount="3.50")


def change_registration(offering: Offering) -> None:
    Offering.objects.filter(pk=offering.pk).update(registration="needed")


def change_place(offering: Offering) -> None:
    offering.places.add(make_place())


def change_age(offering: Offering) -> None:
    Offering.objects.filter(pk=offering.pk).update(age_min_months=6)


@pytest.mark.parametrize(
    ("change", "due_again"),
    [
        (change_time, "times"),
        (change_year, "times"),
        (change_price, "terms"),
        (change_registration, "terms"),
        (change_place, "description"),
        (change_age, "description"),
    ],
)
def test_changed_facts_of_a_group_are_due_again(change, due_again):
    offering = full_offering()
    entry = entry_of(offering)
    confirm(entry, groups=list(entry.groups), how="phone")
    change(offering)

    entry = entry_of(offering)

    assert [name for name, group in entry.groups.items() if "changed" in group] == [
        due_again
    ]
    assert entry.due_on == date(2026, 11, 2)


def test_next_date_and_translations_change_nothing():
    offering = full_offering()
    entry = entry_of(offering)
    confirm(entry, groups=list(entry.groups), how="phone")
    Offering.objects.filter(pk=offering.pk).update(
        next_start=clock.now(), title_tr="Oyun grubu", summary_en="In short."
    )

    assert entry_of(offering).due_on == date(2027, 2, 2)


def test_facts_are_those_of_the_page_by_group():
    district = make_district("Sodingen")
    place = make_place("Haus", street="Weg 1", postal_code="44627", district=district)
    offering = full_offering(places=[place], next_step_de="Kommen Sie vorbei.")

    found = kinds()["offering"].facts(kinds()["offering"].get(offering.pk), "de")

    lines = {
        group: {
            fact.label: [str(line) for line in fact.lines]
            for fact in facts
            if fact.lines
        }
        for group, facts in found.items()
    }
    assert lines == {
        "times": {"Zeit": ["jeden Dienstag 9:30; in den Schulferien: nicht bekannt"]},
        "terms": {
            "Kosten": ["kostenlos"],
            "Wie mache ich mit?": ["Kommen Sie vorbei."],
            "Telefon": ["02323 111"],
        },
        "description": {
            "Titel": ["Krabbelgruppe"],
            "Kurz gesagt": ["Kurz gesagt."],
            "Wo": ["Haus, Weg 1, 44627 Herne"],
        },
    }


def test_figures_can_be_split_by_district_and_topic():
    city = make_district("Sodingen")
    quarter = make_district("Horsthausen", level="ortsteil", parent=city)
    topic = make_topic("Spielen", parent=make_topic("Familie"))
    offering = make_offering(topics=[topic], places=[make_place(district=quarter)])

    assert entry_of(offering).dimensions == {
        "district": [quarter.key, city.key, "stadt-herne"],
        "topic": sorted([topic.key, topic.parent.key]),
    }


def listed(offering: Offering) -> bool:
    catalogue().refresh()
    return offering.pk in catalogue().visible()


def test_hidden_offer_leaves_the_list_and_comes_back():
    offering = full_offering()
    entry = entry_of(offering)
    before = listed(offering)

    hide(entry, reason="Keine Antwort")
    offering.refresh_from_db()
    hidden = (offering.state, listed(offering))
    show(entry)
    offering.refresh_from_db()

    assert (before, hidden) == (True, ("unconfirmed", False))
    assert (offering.state, listed(offering)) == ("published", True)


def test_ended_offer_leaves_the_list_and_comes_back_when_undone():
    offering = full_offering()
    entry = entry_of(offering)

    end(entry)
    offering.refresh_from_db()
    ended = (offering.state, listed(offering))
    undo_end(entry)
    offering.refresh_from_db()

    assert ended == ("ended", False)
    assert (offering.state, listed(offering)) == ("published", True)


def test_offer_whose_last_day_is_over_is_asked_no_more():
    offering = full_offering(ends_on=date(2026, 11, 2))
    today = entry_of(offering).next_on
    clock.shift(clock._shift + timedelta(days=1))

    sync_all()

    entry = MaintainedEntry.objects.get(kind="offering", object_id=offering.pk)
    assert today is not None
    assert (entry.is_public, entry.next_on) == (False, None)


def test_drafts_and_samples_are_not_asked():
    draft = make_offering(state=Offering.State.DRAFT)
    make_offering(is_sample=True)

    sync_all("offering")

    [entry] = MaintainedEntry.objects.filter(kind="offering")
    assert (entry.object_id, entry.next_on) == (draft.pk, None)


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries_does_not_grow(count, django_assert_num_queries):
    ids = []
    for _ in range(count):
        offering = full_offering(places=[make_place(district=make_district())])
        make_schedule(offering)
        entry_of(offering)
        ids.append(offering.pk)

    with django_assert_num_queries(15):
        sync("offering", ids)


def test_place_without_an_address_has_no_comma_after_it():
    place = make_place("Gysenberg", street="", postal_code="", city="")
    offering = make_offering(places=[place])
    provider = make_organisation("Haus")
    provider.places.add(place)

    with override("en"):
        found = [
            (fact.label, [str(line) for line in fact.lines])
            for name, pk in (("offering", offering.pk), ("organisation", provider.pk))
            for fact in kinds()[name].facts(kinds()[name].get(pk), "en")["description"]
            if fact.label in {"Where", "Address"}
        ]

    assert found == [("Where", ["Gysenberg"]), ("Address", ["Gysenberg"])]
