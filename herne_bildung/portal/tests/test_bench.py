"""The benchmark: its reports, and a run so small that it only shows that all works."""

import json
from dataclasses import replace

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from herne_bildung.portal.bench import database, load, memory, report, weight
from herne_bildung.portal.bench.measure import Cost, Size, best
from herne_bildung.portal.bench.searches import BARE, PAGES
from herne_bildung.portal.bench.statements import Statements

COST = Cost(requests=100, per_second=200.0, p50=4.0, p99=9.0, web=3.0, database=0.5)


def size(offerings: int, **changed: Cost) -> Size:
    """Costs of all searches, all the same but for those named."""
    names = [search.name for search in (BARE, *PAGES)]
    costs = dict.fromkeys(names, COST) | {
        name.replace("_", " "): cost for name, cost in changed.items()
    }
    return Size(offerings, 0.5, costs, {"word": Statements(3, 0.4, 0.3)})


def test_figures_compare_sizes_and_the_bare_view():
    large = size(
        100_000,
        word=replace(COST, web=6.0),
        cached=replace(COST, per_second=150.0),
    )

    figures = {f.name: f for f in report.page_figures([size(1000), large])}

    found = {name: (f.value, f.is_reached) for name, f in figures.items()}
    assert found["no filter: CPU ms at 100,000"] == (3.5, True)
    assert found["word: CPU ms at 100,000"] == (6.5, False)
    assert found["word: 100,000 / 1,000 offers"] == (6.5 / 3.5, False)
    assert found["cached / bare view, req/s"] == (0.75, False)
    assert found["304 / bare view, req/s"] == (1.0, True)


def test_cpu_of_a_remote_database_is_not_made_up():
    remote = replace(COST, database=None)
    run = report.Run("2026-11-21T12:00:00Z", {}, [size(1000, word=remote)])

    word = next(line for line in report.table(run.sizes[0]) if line.startswith("word"))
    figure = next(f for f in run.figures if f.name.startswith("word"))

    assert word.split() == "word 200 4.0 9.0 3.00 n/a n/a 0.30".split()
    assert (figure.value, figure.is_reached) == (None, None)


def test_report_names_aims_and_the_run_before():
    figures = [report.Figure("one", 4.0, 5), report.Figure("two", 0.5, 0.8, True)]

    lines = report.comparison(figures, {"one": 6.0})

    assert [line.split() for line in lines[1:]] == [
        "one 4.00 6.00 at most 5 reached".split(),
        "two 0.50 – at least 0.8 missed".split(),
    ]


def test_results_are_read_again_and_broken_files_left_out(tmp_path):
    run = report.Run("2026-11-21T12:00:00Z", {}, memory={"web": 300 * 1024**2})

    path = report.write(run, tmp_path)
    (tmp_path / "20261122T120000Z.json").write_text('{"figures": ')

    assert json.loads(path.read_text())["memory"] == {"web": 300 * 1024**2}
    assert report.figures_before(tmp_path) == {"whole stack at rest, MB (PSS)": 300.0}


def test_best_is_the_round_least_disturbed():
    quick = replace(COST, per_second=300.0)

    assert best([COST, quick, COST]) == quick


def test_fonts_count_when_the_page_shows_their_letters():
    page = (
        "<h1>Angebote</h1><details><summary>Sprache</summary>العربية</details>"
        "<details open>Київ</details>"
    )
    styles = "".join(
        f"@font-face {{src: url('{name}.woff2'); unicode-range: {letters}}}"
        for name, letters in (
            ("latin", "U+0-FF, U+131"),
            ("arabic", "U+06??"),
            ("cyrillic", "U+0400-045F"),
        )
    )

    letters = weight.Letters(page).shown

    assert weight.fonts(styles, letters) == ["latin.woff2", "cyrillic.woff2"]


def test_every_request_has_an_address_of_its_own(live_server):
    order = load.Order(
        live_server.thread.host,
        live_server.thread.port,
        f"/healthz?q=a{load.MARKS}&n={load.NUMBER}",
        200,
        {},
        connections=3,
        seconds=5,
        most=7,
        first=10,
    )

    outcome = load.ask(order)
    wrong = load.ask(replace(order, path="/nothing-here/"))

    assert (len(outcome.durations), outcome.problem) == (9, "")
    assert wrong.problem == "/nothing-here/ answered 404"


def test_processes_are_named_by_what_they_are():
    calls = ("python -m gunicorn --config x", "/x/bin/postgres -D y", "sleep 5")

    assert [memory.kind_of(call) for call in calls] == [
        "web server",
        "PostgreSQL",
        "sleep 5",
    ]


@pytest.mark.parametrize("count", ["0", "ten", "1000,9000000"])
def test_numbers_of_offers_are_checked(count):
    with pytest.raises(CommandError):
        call_command("bench", f"--offerings={count}")


def test_unreachable_database_is_one_sentence(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///herne?host=/nowhere")

    with pytest.raises(database.StartError, match=r"^PostgreSQL says: .*nowhere"):
        database.version()


@pytest.mark.sweep
def test_small_run_measures_every_search(tmp_path, settings, capfd):
    settings.VAR_DIR = tmp_path

    call_command(
        "bench",
        "--offerings=50",
        "--rounds=1",
        "--seconds=0.05",
        "--no-memory",
        "--no-care",
    )

    (path,) = (tmp_path / "bench").glob("*.json")
    results = json.loads(path.read_text())
    (found,) = results["sizes"]
    assert found["offerings"] == 50
    assert list(found["searches"]) == [search.name for search in (BARE, *PAGES)]
    assert all(cost["requests"] > 0 for cost in found["searches"].values())
    assert results["weight"]["/de/angebote/"] > 1000
    assert f"Written: {path}" in capfd.readouterr().out
