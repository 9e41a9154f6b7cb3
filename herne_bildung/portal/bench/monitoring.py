"""How quick the monitoring is with a million values: pages, export, import.

A program of its own, `python -m herne_bildung.portal.bench.monitoring`, in a database
of its own; prints Found as JSON on its last line.
"""

import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice, product
from pathlib import Path

from herne_bildung.portal.bench import stack
from herne_bildung.portal.bench.load import NUMBER
from herne_bildung.portal.bench.report import Figure
from herne_bildung.portal.bench.statements import noted
from herne_bildung.portal.bench.year.run import own_database

PATIENCE = 3600
# The large indicator: areas × periods × (parts and all together) twice, two releases.
AREAS, PERIODS, PARTS = 200, range(1995, 2025), {"eins": 3, "zwei": 11}
# Further indicators without breakdowns, each with one release.
FURTHER = 71
IMPORTED = 100_000
ASKED = 15
LARGE = "bench-large"
# Milliseconds of a page, seconds of an import.
PAGE_AIM, IMPORT_AIM = 500, 60
TABLES = ("monitoring_observation", "monitoring_rawvalue")


@dataclass
class Found:
    """Milliseconds and statements by page, seconds by step, statements that read a
    whole table of values.
    """

    observations: int = 0
    pages: dict[str, float] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)
    read_whole: list[str] = field(default_factory=list)


def fill(say: Callable[[str], None]) -> int:
    """Releases with invented values. Returns how many there are."""
    from monitoring.models import Observation
    from monitoring.releases.actions import Cell, write_release
    from monitoring.tests.factories import make_area, make_breakdown, make_indicator

    areas = [
        make_area(
            f"Bezirk {number}", key=f"bench-{number}", official_key=f"9{number:04}"
        )
        for number in range(AREAS)
    ]
    large = make_indicator("Groß", slug=LARGE, levels=["kreis"])
    parts = []
    for position, (key, count) in enumerate(PARTS.items(), 1):
        names = [f"{key}-{number}" for number in range(count)]
        found = make_breakdown(large, key, *names, position=position)
        parts.append([None, *found])
    ids = [[one and one.pk for one in every] for every in parts]

    def cells(broken_down: bool) -> Iterator[Cell]:
        combinations = list(product(*ids)) if broken_down else [()]
        for area, period, chosen in product(areas, PERIODS, combinations):
            value = (area.pk * 7 + period * 3 + sum(one or 0 for one in chosen)) % 100
            yield Cell(area.pk, str(period), value, categories=chosen)

    for number in (1, 2):
        say(f"release {number} of the large indicator")
        release = {"state": "published"}
        if number == 2:
            release |= {"is_correction": True, "what_changed": "Zum Messen."}
        write_release(indicator=large, cells=cells(True), **release)
    say(f"{FURTHER} further indicators")
    for number in range(FURTHER):
        small = make_indicator(
            f"Klein {number}", slug=f"bench-{number}", levels=["kreis"]
        )
        write_release(indicator=small, cells=cells(False), state="published")
    return Observation.objects.count()


def paths() -> dict[str, str]:
    """What is asked for; each request has an address of its own, so no page is kept."""
    from django.urls import reverse

    page = f"/de/monitoring/{LARGE}/"
    chosen = "period=2001&eins=eins-1&zwei=zwei-3&compare=bench-5&compare=bench-9"
    return {
        "indicator": f"{page}?n={NUMBER}",
        "indicator, filters": f"{page}?{chosen}&n={NUMBER}",
        "indicator, last areas": f"{page}?areas_page=4&n={NUMBER}",
        "release": f"{page}fassung/1/?n={NUMBER}",
        "overview": f"/de/monitoring/?n={NUMBER}",
        "export CSV": f"{reverse('open_data_csv', args=[LARGE])}?n={NUMBER}",
    }


