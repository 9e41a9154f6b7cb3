"""What people wrote here is never lost, what the server deleted is a tombstone."""

from datetime import UTC, datetime

import pytest

from goals.choices import Publication
from goals.models import (
    Consultation,
    CouncilPaper,
    PaperFile,
)
from goals.oparl import actions
from goals.tests.factories import make_mandate, make_paper
from goals.tests.oparl import full, outcome, run

pytestmark = pytest.mark.django_db


def test_deleted_papers_stay_as_tombstones_with_what_was_noted(server, source, client):
    source.publishes_at_once = True
    source.save()
    gone, stays = server.paper("gone", "2025/0001"), server.paper("stays", "2025/0002")
    run(server, source)
    paper = CouncilPaper.objects.get(number="0001")
    paper.internal_note, paper.summary_de = "Wichtig", "In unseren Worten."
    paper.save()
    mandate = make_mandate("Berichten", paper=paper)
    shown = client.get("/en/ziele/vorlagen/2025-0001/").status_code
    server.delete(gone)

    done = run(server, source, since=datetime(2026, 1, 1, tzinfo=UTC))
    again = run(server, source, since=datetime(2026, 1, 1, tzinfo=UTC))

    assert shown == 200
    assert outcome(done) == ("done", 2, {"deleted": 1, "unchanged": 1}, [])
    assert outcome(again) == ("done", 2, {"unchanged": 2}, [])
    paper.refresh_from_db()
    assert [paper.oparl_deleted, paper.internal_note, paper.summary_de] == [
        True,
        "Wichtig",
        "In unseren Worten.",
    ]
    assert list(paper.mandates.all()) == [mandate]
    answers = [
        client.get(f"/de/ziele/vorlagen/2025-000{number}/").status_code
        for number in (1, 2)
    ]
    assert answers == [404, 200]
    assert stays["name"] == CouncilPaper.objects.get(number="0002").title_de


def test_deleted_paper_that_comes_back_is_shown_again(server, source):
    paper = server.paper("p", "2025/0001")
    run(server, source)
    kept = dict(paper)
    server.delete(paper)
    run(server, source, since=datetime(2026, 1, 1, tzinfo=UTC))
    paper.clear()
    server.change(paper, **kept)

    done = run(server, source, since=datetime(2026, 1, 1, tzinfo=UTC))

    assert outcome(done) == ("done", 1, {"changed": 1}, [])
    assert CouncilPaper.objects.get().oparl_deleted is False


def test_consultations_and_attachments_no_longer_named_are_tombstones(server, source):
    made = full(server)
    run(server, source)
    by_hand = Consultation.objects.create(
        paper=CouncilPaper.objects.get(), committee="Beirat"
    )
    server.change(
        made, consultation=made["consultation"][1:], auxiliaryFile=[], mainFile=None
    )

    done = run(server, source)

    assert outcome(done) == ("done", 1, {"changed": 1}, [])
    present = Consultation.objects.present().values_list("committee", flat=True)
    assert list(present) == [by_hand.committee, "Rat der Stadt"]
    assert PaperFile.objects.present().count() == 0
    assert [Consultation.objects.count(), PaperFile.objects.count()] == [3, 2]


def test_what_staff_wrote_stays_and_the_report_says_so(server, source):
    made = full(server)
    run(server, source)
    paper = CouncilPaper.objects.get()
    paper.title_de, paper.lead = "Unser Titel", ""
    paper.resolution = "Der Rat beschließt."
    paper.save()
    Consultation.objects.filter(committee="Schulausschuss").update(result="vertagt")
    department = server.thing("Organization", "organization/fb99", name="FB 99")
    server.change(
        made,
        name="Titel des Rates",
        underDirectionOf=[department["id"]],
        paperType="Antrag",
    )
    server.objects["agendaitem/a"]["result"] = "geändert beschlossen"

    done = run(server, source)
    again = run(server, source, since=actions.EVERYTHING)

    assert outcome(done) == (
        "done",
        1,
        {"changed": 1},
        [
            ("kept", "consultation/a", "result"),
            ("kept", "paper/full", "title_de, lead"),
        ],
    )
    assert outcome(again) == ("done", 1, {"unchanged": 1}, [])
    paper.refresh_from_db()
    assert [paper.title_de, paper.lead, paper.paper_type, paper.resolution] == [
        "Unser Titel",
        "",
        "Antrag",
        "Der Rat beschließt.",
    ]
    results = Consultation.objects.values_list("result", flat=True)
    assert list(results) == ["vertagt", ""]


def test_paper_entered_by_hand_is_found_by_its_number_and_filled_in(server, source):
    by_hand = make_paper(
        "Unser Titel", year=2024, number="0815", dated="2024-05", costs="keine"
    )
    consultation = Consultation.objects.create(
        paper=by_hand, committee="Schulausschuss", day="2024", role="Entscheidung"
    )
    PaperFile.objects.create(paper=by_hand, name="Anlage")
    full(server)

    done = run(server, source)

    assert outcome(done) == (
        "done",
        1,
        {"changed": 1},
        [("kept", "consultation/a", "role"), ("kept", "paper/full", "title_de")],
    )
    by_hand.refresh_from_db()
    consultation.refresh_from_db()
    assert [
        by_hand.title_de,
        by_hand.dated,
        by_hand.lead,
        by_hand.costs,
        by_hand.state,
        by_hand.oparl_id,
    ] == [
        "Unser Titel",
        "2024-05-02",
        "FB 31",
        "keine",
        Publication.PUBLISHED,
        server.url("paper/full"),
    ]
    assert [consultation.day, consultation.role, consultation.result] == [
        "2024-06-04",
        "Entscheidung",
        "beschlossen",
    ]
    assert [Consultation.objects.count(), PaperFile.objects.count()] == [2, 2]


def test_number_of_another_paper_is_not_taken_from_it(server, source):
    server.paper("one", "2025/0001")
    server.paper("two", "2025/0001")

    done = run(server, source)

    assert outcome(done) == (
        "done",
        2,
        {"new": 1, "skipped": 1},
        [("number_taken", "paper/two", "2025/0001")],
    )
