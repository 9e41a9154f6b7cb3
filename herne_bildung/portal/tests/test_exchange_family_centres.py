"""Family centres as a table, and their Kitas in that of organisations."""

from datetime import date, time

import pytest

from herne_bildung.city.models import EntryVersion, NetworkLink, SearchDocument
from herne_bildung.city.tests.factories import make_organisation
from herne_bildung.portal.tests.exchange import (
    checked,
    csv_of,
    header_of,
    problems,
    taken_over,
    undone,
)
from offerings.models import FamilyCentre
from offerings.tests.centres import make_centre

FACTS = (
    "key",
    "organisation",
    "certificate_until",
    "consultation_hours.weekday",
    "consultation_hours.opens",
    "consultation_hours.closes",
)
HEADER = header_of("family_centre", *FACTS)
ROW = ["K1", "Regenbogen", "31.7.2028", "Di | Do", "9:00 | 14", "11:00 | 16 Uhr"]


def test_profiles_come_in_and_are_taken_back(lead):
    organisation = make_organisation("Regenbogen", kind="family_centre")

    job = taken_over(csv_of(HEADER, ROW), by=lead, kind="family_centre")

    centre = FamilyCentre.objects.get()
    assert (centre.organisation, centre.certificate_until, centre.is_sample) == (
        organisation,
        date(2028, 7, 31),
        False,
    )
    hours = centre.consultation_hours.values_list("weekday", "opens", "closes")
    assert list(hours) == [(1, time(9), time(11)), (3, time(14), time(16))]
    assert SearchDocument.objects.filter(kind="family_centre").count() == 1
    version = EntryVersion.objects.get(model="offerings.familycentre")
    assert version.how == EntryVersion.How.IMPORT
    undone(job, by=lead)
    assert not FamilyCentre.objects.exists()


def test_the_same_table_again_changes_nothing_and_another_one_does(lead):
    make_organisation("Regenbogen", kind="family_centre")
    taken_over(csv_of(HEADER, ROW), by=lead, kind="family_centre")

    again = taken_over(csv_of(HEADER, ROW), by=lead, kind="family_centre")
    later = [*ROW[:2], "31.7.2032", "Mi", "8", "9"]
    job = taken_over(csv_of(HEADER, later), by=lead, kind="family_centre")

    assert not again.rows.exists()
    centre = FamilyCentre.objects.get()
    assert centre.certificate_until == date(2032, 7, 31)
    assert list(centre.consultation_hours.values_list("weekday", flat=True)) == [2]
    undone(job, by=lead)
    centre.refresh_from_db()
    assert centre.certificate_until == date(2028, 7, 31)
    assert list(centre.consultation_hours.values_list("weekday", flat=True)) == [1, 3]


def test_errors_are_told_by_row_and_column_and_nothing_is_written(lead):
    make_organisation("Verein")
    make_organisation("Regenbogen", kind="family_centre")
    make_centre("Eins")
    rows = [
        ["K1", "Verein", "", "", "", ""],
        ["K2", "Regenbogen", "31.2.2028", "Di, Do", "9", "8"],
        ["K3", "Eins", "", "", "", ""],
        ["K4", "Regenbogen", "", "Di", "9", "8"],
    ]

    job = checked(csv_of(HEADER, *rows), by=lead, kind="family_centre")

    names = dict(zip("ABCDEF", HEADER, strict=True))
    assert sorted(problems(job)) == [
        (2, f"B ({names['B']})"),
        (3, f"C ({names['C']})"),
        (3, f"D ({names['D']})"),
        (3, f"F ({names['F']})"),
        (4, f"B ({names['B']})"),
        (5, f"F ({names['F']})"),
    ]
    assert FamilyCentre.objects.count() == 1


def test_kitas_come_with_the_table_of_organisations(lead):
    one, two = make_organisation("Kita Eins"), make_organisation("Kita Zwei")
    header = header_of("organisation", "key", "name_de", "kind", "member_links.member")
    row = ["Z1", "Zentrum", "Familienzentrum", f"Kita Eins | {two.slug}"]

    job = taken_over(csv_of(header, row), by=lead, kind="organisation")

    links = NetworkLink.objects.order_by("pk").values_list("member", flat=True)
    assert list(links) == [one.pk, two.pk]
    taken_over(
        csv_of(header, [*row[:3], "Kita Zwei | Kita Eins"]),
        by=lead,
        kind="organisation",
    )
    assert set(links.all()) == {one.pk, two.pk}
    taken_over(csv_of(header, [*row[:3], "Kita Zwei"]), by=lead, kind="organisation")
    assert list(links.all()) == [two.pk]
    assert job.counts["new"] == 1


@pytest.mark.parametrize(
    ("kind", "kitas"),
    [
        ("Familienzentrum", "Kita | Kita"),
        ("Bildungseinrichtung", "Kita"),
        ("Familienzentrum", "Unbekannt"),
        ("Familienzentrum", "Z0"),
    ],
)
def test_kitas_that_do_not_fit_are_errors(lead, kind, kitas):
    make_organisation("Kita")
    header = header_of("organisation", "key", "name_de", "kind", "member_links.member")
    new_kita = ["Z0", "Neue Kita", "Bildungseinrichtung", ""]

    job = checked(
        csv_of(header, new_kita, ["Z1", "Zentrum", kind, kitas]),
        by=lead,
        kind="organisation",
    )

    assert problems(job) == [(3, f"D ({header[3]})")]
