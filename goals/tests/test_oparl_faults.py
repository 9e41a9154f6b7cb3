"""Servers that fail half-way, and workers that end in the middle."""

import time
from datetime import timedelta

import pytest

from goals.models import CouncilPaper, OParlRun
from goals.oparl import actions, running
from goals.tests.oparl import everything, outcome, run
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


def numbers() -> list[str]:
    return list(
        CouncilPaper.objects.order_by("number").values_list("number", flat=True)
    )


def three_pages(server) -> None:
    for number in range(5):
        server.paper(str(number), f"2025/000{number}")


@pytest.mark.parametrize("fault", [500, 503, 429, "drop", "half", "words"])
def test_fault_that_passes_is_waited_for(server, source, fault):
    three_pages(server)
    server.faults["papers?page=2"] = [fault, fault]

    done = run(server, source)

    assert outcome(done) == ("done", 5, {"new": 5}, [])
    assert server.asked.count("papers?page=2") == 3


@pytest.mark.parametrize("fault", [500, "drop", "half", "words"])
def test_broken_run_goes_on_with_the_page_it_was_at(server, source, fault):
    three_pages(server)
    server.faults["papers?page=2"] = [fault] * 3

    broken = run(server, source)
    state = outcome(broken), broken.next_address, source.fetched_until, numbers()
    server.asked.clear()
    again = run(server, source)

    assert state == (
        ("broken", 2, {"new": 2}, []),
        server.url("papers?page=2"),
        None,
        ["0000", "0001"],
    )
    assert again.pk == broken.pk
    assert outcome(again) == ("done", 5, {"new": 5}, [])
    assert server.asked == ["papers?page=2", "papers?page=3"]
    assert source.fetched_until == again.created_at


def test_page_that_is_no_more_lets_the_list_begin_anew(server, source):
    three_pages(server)
    server.faults["papers?page=3"] = [500] * 3
    run(server, source)
    server.faults["papers?page=3"] = [404]

    again = run(server, source)

    assert outcome(again) == ("done", 5, {"new": 5, "unchanged": 4}, [])
    assert numbers() == ["0000", "0001", "0002", "0003", "0004"]


def test_worker_that_ends_in_the_middle_of_a_page_leaves_nothing_half_done(
    server, source, monkeypatch
):
    server.per_page = 5
    three_pages(server)
    started = actions.start(source)
    written = []
    original = running.write

    def write(paper, *rest):
        if len(written) == 3:
            raise KeyboardInterrupt
        written.append(paper)
        return original(paper, *rest)

    monkeypatch.setattr(running, "write", write)
    with pytest.raises(KeyboardInterrupt):
        running.work()
    monkeypatch.setattr(running, "write", original)
    started.refresh_from_db()
    middle = [started.state, started.done, started.counts, numbers()]
    idle = running.work()
    clock.shift(timedelta(minutes=6))
    running.work()

    started.refresh_from_db()
    assert middle == ["running", 3, {"new": 3}, ["0000", "0001", "0002"]]
    # Nobody takes it from a worker whose claim is good.
    assert idle == 0
    assert outcome(started) == ("done", 5, {"new": 5}, [])


def test_worker_whose_claim_lapsed_writes_nothing_more(server, source):
    three_pages(server)
    actions.start(source)
    late = running._claim()
    clock.shift(timedelta(minutes=6))
    running.work()
    before = everything()
    server.change(server.papers[0], name="Später")

    running.work_on(late, time.monotonic() + 60)

    assert everything() == before
    assert OParlRun.objects.get().state == "done"


def test_time_that_is_up_leaves_the_rest_to_the_next_task(server, source):
    three_pages(server)
    started = actions.start(source)

    running.work_on(running._claim(), time.monotonic() - 1)
    started.refresh_from_db()
    state = [started.state, started.claimed_until, numbers()]
    running.work()

    started.refresh_from_db()
    assert state == ["running", None, []]
    assert outcome(started) == ("done", 5, {"new": 5}, [])
