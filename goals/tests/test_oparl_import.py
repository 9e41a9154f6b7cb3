"""Imports from a small council's system in this process, over real HTTP."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlencode

import pytest

from goals.choices import Publication
from goals.models import (
    Consultation,
    CouncilPaper,
    OParlRun,
    OParlSource,
    PaperFile,
)
from goals.oparl import actions, running
from goals.tests.factories import make_mandate, make_paper
from goals.tests.oparl_server import OParlServer
from goals.tests.oparl_server import running as a_server
from herne_bildung.lib import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(settings):
    with a_server() as made:
        settings.OPARL_INTERNAL_HOSTS = [made.host]
        settings.OPARL_RETRY_SECONDS = [0, 0]
        yield made


@pytest.fixture
def source(server) -> OParlSource:
    return OParlSource.objects.create(name="Rat", address=server.url("papers"))


def run(server: OParlServer, source: OParlSource, **values) -> OParlRun:
    """An hour after the server's last change: start, and work until it ends."""
    present = server.now + timedelta(hours=1)
    clock.shift(present - datetime.now(tz=UTC))
    started = actions.start(source, **values)
    running.work()
    started.refresh_from_db()
    source.refresh_from_db()
    return started


def outcome(done: OParlRun) -> tuple:
    return done.state, done.done, done.counts, remarks(done)


def remarks(done: OParlRun) -> list[tuple[str, str, str]]:
    """Kind, object without its server, detail."""
    return [
        (one.kind, one.address.split("/", 3)[-1], one.detail)
        for one in done.warnings.order_by("kind", "address", "detail")
    ]


def everything() -> list[list[dict]]:
    """All rows as they are, but for the moments of their saving."""
    hidden = {"created_at", "updated_at"}
    return [
        [
            {name: value for name, value in row.items() if name not in hidden}
            for row in model.objects.order_by("pk").values()
        ]
        for model in (CouncilPaper, Consultation, PaperFile)
    ]


def full(server: OParlServer) -> dict:
    """A paper with two consultations and two attachments."""
    department = server.thing("Organization", "organization/fb31", name="FB 31")
    return server.paper(
        "full",
        "2024/0815",
        date="2024-05-02",
        paperType="Beschlussvorlage",
        underDirectionOf=[department["id"]],
        web="https://rat.example.org/full",
        license="dl-de/by-2-0",
        mainFile=server.file("Vorlage"),
        auxiliaryFile=[server.file("Anlage")],
        consultation=[
            server.consultation(
                "a",
                "Schulausschuss",
                "2024-06-04",
                result="beschlossen",
                role="Vorberatung",
            ),
            server.consultation(
                "b", "Rat der Stadt", "2026-06-25", role="Entscheidung"
            ),
        ],
    )


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
