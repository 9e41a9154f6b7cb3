"""Many rows written by one statement, as saving each of them would."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest
from django.db import DataError, connection, transaction
from django.test.utils import CaptureQueriesContext

from herne_bildung.city.models import SchoolHoliday
from herne_bildung.city.tests.factories import make_organisation, make_place
from herne_bildung.city.versions import declared_for, snapshots
from herne_bildung.city.versions.applying import apply_many
from herne_bildung.lib import clock, many_rows
from offerings.models import CostOption, Offering, Schedule
from offerings.tests.factories import make_offering, make_schedule, make_topic

pytestmark = pytest.mark.django_db


def values_of(model) -> list[dict]:
    return list(model._base_manager.order_by("pk").values())


def test_all_kinds_of_values_come_back_as_they_went_in():
    offering = make_offering()
    rows = [
        Schedule(
            offering=offering,
            weekdays=[1, 3],
            starts_on=date(2027, 1, 12),
            start_time=time(9, 30),
            exceptions=[date(2027, 2, 2)],
        ),
        CostOption(offering=offering, amount=Decimal("3.50")),
        Offering(
            title_de='Ein „Titel“ \\ mit "allem"\n',
            slug="a",
            translation_state={"tr": {"title": {"hash": None}}},
            target_groups=["parents"],
            next_start=datetime(2027, 1, 12, 8, 30, 0, 123456, tzinfo=UTC),
            is_free=None,
        ),
    ]

    for row in rows:
        many_rows.insert([row])

    for row in rows:
        stored = type(row)._base_manager.get(pk=row.pk)
        names = [field.attname for field in row._meta.concrete_fields]
        assert {n: getattr(row, n) for n in names} == {
            n: getattr(stored, n) for n in names
        }


def test_numbers_go_on_where_single_rows_left_off():
    one, two, three = (CostOption(offering=make_offering(), amount=1) for _ in "123")

    one.save()
    many_rows.insert([two])
    three.save()

    assert one.pk < two.pk < three.pk


def test_what_is_there_stays_with_ignored_conflicts():
    day = {"starts_on": date(2027, 7, 1), "ends_on": date(2027, 8, 1)}
    kept = SchoolHoliday.objects.create(name="Ferien", **day)

    many_rows.insert(
        [SchoolHoliday(pk=kept.pk, name="X", **day)], ignore_conflicts=True
    )

    assert SchoolHoliday.objects.get().name == "Ferien"


def test_only_the_named_fields_of_the_rows_are_written():
    first, second = make_offering("A"), make_offering("B")
    before = values_of(Offering)
    first.title_de, first.phone, first.target_groups = "C", "02323 1", ["parents"]

    assert many_rows.update([first], ["title_de", "target_groups"]) == 1

    before[0] |= {"title": "C", "target_groups": ["parents"]}
    assert values_of(Offering) == before
    assert second.pk == before[1]["id"]


def test_a_text_too_long_is_refused_not_cut():
    offering = make_offering("A")
    offering.phone = "1" * 41

    with pytest.raises(DataError), transaction.atomic():
        many_rows.update([offering], ["phone"])
    with pytest.raises(DataError), transaction.atomic():
        many_rows.insert([Offering(slug="x" * 500)])

    assert Offering.objects.get().phone == ""


def make_full(number: int) -> Offering:
    offering = make_offering(
        f"Chor {number}",
        provider=make_organisation(f"Haus {number}"),
        topics=[make_topic(), make_topic()],
        places=[make_place(f"Saal {number}")],
        schedule={"exceptions": [clock.today()]},
        price="3.50",
        target_groups=["children"],
        title_tr="Koro",
    )
    make_schedule(offering, weekdays=[3])
    return offering


def test_many_snapshots_are_applied_as_each_alone():
    """What is gone stays away, rows that stay keep their numbers."""
    offerings = [make_full(number) for number in range(3)]
    declared = declared_for(Offering)
    pks = [offering.pk for offering in offerings]
    first, second, third = snapshots.take_many(declared, pks).values()
    gone = make_topic()
    wanted = [
        {**second, "slug": "neu", "provider": third["provider"], "title_de": "Neu"},
        {"topics": [gone.pk, *first["topics"]], "schedules": second["schedules"][1:]},
        {"cost_options": [*third["cost_options"], first["cost_options"][0]]},
    ]
    gone.delete()

    def write(chosen: dict) -> tuple:
        with transaction.atomic():
            apply_many(declared, chosen, prepare=prepare, prepared=("sort_key",))
            result = (*map(values_of, (Offering, Schedule, CostOption)), taken())
            transaction.set_rollback(True)
        return [without_moments(part) for part in result]

    def taken() -> list[dict]:
        found = snapshots.take_many(declared, pks)
        return [found[pk] for pk in pks]

    with transaction.atomic():
        for offering, facts in zip(offerings, wanted, strict=True):
            snapshots.apply(offering, facts)
        alone = (*map(values_of, (Offering, Schedule, CostOption)), taken())
        alone = [without_moments(part) for part in alone]
        transaction.set_rollback(True)

    fresh = Offering.objects.order_by("pk")
    together = write(dict(zip(fresh, wanted, strict=True)))

    assert without_new_numbers(together) == without_new_numbers(alone)
    assert together[3][0]["title_de"] == "Neu"


def prepare(offering: Offering) -> None:
    offering.sort_key = offering.title_de.casefold()


def without_moments(rows: list[dict]) -> list[dict]:
    return [
        {name: value for name, value in row.items() if name != "updated_at"}
        for row in rows
    ]


def without_new_numbers(tables: list[list[dict]]) -> list[list[dict]]:
    """A price that is new has another number each time."""
    for row in tables[2][3:]:
        del row["id"], row["created_at"]
    return tables


def test_many_entries_take_as_many_queries_as_one():
    declared, numbers = declared_for(Offering), []
    for number in (1, 5):
        offerings = [make_full(place) for place in range(number)]
        facts = {"title_de": "X", "provider": None, "topics": [], "schedules": []}
        with CaptureQueriesContext(connection) as queries:
            apply_many(declared, dict.fromkeys(offerings, facts))
        numbers.append(len(queries))

    assert numbers == [5, 5]
