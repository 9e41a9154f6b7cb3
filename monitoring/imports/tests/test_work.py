"""What the worker does: all or nothing, whatever happens to it."""

from datetime import timedelta
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from herne_bildung.lib import clock
from monitoring.imports import actions, staging, work
from monitoring.imports.tests.files import (
    HEADER,
    checked,
    counts,
    csv_of,
    raw,
    taken_in,
    worked,
)
from monitoring.models import ImportRun
from monitoring.tests.factories import make_raw

DATA = csv_of(HEADER, ("Herne", 2021, "17,5"), ("Herne", 2022, "18"))
TAKEN = [("Herne", "2021", "17.5"), ("Herne", "2022", "18")]


@pytest.fixture
def moved_clock():
    yield clock.shift
    clock.shift(timedelta())


def broken_after_writing(monkeypatch, error: Exception) -> None:
    """A worker that ends when all raw values are written, but not committed."""
    whole = staging.write

    def write(indicator_ids):
        whole(indicator_ids)
        raise error

    monkeypatch.setattr(staging, "write", write)


def test_a_worker_that_ends_while_writing_leaves_nothing(
    staff, share, herne, monkeypatch, moved_clock
):
    make_raw(share, herne, "2021", 5)
    run = actions.take_in(checked(DATA, indicator=share, by=staff), by=staff)
    broken_after_writing(monkeypatch, KeyboardInterrupt())

    with pytest.raises(KeyboardInterrupt):
        work.work()

    run.refresh_from_db()
    assert (run.state, raw()) == ("writing", [("Herne", "2021", "5")])
    assert work.work() == 0, "its claim is still good"

    monkeypatch.undo()
    moved_clock(work.CLAIM + timedelta(seconds=1))
    worked(run)

    assert (run.state, counts(run), raw()) == ("done", (1, 1, 0), TAKEN)


def test_an_error_of_the_portal_is_told_and_nothing_is_written(
    staff, share, herne, monkeypatch
):
    run = actions.take_in(checked(DATA, indicator=share, by=staff), by=staff)
    broken_after_writing(monkeypatch, RuntimeError("broken"))

    with pytest.raises(RuntimeError):
        work.work()

    run.refresh_from_db()
    assert (run.state, raw(), counts(run)) == ("failed", [], (2, 0, 0))
    assert run.refusal.endswith(".")

    monkeypatch.undo()
    run = worked(actions.try_again(run, by=staff))
    run = worked(actions.take_in(run, by=staff))

    assert (run.state, raw()) == ("done", TAKEN)


def test_a_database_that_goes_away_is_tried_again_three_times(
    staff, share, herne, monkeypatch
):
    run = actions.take_in(checked(DATA, indicator=share, by=staff), by=staff)
    broken_after_writing(monkeypatch, OperationalError("gone"))

    worked(run)

    assert (run.state, run.attempts, raw()) == ("failed", work.MOST_ATTEMPTS, [])


def test_a_worker_whose_claim_was_taken_writes_nothing(
    staff, share, herne, monkeypatch
):
    run = actions.take_in(checked(DATA, indicator=share, by=staff), by=staff)
    whole = staging.lock

    def lock(indicator_ids):
        whole(indicator_ids)
        later = clock.now() + timedelta(hours=1)
        ImportRun.objects.filter(pk=run.pk).update(claimed_until=later)

    monkeypatch.setattr(staging, "lock", lock)
    work.work()

    assert raw() == []


def test_of_two_imports_of_one_indicator_one_waits(
    transactional_db, staff, share, herne
):
    run = actions.take_in(checked(DATA, indicator=share, by=staff), by=staff)
    is_begun = Event()

    def second() -> None:
        is_begun.set()
        work.work()
        connection.close()

    thread = Thread(target=second)
    with transaction.atomic():
        staging.lock([share.pk])
        thread.start()
        is_begun.wait(5)
        thread.join(0.5)
        run.refresh_from_db()
        was_waiting = thread.is_alive(), run.state, raw()
    thread.join(10)
    run.refresh_from_db()

    assert was_waiting == (True, "writing", [])
    assert (run.state, raw()) == ("done", TAKEN)


def test_progress_is_seen_while_the_file_is_read(staff, share, herne, monkeypatch):
    monkeypatch.setattr(work, "PORTION", 1)
    seen, whole = [], staging.add

    def add(rows):
        seen.append(ImportRun.objects.values_list("rows_done", "rows").get())
        whole(rows)

    monkeypatch.setattr(staging, "add", add)
    taken_in(DATA, indicator=share, by=staff)

    assert seen == [(0, 0), (1, 0), (0, 2), (1, 2)]


def test_files_go_after_a_day_and_imports_after_months(
    staff, share, herne, moved_clock, settings
):
    old = checked(DATA, indicator=share, by=staff)
    wrong = checked(csv_of(HEADER, ("Herne", 2021, "x y")), indicator=share, by=staff)
    moved_clock(timedelta(hours=25))
    fresh = checked(DATA, indicator=share, by=staff)

    assert (fresh.pk != old.pk, actions.clean_up(), actions.clean_up()) == (True, 2, 0)

    for run in (old, wrong, fresh):
        run.refresh_from_db()
    found = [(run.state, run.content is None, run.sample == []) for run in (old, fresh)]
    assert found == [("discarded", True, True), ("checked", False, False)]
    assert (wrong.state, wrong.errors, wrong.error_count) == ("refused", [], 1)

    moved_clock(timedelta(days=settings.IMPORTS_KEPT_DAYS + 2))
    actions.clean_up()
    assert ImportRun.objects.count() == 0


def test_the_same_file_twice_within_minutes_is_one_import(staff, share, herne):
    first = checked(DATA, indicator=share, by=staff)
    second = checked(DATA, indicator=share, by=staff)

    assert second == first
    with pytest.raises(actions.NotNow):
        actions.take_in(actions.take_in(first, by=staff), by=staff)
