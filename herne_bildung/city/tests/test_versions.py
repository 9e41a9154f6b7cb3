"""Snapshots of entries, and versions kept for a time."""

from datetime import timedelta

import pytest

from herne_bildung.city import reference, versions
from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import (
    EntryVersion,
    School,
)
from herne_bildung.city.rights import (
    LEADS,
    OFFICE,
    sees_everything,
)
from herne_bildung.city.tests.factories import (
    make_organisation,
    make_place,
    make_school,
    make_user,
)
from herne_bildung.city.versions import history, snapshots
from herne_bildung.lib import clock
from offerings.models import Offering, Topic
from offerings.tests.factories import make_offering, make_schedule, make_topic

pytestmark = pytest.mark.django_db
How = EntryVersion.How


@pytest.fixture(autouse=True)
def with_groups(db) -> None:
    reference.forget()
    ensure_groups()


@pytest.fixture
def office():
    return make_user("amt", OFFICE, LEADS)


def test_snapshot_and_back_is_the_same(office):
    offering = make_offering(
        "Chor",
        provider=make_organisation(),
        topics=[make_topic(), make_topic()],
        places=[make_place("A")],
        schedule={"exceptions": [clock.today()]},
        price="3.50",
        target_groups=["children"],
        title_tr="Koro",
    )
    make_schedule(offering, weekdays=[3])
    taken = snapshots.take(offering)
    numbers = [list(found.values_list("pk", flat=True)) for found in rows_of(offering)]

    offering.topics.clear()
    offering.places.clear()
    offering.cost_options.all().delete()
    offering.schedules.first().delete()
    Offering.objects.update(title_de="X", title_tr="", target_groups=[])
    offering.refresh_from_db()
    snapshots.apply(offering, taken)

    assert snapshots.take(offering) == taken
    assert snapshots.apply(offering, taken) == []
    assert len(numbers[0]) == 2
    assert offering.schedules.count() == 2


def rows_of(offering):
    return offering.schedules.order_by("pk"), offering.cost_options.order_by("pk")


def test_applying_what_is_there_keeps_the_rows():
    offering = make_offering("Chor", schedule={}, price="3")
    taken = snapshots.take(offering)
    before = [list(found.values()) for found in rows_of(offering)]

    snapshots.apply(offering, taken)

    assert [list(found.values()) for found in rows_of(offering)] == before


def test_old_versions_go_but_never_the_newest(settings, office):
    settings.VERSIONS_KEPT_DAYS = 100
    offering, quiet = make_offering("Chor"), make_school("Schule")
    versions.begin([offering])
    versions.begin([quiet])
    for title in ("B", "C"):
        Offering.objects.update(title_de=title)
        versions.note(offering, by=office, how=How.LOGIN)
    EntryVersion.objects.update(at=clock.now() - timedelta(days=200))
    Offering.objects.update(title_de="D")
    versions.note(offering, by=office, how=How.LOGIN)

    removed = [history.forget_old(), history.forget_old()]

    assert removed == [3, 0]
    left = EntryVersion.objects.values_list("model", "number")
    assert sorted(left) == [("city.school", 1), ("offerings.offering", 4)]
    assert (School.objects.count(), Topic.objects.count()) == (1, 0)


def test_noting_many_places_takes_the_same_queries(django_assert_num_queries):
    organisation = make_organisation()
    for number in (1, 30):
        places = [make_place() for _ in range(number)]
        organisation.places.add(*places)
        with django_assert_num_queries(8):
            found = versions.note_many(places, by=None, how=How.CARE)
        assert {one.organisation_id for one in found} == {organisation.pk}


def test_noting_many_takes_the_same_queries(django_assert_num_queries, office):
    assert sees_everything(office)
    for number in (1, 30):
        offerings = [make_offering(schedule={}) for _ in range(number)]
        with django_assert_num_queries(14):
            versions.note_many(offerings, by=office, how=How.CARE)
