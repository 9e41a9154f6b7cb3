"""Columns of tables, and files as people have them."""

from datetime import date

import pytest
from openpyxl import Workbook

from herne_bildung.city.models import Organisation, Place
from herne_bildung.city.rights import LEADS
from herne_bildung.city.tests.factories import (
    make_district,
    make_user,
)
from herne_bildung.portal.exchange import actions
from herne_bildung.portal.tests.exchange import (
    HEADER,
    ROW,
    checked,
    csv_of,
    header_of,
    problems,
    row,
    saved,
    taken_over,
    undone,
    worked,
)
from offerings.models import Offering
from offerings.tests.factories import make_offering


def test_foreign_names_of_columns_are_asked_once(lead, school):
    header = ["Kurs-Kennzeichen", "Überschrift", "Teaser", "Anbieter", "Fon"]
    job = checked(csv_of(header, ROW), by=lead)
    assert (job.state, job.mapping) == ("mapping", ["", "", "", "provider", ""])

    job = worked(
        actions.assign(
            job, ["key", "title_de", "summary_de", "provider", "phone"], by=lead
        )
    )
    assert (job.state, job.counts["new"]) == ("checked", 1)

    again = checked(csv_of(header, row(key="K9")), by=lead)
    assert (again.state, again.counts["new"]) == ("checked", 1)

    other = checked(csv_of(header, ROW), by=make_user("", LEADS))
    assert other.state == "mapping"


def test_parents_come_before_children_whatever_the_order(lead):
    header = header_of("organisation", "key", "name_de", "kind", "parent")
    data = csv_of(
        header,
        ["C", "Kind", "Büro", "B"],
        ["B", "Mitte", "office", "A"],
        ["A", "Oben", "Stadt", ""],
        ["X", "Kreis 1", "office", "Y"],
        ["Y", "Kreis 2", "office", "X"],
        ["Z", "Fehlt", "office", "Nirgends"],
    )
    with_german_names = data.replace(b"B\xc3\xbcro", b"office").replace(
        b"Stadt", b"city"
    )

    job = taken_over(with_german_names, by=lead, kind="organisation", skips_errors=True)

    found = Organisation.objects.values_list("name_de", "parent__name_de")
    assert ("Kind", "Mitte") in set(found)
    assert ("Mitte", "Oben") in set(found)
    assert "Fehlt" not in {name for name, _parent in found}
    assert job.state == "done"


def test_places_find_their_district_and_go_again(lead):
    make_district("Wanne")
    header = header_of(
        "place", "key", "name", "street", "district", "latitude", "longitude"
    )
    data = csv_of(
        header,
        ["P1", "Haus", "Weg 1", "Wanne", "51,53", "7,15"],
        ["P2", "Saal", "Weg 2", "", "", ""],
        ["P3", "Falsch", "Weg 3", "Mond", "95", ""],
    )

    job = taken_over(data, by=lead, kind="place", skips_errors=True)

    places = Place.objects.order_by("name")
    assert [(p.name, p.latitude, p.is_district_chosen) for p in places] == [
        ("Haus", 51.53, True),
        ("Saal", None, False),
    ]
    make_offering(places=[places[1]])

    undone(job, by=lead)

    assert [p.name for p in Place.objects.all()] == ["Saal"]


def test_a_name_of_several_names_them_all(lead):
    borough = make_district("Wanne")
    make_district("Wanne", level="ortsteil", parent=borough)
    header = header_of("place", "key", "street", "district")

    job = checked(csv_of(header, ["P1", "Weg 1", "Wanne"]), by=lead, kind="place")

    [said] = job.problems.values_list("text", flat=True)
    assert "„Wanne (Stadtbezirk)“, „Wanne (Ortsteil)“" in said


def test_workbooks_with_dates_numbers_formulas_and_joined_cells(lead, school):
    header = [*HEADER, *header_of("offering", "starts_on", "age_min_months")]
    book = Workbook()
    for cells in (
        header,
        [*ROW, date(2027, 1, 12), 36],
        [*row(key="K2"), 46399, 36.0],
        [*row(key="K3", phone=2323160), date(2027, 1, 12), "3 Jahre"],
        [*row(key="K4", title="=1+1"), None, None],
        [*row(key="K5"), None, None],
        [*row(key="K6"), 99, None],
    ):
        book.active.append(cells)
    book.active.merge_cells("B6:C6")

    job = taken_over(saved(book), by=lead, skips_errors=True)

    assert problems(job) == [
        (4, "E (Telefon)"),
        (5, "B (Titel)"),
        (6, "B (Titel)"),
        (6, "C (Kurzbeschreibung)"),
        (7, "F (Erster Tag)"),
    ]
    assert list(
        Offering.objects.order_by("pk").values_list("starts_on", "age_min_months")
    ) == [(date(2027, 1, 12), 36), (date(2027, 1, 12), 36)]


def test_the_example_of_the_template_is_no_entry(client, lead, school):
    client.force_login(lead)

    for kind in ("offering", "organisation", "place"):
        for form in ("csv", "xlsx"):
            answer = client.get(f"/verwaltung/tabellen/vorlage/{kind}.{form}")
            data = b"".join(answer.streaming_content)
            job = checked(data, by=lead, kind=kind, file_name=f"{kind}.{form}")
            assert (job.state, job.total, problems(job)) == ("refused", 0, [])
            assert job.refusal.startswith("Die Tabelle hat keine Zeilen")


def test_several_times_and_prices_stand_in_parts(lead, school):
    header = [
        *HEADER[:4],
        *header_of("offering", "schedules.weekdays", "schedules.start_time"),
        *header_of("offering", "schedules.starts_on", "cost_options.amount"),
    ]
    first = [*ROW[:4], "Di, Do | Sa", "9:30 | 10 Uhr", "12.01.2027 | 16.01.2027"]

    taken_over(csv_of(header, [*first, "12,50 | 1.000"]), by=lead, skips_errors=True)

    offering = Offering.objects.get()
    assert [(s.weekdays, f"{s.start_time}") for s in offering.schedules.all()] == [
        ([1, 3], "09:30:00"),
        ([5], "10:00:00"),
    ]

    taken_over(csv_of(header, [*ROW[:4], "Mi", "9:30", "12.01.2027", ""]), by=lead)

    assert [s.weekdays for s in offering.schedules.all()] == [[2]]
    assert list(offering.cost_options.all()) == []


@pytest.mark.parametrize("data", [b"", b"\0", b"PK\x03\x04", b"a;b\n" * 9, b"x;y\n1;2"])
def test_files_that_are_no_table_are_refused_or_asked_about(lead, data):
    job = checked(data, by=lead)

    assert job.state in {"refused", "mapping"}
    assert bool(job.refusal) == (job.state == "refused")
