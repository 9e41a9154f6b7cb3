"""Index rows, next dates and search words follow what they are made from."""

import contextlib
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction

from herne_bildung.city.models import SchoolHoliday, SearchDocument
from herne_bildung.city.search import find
from herne_bildung.city.tests.factories import (
    make_district,
    make_organisation,
    make_place,
)
from herne_bildung.lib import clock
from offerings.actions import (
    compute_next_dates,
    reindex,
    reindex_changed,
    remove_samples,
)
from offerings.models import Offering, OfferingIndex
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
    assert hits.ids == (offering.pk,)


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
    make_offering("Ohne Pause", schedule={})
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

    assert find("offering", "Später", "de").ids == (offering.pk,)


def test_search_does_not_find_drafts():
    make_offering("Geheimkurs", state=Offering.State.DRAFT)

    assert find("offering", "Geheimkurs", "de").ids == ()
    assert SearchDocument.objects.filter(is_public=False).count() == 1


def test_removing_samples_leaves_real_offers_and_tells_the_filters():
    sample = make_offering("Beispiel", is_sample=True, schedule={}, price="3")
    real = make_offering("Echt")

    assert remove_samples() == 1

    assert list(Offering.objects.values_list("pk", flat=True)) == [real.pk]
    rows = dict(OfferingIndex.objects.values_list("offering_id", "is_listed"))
    assert rows == {sample.pk: False, real.pk: True}
    assert list(SearchDocument.objects.values_list("object_id", flat=True)) == [real.pk]


def test_reindex_of_nothing_changes_nothing():
    assert reindex([]) == 0
    assert reindex([987654]) == 0
