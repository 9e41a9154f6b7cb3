"""What the worker does: once, whatever happens to it."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from herne_bildung.lib import clock
from herne_bildung.portal.exchange import actions, work
from herne_bildung.portal.exchange.actions import NotNow
from herne_bildung.portal.exchange.writing import Writer
from herne_bildung.portal.models import Import, ImportedRow, ImportRecord
from herne_bildung.portal.tests.exchange import (
    HEADER,
    ROW,
    checked,
    csv_of,
    header_of,
    row,
    table,
    taken_over,
    worked,
    xlsx_of,
)
from offerings.models import Offering
from offerings.tests.factories import make_topic


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
    assert worked(actions.go_on(job, by=lead)).state == "done"


def test_a_second_click_starts_nothing_twice(lead, school):
    job = checked(table(ROW), by=lead)
    assert checked(table(ROW), by=lead).pk == job.pk

    actions.take_over(job, by=lead)
    with pytest.raises(NotNow):
        actions.take_over(job, by=lead)
    worked(job)

    assert Offering.objects.count() == 1


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


def test_many_rows_are_taken_over_with_as_many_queries_as_few(lead, school):
    """New ones, and all of them changed, with times and prices."""
    header = header_of(
        "offering", "key", "title_de", "summary_de", "provider", "topics",
        "schedules.weekdays", "schedules.start_time", "schedules.starts_on",
        "cost_options.amount",
    )  # fmt: skip
    topic = make_topic("Musik")
    numbers = []
    for rows in (1, 8):
        for title, price in (("Chor", "3,50"), ("Orchester", "4,00")):
            data = csv_of(
                header,
                *(
                    [f"K{rows}-{n}", title, "Kurz.", "Volkshochschule", topic.name_de,
                     "Di", "9:30", "12.01.2027", price]
                    for n in range(rows)
                ),
            )  # fmt: skip
            job = checked(data, by=lead)
            actions.take_over(job, by=lead)
            with CaptureQueriesContext(connection) as queries:
                job = worked(job)
            assert job.state == Import.State.DONE
            assert job.counts["changed" if title == "Orchester" else "new"] == rows
            numbers.append(len(queries))

    # The first table asks for what stays the same, too.
    assert numbers[1:] == [92, 90, 92]


def test_two_who_wait_for_each_other_cost_the_table_nothing(lead, school, monkeypatch):
    job = actions.take_over(checked(table(row()), by=lead), by=lead)
    write, failures = Writer.write, iter([True, False])

    def fail_once(self, planned):
        if next(failures):
            raise OperationalError("deadlock detected")
        return write(self, planned)

    monkeypatch.setattr(Writer, "write", fail_once)

    assert worked(job).state == Import.State.DONE
    assert Offering.objects.count() == 1
