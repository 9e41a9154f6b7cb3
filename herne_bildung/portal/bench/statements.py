"""The bare SQL of the search page: the statements it runs, without the page.

A program of its own, `python -m herne_bildung.portal.bench.statements '{…}'`: it asks
for each page once, notes its statements, and then repeats them on one connection.
Prints Statements by name as JSON on its last line.
"""

import json
import statistics
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from herne_bildung.portal.bench import processor
from herne_bildung.portal.bench.load import MARKS, NUMBER, PUNCTUATION

Noted = list[tuple[str, object]]


@dataclass(frozen=True)
class Statements:
    """What the statements of one page cost, in milliseconds for all of them; the CPU
    time is the database's.
    """

    count: int
    duration: float
    cpu: float | None


def noted(path: str) -> Noted:
    """The statements that the page at this address runs, once it is warm."""
    from django.db import connection
    from django.test import Client

    statements: Noted = []

    def note(execute, statement, parameters, many, context):
        statements.append((statement, parameters))
        return execute(statement, parameters, many, context)

    for _ in range(2):
        number = str(time.monotonic_ns())
        spelling = number.translate(PUNCTUATION)
        statements.clear()
        with connection.execute_wrapper(note):
            Client(SERVER_NAME="localhost").get(
                path.replace(NUMBER, number).replace(MARKS, spelling)
            )
    return list(statements)


def repeated(statements: Noted, seconds: float) -> Statements:
    """Run the statements again and again, without Django around them."""
    from django.db import connection

    connection.ensure_connection()
    raw = connection.connection
    backend = raw.info.backend_pid
    is_measured = "postgres" in processor.name(backend)
    durations = []
    before = processor.cpu_seconds(backend) if is_measured else 0.0
    until = time.monotonic() + seconds
    while not durations or time.monotonic() < until:
        begin = time.perf_counter()
        for statement, parameters in statements:
            raw.execute(statement, parameters).fetchall()
        durations.append((time.perf_counter() - begin) * 1000)
    cpu = None
    if is_measured:
        used = processor.cpu_seconds(backend) - before
        cpu = used / len(durations) * 1000
    return Statements(len(statements), statistics.median(durations), cpu)


def main(order: Mapping[str, object]) -> None:
    import django

    django.setup()
    found = {
        name: asdict(repeated(noted(path), order["seconds"]))
        for name, path in order["paths"].items()
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
