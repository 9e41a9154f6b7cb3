"""Tables that come in: what is wrong, what is kept, what can be undone."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from openpyxl import Workbook

from herne_bildung.city.actions import ensure_groups
from herne_bildung.city.models import AuditEntry, Organisation, Place, WaitingVersion
from herne_bildung.city.rights import LEADS, OFFICE, PROVIDERS
from herne_bildung.city.tests.factories import (
    make_district,
    make_membership,
    make_organisation,
    make_user,
)
from herne_bildung.freshness.models import Confirmation, MaintainedEntry
from herne_bildung.lib import clock
from herne_bildung.portal.exchange import actions, work
from herne_bildung.portal.exchange.actions import NotNow
from herne_bildung.portal.exchange.writing import Writer
from herne_bildung.portal.models import Import, ImportedRow, ImportRecord
from herne_bildung.portal.tests.exchange import (
    checked,
    csv_of,
    header_of,
    problems,
    saved,
    taken_over,
    undone,
    worked,
    xlsx_of,
)
from offerings.models import Offering
from offerings.tests.factories import make_offering, make_topic

HEADER = header_of("offering", "key", "title_de", "summary_de", "provider", "phone")
ROW = ["K1", "Töpfern", "Mit Ton.", "Volkshochschule", "02323 160"]


def table(*rows, header=HEADER) -> bytes:
    return csv_of(header, *rows)


def row(**changed) -> list[str]:
    facts = dict(
        zip(["key", "title", "summary", "provider", "phone"], ROW, strict=True)
    )
    return list({**facts, **changed}.values())


@pytest.fixture
def lead(db):
    ensure_groups()
    return make_user("", LEADS)


@pytest.fixture
def school(db):
    return make_organisation("Volkshochschule")


@pytest.fixture
def manager(lead, school):
    """Someone who manages the school, which does not publish at once."""
    user = make_user("", PROVIDERS)
    make_membership(user, school, "manager")
    return user


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


def test_an_undone_import_leaves_what_was_before(lead, school):
    taken_over(table(ROW), by=lead)
    second = taken_over(table(row(title="Anders"), row(key="K2")), by=lead)

    job = undone(second, by=lead)

    assert job.state == "undone"
    assert list(Offering.objects.order_by("pk").values_list("title_de", "state")) == [
        ("Töpfern", "draft"),
        ("Töpfern", "archived"),
    ]
    noted = AuditEntry.objects.get(action="import_undone")
    assert (noted.by, noted.details["taken_back"]) == (lead, 2)

    taken_over(table(row(key="K2", title="Wieder")), by=lead)

    assert Offering.objects.filter(state="draft", title_de="Wieder").count() == 1
    assert Offering.objects.count() == 2


def test_what_was_changed_since_stays_when_an_import_is_undone(lead, school):
    taken_over(table(ROW), by=lead)
    second = taken_over(table(row(title="Anders", phone="1"), row(key="K2")), by=lead)
    Offering.objects.update(phone="von Hand")

    job = undone(second, by=lead)

    assert list(Offering.objects.order_by("pk").values_list("title_de", "state")) == [
        ("Töpfern", "draft"),
        ("Töpfern", "draft"),
    ]
    assert [one.stays for one in job.rows.order_by("pk")] == [["phone"], ["phone"]]


def test_missing_entries_are_archived_only_where_somebody_says_so(lead, school):
    rows = [row(key=f"K{number}") for number in range(10)]
    taken_over(table(*rows), by=lead)

    job = taken_over(table(*rows[:9]), by=lead)
    assert (job.counts.get("archived"), Offering.objects.count()) == (None, 10)

    job = checked(table(*rows[:9]), by=lead, file_name="a.csv")
    assert (job.counts["vanished"], job.counts["known"]) == (1, 10)
    job = worked(actions.take_over(job, by=lead, archives=True))
    assert Offering.objects.filter(state="archived").count() == 1

    job = checked(table(*rows[:3]), by=lead, file_name="b.csv")
    with pytest.raises(NotNow):
        actions.take_over(job, by=lead, archives=True)
    job = worked(actions.take_over(job, by=lead, archives=True, archives_many=True))
    assert Offering.objects.filter(state="archived").count() == 7

    undone(job, by=lead)
    assert Offering.objects.filter(state="archived").count() == 1


def test_a_worker_that_ends_in_the_middle_leaves_nothing_half_done(
    lead, school, monkeypatch
):
    monkeypatch.setattr("herne_bildung.portal.exchange.taking_over.BATCH", 2)
    rows = [row(key=f"K{number}") for number in range(5)]
    job = actions.take_over(checked(table(*rows), by=lead), by=lead)
    breaks_off(monkeypatch, after=2)

    with pytest.raises(RuntimeError):
        work.work()

    job.refresh_from_db()
    assert (job.state, job.done, Offering.objects.count()) == ("running", 2, 2)
    assert work.work() == 0, "its claim is still good"

    monkeypatch.undo()
    clock.shift(work.CLAIM + timedelta(seconds=1))
    try:
        worked(job)
    finally:
        clock.shift(timedelta())

    assert (job.state, job.counts["new"], Offering.objects.count()) == ("done", 5, 5)
    assert job.rows.count() == 5


def breaks_off(monkeypatch, *, after: int) -> None:
    """A worker that ends at that portion of rows."""
    whole, seen = Writer._create, []

    def broken(self, fresh):
        seen.append(fresh)
        created = whole(self, fresh)
        if len(seen) == after:
            raise RuntimeError("the worker ended")
        return created

    monkeypatch.setattr(Writer, "_create", broken)


def test_a_table_at_which_workers_end_is_given_up_visibly(lead, school, monkeypatch):
    job = actions.take_over(checked(table(ROW), by=lead), by=lead)
    breaks_off(monkeypatch, after=1)
    later = work.CLAIM + timedelta(seconds=1)
    try:
        for times in range(work.MOST_ATTEMPTS + 1):
            clock.shift(times * later)
            monkeypatch.undo()
            breaks_off(monkeypatch, after=1)
            if times < work.MOST_ATTEMPTS:
                with pytest.raises(RuntimeError):
                    work.work()
            else:
                work.work()
    finally:
        clock.shift(timedelta())

    job.refresh_from_db()
    assert (job.state, bool(job.refusal)) == ("broken", True)

    monkeypatch.undo()
    assert worked(actions.go_on(job)).state == "done"


def test_a_second_click_starts_nothing_twice(lead, school):
    job = checked(table(ROW), by=lead)
    assert checked(table(ROW), by=lead).pk == job.pk

    actions.take_over(job, by=lead)
    with pytest.raises(NotNow):
        actions.take_over(job, by=lead)
    worked(job)

    assert Offering.objects.count() == 1


@pytest.mark.parametrize("kind", ["organisation", "place"])
def test_managers_hand_in_offers_only_and_of_their_own(manager, school, kind):
    other = make_organisation("Andere")

    for values in (
        {"kind": kind, "organisation_id": school.pk},
        {"kind": "offering", "organisation_id": other.pk},
        {"kind": "offering", "organisation_id": None},
    ):
        with pytest.raises(PermissionDenied):
            actions.hand_in(
                **values, source="", file_name="a.csv", data=table(ROW), by=manager
            )
    assert Import.objects.count() == 0


def test_rows_about_others_are_errors(manager, school):
    foreign = make_offering("Fremd", provider=make_organisation("Andere"))
    data = table(
        row(provider="Andere"),
        row(key=f"portal-{foreign.pk}"),
        row(key="portal-999999"),
        row(key="portal-abc"),
        row(key="K5"),
    )

    job = checked(data, by=manager, organisation_id=school.pk)

    assert problems(job) == [
        (2, "D (Anbieter)"),
        (3, "A (Schlüssel)"),
        (4, "A (Schlüssel)"),
        (5, "A (Schlüssel)"),
    ]


def test_who_lost_the_right_meanwhile_changes_nothing(manager, school):
    job = checked(table(ROW), by=manager, organisation_id=school.pk)
    actions.take_over(job, by=manager)
    manager.memberships.all().delete()

    worked(job)

    assert (job.state, Offering.objects.count()) == ("broken", 0)


def test_offers_of_who_may_not_publish_wait(manager, school):
    header = [*HEADER, *header_of("offering", "state")]
    public = make_offering("Öffentlich", provider=school, phone="1")
    key = f"portal-{public.pk}"
    data = csv_of(
        header,
        [*ROW, "veröffentlicht"],
        [*row(key=key, title="Geändert"), "veröffentlicht"],
    )
    job = checked(data, by=manager, organisation_id=school.pk)

    assert (job.counts["new"], job.counts["asks"], job.counts["waiting"]) == (1, 1, 1)

    job = worked(actions.take_over(job, by=manager))

    public.refresh_from_db()
    new = Offering.objects.exclude(pk=public.pk).get()
    assert (public.title_de, new.state) == ("Öffentlich", "draft")
    waiting = WaitingVersion.objects.order_by("pk").values_list(
        "object_id", "is_publication", "by"
    )
    assert sorted(waiting) == [
        (public.pk, False, manager.pk),
        (new.pk, True, manager.pk),
    ]

    undone(job, by=manager)

    assert not WaitingVersion.objects.filter(state="waiting").exists()


def test_the_office_does_not_publish_by_a_table(lead, school):
    user = make_user("", OFFICE)
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(csv_of(header, [*ROW, "veröffentlicht"]), by=user)

    assert Offering.objects.get().state == "draft"


def test_trusted_managers_publish_by_a_table(manager, school):
    Organisation.objects.update(is_trusted=True)
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(
        csv_of(header, [*ROW, "veröffentlicht"]), by=manager, organisation_id=school.pk
    )

    assert Offering.objects.get().state == "published"


def test_internal_notes_are_for_those_who_read_them(manager, school):
    header = [*HEADER, *header_of("offering", "internal_note")]

    taken_over(csv_of(header, [*ROW, "geheim"]), by=manager, organisation_id=school.pk)

    assert Offering.objects.get().internal_note == ""


@pytest.mark.parametrize("confirms", [True, False])
def test_entries_are_confirmed_only_where_somebody_says_so(lead, school, confirms):
    header = [*HEADER, *header_of("offering", "state")]

    taken_over(csv_of(header, [*ROW, "veröffentlicht"]), by=lead, confirms=confirms)

    assert MaintainedEntry.objects.filter(kind="offering").count() == 1
    how = list(Confirmation.objects.values_list("how", "by"))
    assert how == ([("import", lead.pk)] if confirms else [])


def test_foreign_names_of_columns_are_asked_once(lead, school):
    header = ["Kurs-Kennzeichen", "Überschrift", "Teaser", "Anbieter", "Fon"]
    job = checked(csv_of(header, ROW), by=lead)
    assert (job.state, job.mapping) == ("mapping", ["", "", "", "provider", ""])

    job = worked(
        actions.assign(job, ["key", "title_de", "summary_de", "provider", "phone"])
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
            assert (job.state, job.total, problems(job)) == ("checked", 0, [])


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


def test_files_and_imports_go_when_their_time_is_over(lead, school):
    done = taken_over(table(ROW), by=lead)
    left = checked(xlsx_of([HEADER, ROW]), by=lead, file_name="b.xlsx")
    now = clock.now()

    assert actions.clean_up() == 0
    Import.objects.update(created_at=now - timedelta(days=15))
    actions.clean_up()

    assert set(Import.objects.values_list("pk", "state", "file")) == {
        (done.pk, "done", None),
        (left.pk, "discarded", None),
    }
    assert ImportedRow.objects.count() == 1

    Import.objects.update(created_at=now - timedelta(days=181))
    actions.clean_up()

    assert (Import.objects.count(), ImportedRow.objects.count()) == (0, 0)
    assert ImportRecord.objects.count() == 1
