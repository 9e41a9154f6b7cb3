"""What a search costs: asked by the load generator, read from /proc."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from herne_bildung.portal.bench import processor, stack
from herne_bildung.portal.bench.load import Order, Outcome
from herne_bildung.portal.bench.searches import BARE, PAGES, Search
from herne_bildung.portal.bench.stack import Portal
from herne_bildung.portal.bench.statements import Statements
from herne_bildung.start import processes
from herne_bildung.start.failure import StartError, last_lines

ASKERS, CONNECTIONS = 2, 8
MOST_REQUESTS = 100_000
WARM_SECONDS = 0.3
BROWSER = {"Accept-Encoding": "gzip", "Accept": "text/html"}


@dataclass(frozen=True)
class Cost:
    """Of one search. Durations and CPU times in milliseconds a request; `web` and
    `database` are None where they cannot be read.
    """

    requests: int
    per_second: float
    p50: float
    p99: float
    web: float | None
    database: float | None

    @property
    def together(self) -> float | None:
        """CPU time of web workers and database."""
        if self.web is None or self.database is None:
            return None
        return self.web + self.database


@dataclass(frozen=True)
class Size:
    """All that was measured with one number of sample offers."""

    offerings: int
    first_answer: float
    searches: dict[str, Cost]
    statements: dict[str, Statements]


class Meter:
    """Measures the portals of one run; `seconds` for each search and round."""

    def __init__(self, folder: Path, database_pid: int | None, seconds: float) -> None:
        self.folder = folder
        self.database_pid = database_pid
        self.seconds = seconds

    def warm(self, portal: Portal) -> float:
        """Let both workers load the catalogue and see every search once; seconds
        until the first page came.
        """
        begin = time.monotonic()
        self._known_etag(portal, PAGES[0].path)
        first = time.monotonic() - begin
        for search in (*PAGES, BARE):
            self._ask(portal, search, min(WARM_SECONDS, self.seconds))
        return first

    def cost(self, portal: Portal, search: Search) -> Cost:
        """What this search costs, in one round."""
        before = self._cpu(portal)
        outcomes = self._ask(portal, search, self.seconds)
        after = self._cpu(portal)
        durations = sorted(ms for outcome in outcomes for ms in outcome.durations)
        span = max(o.end for o in outcomes) - min(o.begin for o in outcomes)
        count = len(durations)
        web, database = (
            None if end is None else (end - begin) / count * 1000
            for begin, end in zip(before, after, strict=True)
        )
        return Cost(
            count,
            count / span,
            statistics.median(durations),
            durations[min(count - 1, int(count * 0.99))],
            web,
            database,
        )

    def _cpu(self, portal: Portal) -> tuple[float | None, float | None]:
        """CPU seconds that web server and database have used so far."""
        if not processor.is_readable():
            return None, None
        web = processor.cpu_seconds(portal.process.pid)
        if self.database_pid is None:
            return web, None
        return web, processor.cpu_seconds(self.database_pid)

    def _ask(self, portal: Portal, search: Search, seconds: float) -> list[Outcome]:
        """Several programs ask at once, each on its share of the connections."""
        headers = dict(BROWSER)
        if search.is_known:
            headers["If-None-Match"] = self._known_etag(portal, search.path)
        order = Order(
            portal.host,
            portal.port,
            search.path,
            304 if search.is_known else 200,
            headers,
            CONNECTIONS // ASKERS,
            seconds,
            MOST_REQUESTS,
            time.monotonic_ns() // 1000,
        )
        outcomes = list(self._outcomes(order))
        for outcome in outcomes:
            if outcome.problem or not outcome.durations:
                raise StartError(f"{search.name}: {outcome.problem or 'no answer'}")
        return outcomes

    def _outcomes(self, order: Order) -> Iterable[Outcome]:
        running = []
        try:
            for number in range(ASKERS):
                own = asdict(order) | {"first": order.first + number * MOST_REQUESTS}
                log = self.folder / f"load-{number}.log"
                log.unlink(missing_ok=True)
                command = ["-m", "herne_bildung.portal.bench.load", json.dumps(own)]
                process = processes.launch(
                    [sys.executable, *command], log=log, folder=stack.ROOT
                )
                running.append((process, log))
            for process, log in running:
                process.wait()
                printed = log.read_text(errors="replace")
                if process.returncode:
                    raise StartError(
                        "The load generator failed:\n" + last_lines(printed)
                    )
                yield Outcome(**json.loads(printed))
        finally:
            for process, _ in running:
                stack.stop(process)

    def _known_etag(self, portal: Portal, path: str) -> str:
        """The ETag that the page at an address has now."""
        response, _ = portal.get(path, BROWSER)
        if response.status != 200:
            raise StartError(f"{path} answered {response.status}, not 200.")
        return response.headers.get("ETag", "")


def statements(portal: Portal, seconds: float, folder: Path) -> dict[str, Statements]:
    """The bare SQL of all searches that are made anew, by name."""
    paths = {search.name: search.path for search in PAGES if search.is_new}
    order = json.dumps({"seconds": seconds, "paths": paths})
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.statements", order],
        stack.environment(portal.database_url),
        folder / "statements.log",
        patience=600 + 10 * seconds * len(paths),
    )
    found = json.loads(printed.strip().splitlines()[-1])
    return {name: Statements(**fields) for name, fields in found.items()}


def best(costs: Sequence[Cost]) -> Cost:
    """The round that was disturbed least by others on the same machine."""
    return max(costs, key=lambda cost: cost.per_second)


def sizes(
    portals: Sequence[Portal], meter: Meter, rounds: int, say: Callable[[str], None]
) -> list[Size]:
    """Measure all searches on all portals, in turn, so that no size and no search
    has the quiet moments for itself.
    """
    first = {}
    for portal in portals:
        say(f"Warming up with {portal.count:,} offers")
        first[portal.count] = meter.warm(portal)
    costs: dict[tuple[int, str], list[Cost]] = {}
    for number in range(1, rounds + 1):
        say(f"Round {number} of {rounds}")
        for search in (BARE, *PAGES):
            for portal in portals:
                key = (portal.count, search.name)
                costs.setdefault(key, []).append(meter.cost(portal, search))
    found = []
    for portal in portals:
        say(f"Bare SQL with {portal.count:,} offers")
        found.append(
            Size(
                portal.count,
                first[portal.count],
                {
                    search.name: best(costs[portal.count, search.name])
                    for search in (BARE, *PAGES)
                },
                statements(portal, meter.seconds, meter.folder),
            )
        )
    return found
