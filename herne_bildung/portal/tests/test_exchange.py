"""Tables that come in: what is wrong, what is kept."""

import pytest

from herne_bildung.city.models import AuditEntry
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.portal.exchange import actions
from herne_bildung.portal.exchange.actions import NotNow
from herne_bildung.portal.models import ImportRecord
from herne_bildung.portal.tests.exchange import (
    HEADER,
    ROW,
    checked,
    csv_of,
    header_of,
    problems,
    row,
    table,
    taken_over,
    worked,
)
from offerings.models import Offering
from offerings.tests.factories import make_topic


def test_all_errors_are_found_at_once_by_row_and_column(lead, school):
    header = [
        *HEADER,
        *header_of("offering", "age_min_months", "starts_on", "topics", "is_free"),
        *header_of("offering", "schedules.weekdays", "schedules.start_time", "email"),
    ]
    make_topic("Kunst")
    good = [*ROW, "36", "12.1.2027", "Kunst", "ja", "Di", "9:30", "a@example.org"]
    data = csv_of(
        header,
        good,
        ["", "", "x" * 401, "Unbekannt", "1" * 41, "drei", "31.2.2027", "Kunst|Mond",
         "vielleicht", "Dings", "25:00", "keine"],
        ["K1", *good[1:]],
        [*good[:1], *good[1:], "zu viel"],
    )  # fmt: skip

    job = checked(data, by=lead)

    wrong = [column for number, column in problems(job) if number == 3]
    assert sorted(wrong) == [
        f"{letter} ({name})"
        for letter, name in zip("ABCDEFGHIJKL", header, strict=True)
    ]
    assert {number for number, _column in problems(job)} == {2, 3, 4, 5}
    assert (job.counts["wrong"], Offering.objects.count()) == (4, 0)


def test_what_does_not_fit_is_found_with_other_errors_but_not_for_cells_unread(lead):
    facts = ("key", "street", "postal_code", "latitude", "longitude")
    rows = [["A", "", "4462x", "51,5", ""], ["B", "Weg 1", "44623", "x", "7,2"]]

    job = checked(csv_of(header_of("place", *facts), *rows), by=lead, kind="place")

    assert problems(job) == [
        (2, "B (Straße und Hausnummer)"),
        (2, "C (PLZ)"),
        (2, "E (Länge)"),
        (3, "D (Breite)"),
    ]


def test_an_upper_age_alone_begins_at_birth(lead, school):
    header = [*HEADER, *header_of("offering", "age_max_months")]

    taken_over(csv_of(header, [*ROW, "3 Jahre"]), by=lead)

    offering = Offering.objects.get()
    assert (offering.age_min_months, offering.age_max_months) == (0, 36)


def test_a_table_with_errors_is_taken_over_only_where_somebody_says_so(lead, school):
    job = checked(table(ROW, row(key="K2", title="")), by=lead)

    with pytest.raises(NotNow):
        actions.take_over(job, by=lead)
    worked(actions.take_over(job, by=lead, skips_errors=True))

    assert [o.title_de for o in Offering.objects.all()] == ["Töpfern"]
    assert AuditEntry.objects.get(action="imported").details["wrong"] == 1


def test_a_second_table_changes_what_the_first_made(lead, school):
    taken_over(table(ROW), by=lead)
    job = taken_over(table(row(title="Töpfern II"), row(key="K2")), by=lead)

    assert (job.counts["changed"], job.counts["new"]) == (1, 1)
    assert sorted(o.title_de for o in Offering.objects.all()) == [
        "Töpfern",
        "Töpfern II",
    ]


def test_the_same_table_again_changes_nothing(lead, school):
    taken_over(table(ROW), by=lead)
    before = Offering.objects.values().get()

    job = taken_over(table(ROW), by=lead, file_name="noch einmal.csv")

    assert (job.counts["same"], job.rows.count()) == (1, 0)
    assert Offering.objects.values().get() == before


def test_facts_changed_here_stay_and_the_report_says_so(lead, school):
    taken_over(table(ROW), by=lead)
    Offering.objects.update(phone="0234 1")

    changed = table(row(title="Neu", phone="02323 999"))
    job = taken_over(changed, by=lead)

    offering = Offering.objects.get()
    assert (offering.title_de, offering.phone) == ("Neu", "0234 1")
    assert (job.counts["kept_facts"], job.rows.get().kept) == (1, ["phone"])

    taken_over(changed, by=lead, overwrites=True, file_name="drüber.csv")

    offering.refresh_from_db()
    assert offering.phone == "02323 999"


def test_columns_a_table_does_not_have_stay(lead, school):
    taken_over(table(ROW), by=lead)
    Offering.objects.update(description_de="Von hier")

    taken_over(csv_of(HEADER[:2], ["K1", "Anders"]), by=lead)

    offering = Offering.objects.get()
    assert (offering.title_de, offering.description_de, offering.phone) == (
        "Anders",
        "Von hier",
        "02323 160",
    )


def test_sources_and_organisations_have_keys_of_their_own(lead, school, manager):
    taken_over(table(ROW), by=lead)
    taken_over(table(ROW), by=lead, source="Kursprogramm")
    taken_over(table(ROW), by=manager, organisation_id=school.pk)

    assert Offering.objects.count() == ImportRecord.objects.count() == 3


@pytest.mark.parametrize("confirms", [True, False])
def test_entries_are_confirmed_only_where_somebody_says_so(lead, school, confirms):
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(csv_of(header, [*ROW, "veröffentlicht"]), by=lead, confirms=confirms)

    assert MaintainedEntry.objects.filter(kind="offering").count() == 1
    how = list(Confirmation.objects.values_list("how", "by"))
    assert how == ([("import", lead.pk)] if confirms else [])