def ask(found: Found, say: Callable[[str], None]) -> None:
    """The median of some answers of each page, its statements, and their plans."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    for name, path in paths().items():
        say(name)
        statements = noted(path)
        found.statements[name] = len(statements)
        found.read_whole += [f"{name}: {one}" for one in whole(statements)]
        seconds = []
        for _number in range(1 if name.startswith("export") else ASKED):
            begin = time.perf_counter()
            answer = client.get(path.replace(NUMBER, str(time.monotonic_ns())))
            size = len(b"".join(answer) if answer.streaming else answer.content)
            seconds.append(time.perf_counter() - begin)
            if answer.status_code != 200 or not size:
                raise RuntimeError(f"{path}: {answer.status_code}")
        found.pages[name] = statistics.median(seconds) * 1000


def whole(statements: list) -> Iterator[str]:
    """Statements whose plan goes through a whole table of values."""
    from django.db import connection

    for statement, parameters in statements:
        if not statement.lstrip().upper().startswith(("SELECT", "WITH")):
            continue
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {statement}", parameters)
            plan = "\n".join(line for (line,) in cursor.fetchall())
        if any(f"Seq Scan on {table}" in plan for table in TABLES):
            yield f"{statement[:300]} …\n{plan}"


def import_values(found: Found, say: Callable[[str], None]) -> None:
    """A file of many values: checked, taken in, again, a tenth changed; as XLSX."""
    from herne_bildung.city.models import User
    from herne_bildung.lib.tables import write_xlsx
    from monitoring.imports import actions, work
    from monitoring.models import ImportRun, Indicator

    by = User.objects.create_superuser("bench")
    indicator = Indicator.objects.get(slug=LARGE)
    header = ("Raum", "Jahr", "eins", "zwei", "Wert", "Basis", "Anmerkung")

    def rows(changed: int = 0) -> Iterator[tuple]:
        every = product(PERIODS, range(AREAS), ("", "eins-0", "eins-1"), range(6))
        for count, (period, area, first, second) in enumerate(islice(every, IMPORTED)):
            is_changed = changed and count % changed == 0
            value = count % 100 + (0.5 if is_changed else 0.25)
            key = f"zwei-{second}" if second else ""
            base = 100 + count % 900
            yield f"bench-{area}", period, first, key, value, base, ""

    def csv_file(changed: int = 0) -> bytes:
        lines = [";".join(header)]
        lines += [";".join(map(str, row)) for row in rows(changed)]
        return "\n".join(lines).encode()

    def timed(name: str, run: ImportRun, state: str) -> ImportRun:
        say(name)
        begin = time.perf_counter()
        work.work(600)
        found.steps[name] = time.perf_counter() - begin
        run.refresh_from_db()
        if run.state != state:
            raise RuntimeError(f"{name}: {run.state} {run.refusal} {run.errors[:3]}")
        return run

    def handed_in(data: bytes, name: str) -> ImportRun:
        return actions.hand_in(indicator=indicator, file_name=name, data=data, by=by)

    run = timed("check", handed_in(csv_file(), "eins.csv"), "checked")
    run = timed("take in", actions.take_in(run, by=by), "done")
    expected = [(run.added, run.changed, run.unchanged, (IMPORTED, 0, 0))]
    run = timed("check again", handed_in(csv_file(), "zwei.csv"), "checked")
    run = timed("take in again", actions.take_in(run, by=by), "done")
    expected += [(run.added, run.changed, run.unchanged, (0, 0, IMPORTED))]
    target = io.BytesIO()
    write_xlsx(target, header, rows(10), title="Werte")
    run = timed("check XLSX", handed_in(target.getvalue(), "drei.xlsx"), "checked")
    run = timed("take in a tenth changed", actions.take_in(run, by=by), "done")
    tenth = IMPORTED // 10
    expected += [(run.added, run.changed, run.unchanged, (0, tenth, IMPORTED - tenth))]
    wrong = [one for one in expected if one[:3] != one[3]]
    if wrong:
        raise RuntimeError(f"values new, changed, unchanged; expected: {wrong}")


def figures(folder: Path, say: Callable[[str], None]) -> tuple[list[Figure], list[str]]:
    """What counts, and lines to read."""
    say("A million values of the monitoring")
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.monitoring"],
        stack.environment(own_database("monitoring")),
        folder / "monitoring.log",
        patience=PATIENCE,
    )
    found = Found(**json.loads(printed.strip().splitlines()[-1]))
    numbers = [
        Figure(f"{name}: ms, {found.observations:,} values", value, PAGE_AIM)
        for name, value in found.pages.items()
    ]
    numbers += [
        Figure(f"{IMPORTED:,} values, {name}: seconds", seconds, IMPORT_AIM)
        for name, seconds in found.steps.items()
    ]
    numbers.append(Figure("statements that read all values", len(found.read_whole), 0))
    lines = [f"{found.observations:,} values of the monitoring: statements of a page"]
    lines += [f"  {count:5}  {name}" for name, count in found.statements.items()]
    return numbers, lines + found.read_whole


def main() -> None:
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    call_command("seed")

    def say(step: str) -> None:
        sys.stderr.write(f"{step} …\n")

    found = Found(observations=fill(say))
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    ask(found, say)
    import_values(found, say)
    sys.stdout.write(f"{json.dumps(asdict(found))}\n")


if __name__ == "__main__":
    main()
