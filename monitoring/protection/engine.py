"""The engine of official statistics, tau-argus: hides as little as is needed.

It gets the system of equations in the format of its optimal cell suppression (one line
a cell, one an equation), which knows linked tables, shares and former releases alike.
It runs as a process of its own in a folder of its own: it writes logs where it stands,
and what goes wrong in it takes nothing else along.
"""

import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from monitoring.protection.system import System

# Seconds its process may take to start, beyond its own limit.
GRACE = 20
SCRIPT = """
import sys
from pathlib import Path
from pytauargus._tauargus import HiTaSCtrl, audit_jj
for table in sorted(Path().glob("*.in")):
    out = table.with_suffix(".out")
    code = HiTaSCtrl().full_jj(table.name, out.name, int(sys.argv[1]))
    table.with_suffix(".code").write_text(str(code))
"""
# Above it there is no pattern: 0 is the optimum, 1 the best one found in time.
FOUND = 1


def engine_version() -> str:
    """As runs and their reports name it."""
    return f"pytauargus {version('pytauargus')}"


def suppress(systems: Iterable[System], seconds: int) -> list[set[int] | None]:
    """For each system the cells to hide beside those that need it; None where it has
    found nothing in time, or broke off. `seconds` is the limit for one system.
    """
    systems = list(systems)
    with TemporaryDirectory() as folder:
        names = [f"{number:05}" for number in range(len(systems))]
        for name, system in zip(names, systems, strict=True):
            path = Path(folder, f"{name}.in")
            path.write_text(as_text(system), encoding="ascii")
        _run(folder, seconds, len(systems))
        return [_answer(Path(folder, name)) for name in names]


def as_text(system: System) -> str:
    """The system in the engine's format."""
    largest = max((abs(value or 0) for value in system.values), default=0)
    ceiling = 10 * largest + 1000
    lines = ["0", str(len(system.keys))]
    for cell, value in enumerate(system.values):
        need = system.needs.get(cell)
        floor = system.floors[cell]
        below, above = (need.below, need.above) if need else (0, 0)
        is_hidden = cell in system.needs or cell in system.closed
        status = "z" if cell in system.known else "u" if is_hidden else "s"
        floor = -ceiling if floor is None else floor
        lines.append(
            f"{cell} {value:.10g} {system.costs[cell]} {status} {floor:.10g} "
            f"{ceiling:.10g} {below:.10g} {above:.10g} 0"
        )
    lines.append(str(len(system.equations)))
    for equation in system.equations:
        terms = " ".join(
            f"{cell} ({factor:g})" for cell, factor in equation.terms.items()
        )
        total = sum(f * system.values[cell] for cell, f in equation.terms.items())
        lines.append(f"{total:.10g} {len(equation.terms)} : {terms}")
    return "\n".join(lines) + "\n"


def _run(folder: str, seconds: int, count: int) -> None:
    command = [sys.executable, "-c", SCRIPT, str(seconds)]
    try:
        subprocess.run(
            command,
            cwd=folder,
            check=False,
            capture_output=True,
            timeout=GRACE + seconds * count,
        )
    except subprocess.TimeoutExpired:
        return


def _answer(path: Path) -> set[int] | None:
    code, found = path.with_suffix(".code"), path.with_suffix(".out")
    if not code.is_file() or int(code.read_text()) > FOUND or not found.is_file():
        return None
    return {int(line.split()[0]) for line in found.read_text().splitlines() if line}
