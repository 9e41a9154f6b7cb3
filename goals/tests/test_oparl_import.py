"""Imports from a small council's system, over real HTTP."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest

from goals.choices import Publication
from goals.models import (
    Consultation,
    CouncilPaper,
    OParlRun,
)
from goals.oparl import actions, running
from goals.tests.oparl import everything, full, outcome, run

pytestmark = pytest.mark.django_db


def test_paper_arrives_with_all_its_parts_and_is_internal(server, source):
    full(server)

    done = run(server, source)

    assert outcome(done) == ("done", 1, {"new": 1}, [])
    [paper] = CouncilPaper.objects.all()
    assert {
        name: getattr(paper, name)
        for name in (
            "reference",
            "slug",
            "title_de",
            "dated",
            "paper_type",
            "lead",
            "website",
            "licence",
            "state",
            "source_title",
            "source_url",
            "oparl_id",
            "oparl_deleted",
            "oparl_source",
        )
    } == {
        "reference": "2024/0815",
        "slug": "2024-0815",
        "title_de": "Vorlage full",
        "dated": "2024-05-02",
        "paper_type": "Beschlussvorlage",
        "lead": "FB 31",
        "website": "https://rat.example.org/full",
        "licence": "dl-de/by-2-0",
        "state": Publication.INTERNAL,
        "source_title": "Rat",
        "source_url": "https://rat.example.org/full",
        "oparl_id": server.url("paper/full"),
        "oparl_deleted": False,
        "oparl_source": source,
    }
    assert list(
        paper.consultations.values_list("committee", "day", "role", "result", "order")
    ) == [
        ("Schulausschuss", "2024-06-04", "Vorberatung", "beschlossen", 0),
        ("Rat der Stadt", "2026-06-25", "Entscheidung", "", 1),
    ]
    assert list(paper.files.values_list("name", "url")) == [
        ("Vorlage", server.url("download/Vorlage.pdf")),
        ("Anlage", server.url("download/Anlage.pdf")),
    ]


def test_source_may_publish_at_once(server, source, client):
    source.publishes_at_once = True
    source.save()
    full(server)

    run(server, source)

    assert client.get("/de/ziele/vorlagen/2024-0815/").status_code == 200
    cards = client.get("/de/ziele/vorlagen/?q=0815").context["papers"].cards
    assert [card["title"]["text"] for card in cards] == ["Vorlage full"]


def test_all_pages_are_read_and_once_more_changes_nothing(server, source):
    for number in range(5):
        server.paper(str(number), f"2025/000{number}")
    full(server)

    first = run(server, source)
    before = everything()
    again = run(server, source, since=actions.EVERYTHING)

    assert outcome(first) == ("done", 6, {"new": 6}, [])
    assert [first.pages, first.total] == [3, 6]
    assert outcome(again) == ("done", 6, {"unchanged": 6}, [])
    assert everything() == before


def test_later_runs_ask_only_for_changes(server, source):
    old, _kept = server.paper("old", "2025/0001"), server.paper("kept", "2025/0002")
    run(server, source)
    server.now += timedelta(days=3)
    run(server, source)
    server.change(old, name="Neuer Titel")
    server.asked.clear()

    done = run(server, source)

    assert outcome(done) == ("done", 1, {"changed": 1}, [])
    assert done.since.date() == server.now.date() - timedelta(days=2)
    query = urlencode({"modified_since": done.since.isoformat(timespec="seconds")})
    assert server.asked == ["papers", f"papers?{query}"]
    titles = CouncilPaper.objects.order_by("number").values_list("title_de", flat=True)
    assert list(titles) == ["Neuer Titel", "Vorlage kept"]


def test_server_that_ignores_the_moment_costs_no_further_requests(server, source):
    server.ignores_since = True
    full(server)
    run(server, source)
    server.asked.clear()

    done = run(server, source)

    assert outcome(done) == ("done", 1, {"unchanged": 1}, [])
    assert [one.partition("?")[0] for one in server.asked] == ["papers", "papers"]


def test_results_that_were_missing_are_asked_for_again(server, source):
    full(server)
    server.now = datetime(2026, 6, 24, tzinfo=UTC)
    run(server, source)
    server.now = datetime(2026, 6, 30, tzinfo=UTC)
    # The meeting changes, not the paper.
    server.objects["agendaitem/b"]["result"] = "einstimmig beschlossen"

    done = run(server, source)
    server.asked.clear()
    again = run(server, source)

    assert outcome(done) == ("done", 0, {"changed": 1}, [])
    assert list(Consultation.objects.values_list("committee", "result")) == [
        ("Schulausschuss", "beschlossen"),
        ("Rat der Stadt", "einstimmig beschlossen"),
    ]
    assert outcome(again) == ("done", 0, {}, [])
    assert [one.partition("?")[0] for one in server.asked] == ["papers", "papers"]


def test_history_and_outcome_of_a_dry_run_leave_no_trace(server, source):
    full(server)
    running_before = everything()
    trial = OParlRun(source=source)

    running.dry_run(trial)

    assert [trial.done, trial.counts] == [1, {"new": 1}]
    assert everything() == running_before
    assert OParlRun.objects.count() == 0


def test_day_of_a_meeting_is_that_of_herne(server, source):
    made = full(server)
    made["consultation"] = made["consultation"][:1]
    server.objects["meeting/a"]["start"] = "2024-06-04T23:30:00Z"

    run(server, source)

    assert Consultation.objects.get().day == "2024-06-05"
    assert date.fromisoformat(CouncilPaper.objects.get().dated) == date(2024, 5, 2)
