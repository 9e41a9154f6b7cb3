"""Runs the simulated year in a database of its own and sums it up."""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from psycopg import sql

from herne_bildung.portal.bench import database, stack
from herne_bildung.portal.bench.report import Figure
from herne_bildung.portal.bench.year.scan import Scan
from herne_bildung.portal.bench.year.simulate import Day, Order, Outcome

# A year from the first working week on; school holidays of these years are known.
START, DAYS = "2027-01-04", 365
# Figures count from the second quarter on, as the aim says.
FIRST_QUARTER = 91
SETTINGS = "herne_bildung.portal.bench.year.settings"
PATIENCE = 3600
SCANNED = 100_000


def simulated_year(
    folder: Path, say: Callable[[str], None], days: int = DAYS, smaller: int = 1
) -> Outcome:
    """Let a year pass; StartError when anything of it fails."""
    say(f"A simulated year of care: {days} days")
    address = own_database("year")
    port = stack.free_port()
    order = Order(START, days, port, str(folder), smaller)
    environment = stack.environment(
        address,
        DJANGO_SETTINGS_MODULE=SETTINGS,
        EMAIL_URL=f"smtp://127.0.0.1:{port}?timeout=10",
        PUBLIC_ADDRESS="http://127.0.0.1:8000",
        LOG_LEVEL="ERROR",
    )
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.year.simulate", json.dumps(asdict(order))],
        environment,
        folder / "year.log",
        patience=PATIENCE,
    )
    found = json.loads(printed.strip().splitlines()[-1])
    return Outcome(**found | {"days": [Day(**day) for day in found["days"]]})


def scan(folder: Path, say: Callable[[str], None], smaller: int = 1) -> Scan:
    """Look for due entries among very many."""
    say(f"Looking for due entries among {SCANNED // smaller:,}")
    printed = stack.run(
        ["-m", "herne_bildung.portal.bench.year.scan", str(SCANNED // smaller)],
        stack.environment(own_database("scan")),
        folder / "scan.log",
        patience=PATIENCE,
    )
    return Scan(**json.loads(printed.strip().splitlines()[-1]))


def scan_text(found: Scan) -> list[str]:
    """The scan in a few lines."""
    return [
        f"Looking for due entries among {found.entries:,}: {found.due:,} due, "
        f"{found.seconds:.2f} s, {found.queries} queries, {found.megabytes:.0f} MB",
        f"  all of them due at once: {found.all_due_seconds:.2f} s, "
        f"{found.all_due_queries} queries, {found.all_due_megabytes:.0f} MB",
    ]


def own_database(purpose: str) -> str:
    """The address of an empty database of that name."""
    address = database.own_address(purpose)
    name = sql.Identifier(urlsplit(address).path.strip("/"))
    with database.server() as connection:
        for statement in (
            "DROP DATABASE IF EXISTS {} WITH (FORCE)",
            "CREATE DATABASE {} TEMPLATE template0",
        ):
            connection.execute(sql.SQL(statement).format(name))
    return address


def shares(days: Sequence[Day]) -> list[float]:
    """Of each day: which share of the visible entries was confirmed in time."""
    return [day.fresh / day.visible for day in days if day.visible]


def figures(outcome: Outcome) -> list[Figure]:
    """What the aims of care are about."""
    later = outcome.days[FIRST_QUARTER:]
    open_days = [day for day in later if not day.is_pause]
    pauses = [day for day in later if day.is_pause]
    months = len(outcome.days) / 30.4
    people = sum(outcome.people.values()) or 1
    confirmed = outcome.confirmed_by_link or None
    return [
        Figure(
            "care: worst day, % confirmed in time",
            100 * min(shares(open_days)) if open_days else None,
            97,
            is_least=True,
        ),
        Figure(
            "care: worst day of a pause, %",
            100 * min(shares(pauses)) if pauses else None,
        ),
        Figure(
            "care: on average, % confirmed in time",
            100 * statistics.mean(shares(later)) if later else None,
        ),
        Figure("care: mails a person and month", outcome.mails / people / months, 1.5),
        Figure("care: second mails on one day", outcome.twice_a_day, 0),
        Figure(
            "care: entries wrongly visible, worst day",
            max((day.wrongly_visible for day in outcome.days), default=None),
            0,
        ),
        Figure(
            "care: clicks for a confirmed entry",
            outcome.clicks / confirmed if confirmed else None,
            2,
        ),
    ]


def text(outcome: Outcome) -> list[str]:
    """The year in a few lines."""
    people: dict[str, Any] = outcome.people
    kinds = ", ".join(f"{number} {habit}" for habit, number in sorted(people.items()))
    return [
        f"A simulated year: {outcome.entries:,} entries, {sum(people.values())} people "
        f"({kinds}), {len(outcome.days)} days in {outcome.seconds:.0f} s",
        f"  {outcome.mails:,} reminder mails; confirmed {outcome.confirmed_by_link:,} "
        f"times by link, {outcome.confirmed_by_phone:,} times by telephone",
        f"  corrected {outcome.corrected}, ended {outcome.ended}, hidden "
        f"{outcome.hidden}, mails given up {outcome.given_up}",
    ]
