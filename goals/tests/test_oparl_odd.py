"""Servers that differ from the standard, or lead astray: noted, never a crash."""

import pytest

from goals.models import Consultation, CouncilPaper, PaperFile
from goals.oparl.client import client_for
from goals.oparl.fetching import Unreachable
from goals.oparl.problems import Problems
from goals.tests.oparl import everything, full, outcome, run

pytestmark = pytest.mark.django_db


def test_server_of_1_0_with_links_instead_of_objects(server, source):
    """No moments, no pagination, parts only named, one thing instead of a list."""
    server.version = "1.0"
    made = full(server)
    for name in ("created", "modified", "date"):
        del made[name]
    for part in ("consultation", "auxiliaryFile"):
        for one in made[part]:
            server.objects[one["id"].split("/", 3)[-1]] = one
        made[part] = [one["id"] for one in made[part]]
    main = made["mainFile"]
    server.objects["file/Vorlage"] = main
    made["mainFile"] = main["id"]
    made["underDirectionOf"] = made["underDirectionOf"][0]
    server.raw["papers"] = {"data": [made]}

    done = run(server, source)
    before = everything()
    again = run(server, source)

    wrong = [("wrong_type", "paper/full", "underDirectionOf")]
    assert outcome(done) == ("done", 1, {"new": 1}, wrong)
    assert outcome(again) == ("done", 1, {"unchanged": 1}, wrong)
    assert everything() == before
    paper = CouncilPaper.objects.get()
    assert [paper.reference, paper.dated, paper.lead] == ["2024/0815", "", "FB 31"]
    assert list(Consultation.objects.values_list("committee", "day", "result")) == [
        ("Schulausschuss", "2024-06-04", "beschlossen"),
        ("Rat der Stadt", "2026-06-25", ""),
    ]
    assert list(PaperFile.objects.values_list("name", flat=True)) == [
        "Vorlage",
        "Anlage",
    ]


def test_odd_objects_are_named_and_the_others_are_taken(server, source):
    good = server.paper("good", "2025/0001", vendor_field={"any": ["thing"]})
    server.raw["papers"] = {
        "data": [
            good,
            7,
            None,
            {"name": "ohne Adresse"},
            {"id": "javascript:alert(1)", "type": server.kind("Paper")},
            {"id": server.url("body/9"), "type": server.kind("Body")},
            {"id": server.url("paper/a"), "type": server.kind("Paper")},
            {
                "id": server.url("paper/b"),
                "type": server.kind("Paper"),
                "name": ["Liste"],
                "reference": 815,
                "date": "gestern",
                "created": 1,
                "modified": "nie",
                "consultation": "keine",
                "auxiliaryFile": {"id": 1, "name": "x" * 400, "accessUrl": "ftp://a"},
                "web": "javascript:alert(1)",
            },
            {
                "id": server.url("paper/c"),
                "type": server.kind("Paper"),
                "name": "T\0itel",
                "reference": "V-20/0815 (2024)",
                "date": "2024-05-02",
                "paperType": "x" * 200,
            },
        ],
        "pagination": "viele",
        "links": [],
    }

    done = run(server, source)

    assert outcome(done) == (
        "done",
        9,
        {"new": 2, "skipped": 7},
        [
            ("no_address", "papers", ""),
            ("no_number", "paper/a", ""),
            ("no_number", "paper/b", ""),
            ("shortened", "paper/c", "paperType"),
            ("wrong_type", "body/9", server.kind("Body")),
            ("wrong_type", "paper/b", "date"),
            ("wrong_type", "paper/b", "modified"),
            ("wrong_type", "paper/b", "reference"),
            ("wrong_type", "papers", ""),
        ],
    )
    assert list(
        CouncilPaper.objects.order_by("number").values_list(
            "year", "number", "title_de", "website"
        )
    ) == [
        (2025, "0001", "Vorlage good", ""),
        (2024, "V-20-0815", "Titel", ""),
    ]


def test_what_a_paper_names_and_cannot_be_had_erases_nothing(server, source):
    made = full(server)
    run(server, source)
    before = everything()
    server.change(made, name="Neu")
    for path in ("meeting/a", "agendaitem/a", "organization/fb31"):
        server.objects.pop(path)

    done = run(server, source)

    assert outcome(done) == (
        "done",
        1,
        {"changed": 1},
        [
            ("not_readable", "agendaitem/a", "404"),
            ("not_readable", "meeting/a", "404"),
            ("not_readable", "organization/fb31", "404"),
        ],
    )
    after = everything()
    assert after[1:] == before[1:]
    paper = CouncilPaper.objects.get()
    # It is read again next time, since parts were missing.
    assert [paper.title_de, paper.lead, paper.oparl_modified] == ["Neu", "FB 31", None]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ({"error": "x"}, "no_list"),
        ("Text", "no_list"),
        ({"data": {}}, "no_list"),
    ],
)
def test_answer_that_is_no_list_ends_the_run(server, source, answer, reason):
    server.raw["papers"] = answer

    done = run(server, source)

    assert [done.state, done.counts] == ["broken", {}]
    assert done.trouble.startswith(f"{server.url('papers')}: ")


def test_list_that_leads_in_a_circle_ends(server, source):
    made = server.paper("p", "2025/0001")
    server.raw["papers"] = {"data": [made], "links": {"next": server.url("more")}}
    server.raw["more"] = {"data": [], "links": {"next": "/papers"}}

    done = run(server, source)

    assert outcome(done) == (
        "done",
        1,
        {"new": 1},
        [("odd_list", "more", "links.next")],
    )


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/papers",
        "http://localhost/papers",
        "http://[::1]/papers",
        "http://169.254.169.254/latest",
        "https://192.168.0.1/papers",
        "file:///etc/passwd",
        "https://user:secret@example.org/",
    ],
)
def test_inside_of_our_network_is_never_asked(server, address):
    """Not even where a server that may be asked leads there."""
    client = client_for(server.url("papers"), Problems())

    with pytest.raises(Unreachable) as refused:
        client.get(address)

    assert [refused.value.reason, refused.value.is_passing] == ["not_public", False]


def test_server_inside_must_be_named_by_the_settings(server, source, settings):
    server.paper("p", "2025/0001")
    settings.OPARL_INTERNAL_HOSTS = []

    done = run(server, source)

    assert [done.state, server.asked] == ["broken", []]


def test_answer_without_end_is_not_read(server):
    server.raw["papers"] = ["x" * 1000] * 100
    client = client_for(server.url("papers"), Problems())
    client.fetcher.most_bytes = 10_000

    with pytest.raises(Unreachable) as refused:
        client.get(server.url("papers"))

    assert refused.value.reason == "no_answer"
