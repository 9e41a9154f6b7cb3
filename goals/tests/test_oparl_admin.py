"""Starting imports in the administration, watching them, reading what happened."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation

from goals.models import CouncilPaper, OParlRun, OParlSource, OParlWarning
from goals.oparl import running
from goals.tests.administration import said, signed_in
from herne_bildung.city.models import AuditEntry
from herne_bildung.city.rights import ADVISERS, OFFICE, PROVIDERS, TRANSLATORS

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client):
    return signed_in(client, OFFICE)


def fetch_path(source: OParlSource) -> str:
    return reverse("admin:goals_oparlsource_fetch", args=[source.pk])


def run_path(run: OParlRun) -> str:
    return reverse("admin:goals_oparlrun_change", args=[run.pk])


def test_button_starts_an_import_whose_page_looks_again_until_it_is_done(
    client, office, server, source
):
    server.paper("p", "2025/0001")

    answer = client.post(fetch_path(source), {"what": "changes"})
    run = OParlRun.objects.get()
    waiting = client.get(run_path(run))
    running.work()
    done = client.get(run_path(run))

    assert answer["Location"] == run_path(run)
    assert [waiting["Refresh"], done.get("Refresh")] == ["3", None]
    assert [page.context["run"].state for page in (waiting, done)] == [
        "waiting",
        "done",
    ]
    assert dict(done.context["counts"])[said("new")] == 1
    assert list(CouncilPaper.objects.values_list("state", flat=True)) == ["internal"]
    log = AuditEntry.objects.filter(action="imported")
    assert list(log.values_list("by", "model")) == [(office.pk, "goals.oparlrun")]


def test_second_click_starts_no_second_import(client, office, source):
    for what in ("changes", "everything"):
        client.post(fetch_path(source), {"what": what})

    assert OParlRun.objects.count() == 1


def test_everything_is_fetched_where_that_is_asked_for(client, office, source):
    source.fetched_until = datetime(2026, 1, 1, tzinfo=UTC)
    source.save()

    client.post(fetch_path(source), {"what": "changes"})
    since = OParlRun.objects.get().since
    OParlRun.objects.update(state="done")
    client.post(fetch_path(source), {"what": "everything"})

    assert since == datetime(2025, 12, 31, tzinfo=UTC)
    assert OParlRun.objects.first().since is None


def test_broken_import_says_why_and_goes_on(client, office, server, source):
    for number in range(3):
        server.paper(str(number), f"2025/000{number}")
    server.faults["papers?page=2"] = [500, 500, 500]
    client.post(fetch_path(source))
    running.work()
    run = OParlRun.objects.get()

    page = client.get(run_path(run))
    client.post(run_path(run), {"do": "go_on"})
    running.work()

    assert page.context["run"].state == "broken"
    assert page.context["run"].trouble == f"{server.url('papers?page=2')}: 500"
    run.refresh_from_db()
    assert [run.state, run.done, run.counts, run.trouble] == [
        "done",
        3,
        {"new": 3},
        "",
    ]


def test_broken_import_may_be_left(client, office, source):
    run = OParlRun.objects.create(source=source, state="broken")

    client.post(run_path(run), {"do": "give_up"})
    client.post(fetch_path(source))

    states = OParlRun.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["done", "waiting"]


def test_remarks_are_told_in_words(client, office, source):
    run = OParlRun.objects.create(source=source, state="done")
    for kind, detail in (
        ("kept", "title_de, lead"),
        ("not_readable", "not_public"),
        ("no_number", ""),
    ):
        OParlWarning.objects.create(
            run=run, kind=kind, address="https://rat.example.org/1", detail=detail
        )

    page = client.get(run_path(run))

    assert [text for _address, text in page.context["remarks"]] == [
        f"{said('was changed here and stays so')}"
        f" ({CouncilPaper._meta.get_field('title_de').verbose_name},"
        f" {said('leading department')})",
        f"{said('could not be fetched')}"
        f" ({said('It is no address of the public internet.')})",
        said("has neither number nor year"),
    ]


@pytest.mark.parametrize("group", [ADVISERS, PROVIDERS, TRANSLATORS])
def test_only_the_bildungsbuero_imports(client, source, group):
    signed_in(client, group)
    run = OParlRun.objects.create(source=source, state="broken")

    answers = [
        client.post(fetch_path(source)),
        client.get(run_path(run)),
        client.post(run_path(run), {"do": "give_up"}),
    ]

    assert {answer.status_code for answer in answers} <= {403, 404}
    assert OParlRun.objects.get().state == "broken"


def test_name_of_an_import_says_when_it_began_in_local_time():
    source = OParlSource.objects.create(name="Rat", address="https://rat.example.org/")
    run = OParlRun(source=source, created_at=datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

    with translation.override("de"):
        assert str(run) == "Rat, 02.07.2026 00:30"
