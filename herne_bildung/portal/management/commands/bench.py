"""`manage.py bench`: how quick the search page is, and whether a year of care keeps
entries fresh (docs/operations.md, "Speed").
"""

import platform
from argparse import ArgumentTypeError
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import redis
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from herne_bildung.portal.bench import (
    database,
    following,
    imports,
    measure,
    memory,
    monitoring,
    report,
    stack,
    weight,
)
from herne_bildung.portal.bench.settings import CACHE_URL
from herne_bildung.portal.bench.year import run as year
from herne_bildung.start import prepare
from herne_bildung.start.failure import StartError, explain

USUAL, LARGE = (1_000, 100_000), 1_000_000
MOST = 5_000_000


def numbers(text: str) -> list[int]:
    """ "1000,5000" as numbers in order, each once."""
    try:
        found = sorted({int(part) for part in text.split(",")})
    except ValueError:
        raise ArgumentTypeError(f"not numbers with commas: {text}") from None
    if not 0 < found[0] <= found[-1] <= MOST:
        raise ArgumentTypeError(f"only 1 to {MOST:,} offers")
    return found


class Command(BaseCommand):
    help = (
        "Measures the search page on sample offers, and a simulated year of care, in "
        "databases of its own beside the portal's; writes var/bench/*.json."
    )
    requires_system_checks = []

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--offerings",
            type=numbers,
            default=list(USUAL),
            metavar="1000,5000",
            help="with how many sample offers (usual: 1000,100000)",
        )
        parser.add_argument(
            "--large", action="store_true", help=f"with {LARGE:,} offers too"
        )
        parser.add_argument(
            "--fresh", action="store_true", help="make the sample databases anew"
        )
        parser.add_argument(
            "--memory", action="store_true", help="measure only the memory at rest"
        )
        parser.add_argument(
            "--no-memory", action="store_true", help="leave the memory out"
        )
        parser.add_argument(
            "--care", action="store_true", help="only the simulated year of care"
        )
        parser.add_argument(
            "--no-care", action="store_true", help="leave the year of care out"
        )
        parser.add_argument(
            "--imports", action="store_true", help="only a table of 10,000 offers"
        )
        parser.add_argument(
            "--monitoring",
            action="store_true",
            help="only the monitoring with 1,000,000 values",
        )
        parser.add_argument(
            "--following",
            action="store_true",
            help="only a run of mails to 5,000 who follow a search",
        )
        parser.add_argument(
            "--days", type=int, default=year.DAYS, help="of the year; usual: 365"
        )
        parser.add_argument(
            "--smaller",
            type=int,
            default=1,
            metavar="TIMES",
            help="a world of care so many times smaller, for a trial",
        )
        parser.add_argument("--rounds", type=int, default=3, help="usual: 3")
        parser.add_argument(
            "--seconds", type=float, default=3.0, help="a search and round; usual: 3"
        )

    def handle(self, *args, **options) -> None:
        folder = Path(settings.VAR_DIR) / "bench"
        run = report.Run(
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            {
                "python": platform.python_version(),
                "machine": platform.platform(),
                "workers": stack.WORKERS,
                "connections": measure.CONNECTIONS,
                "rounds": options["rounds"],
                "seconds": options["seconds"],
            },
        )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            before = report.figures_before(folder)
            if options["imports"] or options["monitoring"] or options["following"]:
                if options["following"]:
                    self.following(run, folder, options)
                if options["imports"]:
                    run.care += imports.figures(folder, self.say)
                if options["monitoring"]:
                    self.monitoring(run, folder)
                path = report.write(run, folder)
                self.stdout.write(f"\n{report.text(run, before)}\n\nWritten: {path}")
                return
            if not options["memory"] and not options["care"]:
                self.search_page(run, folder, options)
            if not options["no_memory"] and not options["care"]:
                run.memory = memory.at_rest(Path(settings.VAR_DIR), self.say)
            if not options["no_care"] and not options["memory"]:
                self.care(run, folder, options["days"], options["smaller"])
            if not options["memory"] and not options["care"]:
                self.monitoring(run, folder)
            path = report.write(run, folder)
        except StartError as failure:
            raise CommandError(str(failure)) from failure
        except OSError as error:
            raise CommandError(explain(error)) from error
        self.stdout.write(f"\n{report.text(run, before)}\n\nWritten: {path}")

    def search_page(self, run: report.Run, folder: Path, options: dict) -> None:
        """Measure the search page with all numbers of offers."""
        check_cache()
        with prepare.one_at_a_time(Path(settings.VAR_DIR)):
            prepare.assets()
        counts = sorted({*options["offerings"], *([LARGE] * options["large"])})
        addresses = {
            count: database.make(
                count, fresh=options["fresh"], fill=stack.fill, say=self.say
            )
            for count in counts
        }
        run.conditions["postgres"] = database.version()
        meter = measure.Meter(folder, database.leader(), options["seconds"])
        with ExitStack() as running:
            portals = [
                running.enter_context(
                    stack.portal(count, address, folder / f"web-{count}.log")
                )
                for count, address in addresses.items()
            ]
            run.sizes = measure.sizes(portals, meter, options["rounds"], self.say)
            run.weight = weight.first_visit(portals[0])

    def care(self, run: report.Run, folder: Path, days: int, smaller: int) -> None:
        """Let a year of reminders, answers and telephone calls pass."""
        check_cache()
        with prepare.one_at_a_time(Path(settings.VAR_DIR)):
            prepare.assets()
        run.care_lines += year.scan_text(year.scan(folder, self.say, smaller))
        outcome = year.simulated_year(folder, self.say, days, smaller)
        run.care += year.figures(outcome)
        run.care_lines += year.text(outcome)

    def monitoring(self, run: report.Run, folder: Path) -> None:
        """Measure pages, export and import of the monitoring with a million values."""
        check_cache()
        with prepare.one_at_a_time(Path(settings.VAR_DIR)):
            prepare.assets()
        figures, lines = monitoring.figures(folder, self.say)
        run.care += figures
        run.care_lines += lines

    def following(self, run: report.Run, folder: Path, options: dict) -> None:
        """Measure the mails of followed searches with the most offers asked for."""
        check_cache()
        source = database.make(
            options["offerings"][-1],
            fresh=options["fresh"],
            fill=stack.fill,
            say=self.say,
        )
        address = database.copy(source, "following")
        run.care += following.figures(folder, address, self.say)

    def say(self, sentence: str) -> None:
        self.stdout.write(f"{sentence} …")
        self.stdout.flush()


def check_cache() -> None:
    """StartError when Redis has no database of ours."""
    try:
        redis.Redis.from_url(CACHE_URL, socket_connect_timeout=5).ping()
    except redis.RedisError as error:
        raise StartError(f"The Redis server cannot be used: {error}") from error
