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

# Reads table.in, writes table.out, and ends with the engine's answer.
SCRIPT = """
import sys
from pytauargus._tauargus import HiTaSCtrl
sys.exit(min(HiTaSCtrl().full_jj("table.in", "table.out", int(sys.argv[1])), 9))
"""
# The optimum, or the best pattern found in time.
FOUND = (0, 1)


def engine_version() -> str:
    """As runs and their reports name it."""
    return f"pytauargus {version('pytauargus')}"


def suppress(systems: Iterable[System], seconds: int) -> list[set[int] | None]:
    """For each system the cells to hide beside those that need it; None where it has
    found nothing in time, or broke off. `seconds` is the limit for one system.
    """
    return [_suppress(system, seconds) for system in systems]


def _suppress(system: System, seconds: int) -> set[int] | None:
    with TemporaryDirectory() as folder:
        Path(folder, "table.in").write_text(as_text(system), encoding="ascii")
        # Its own limit is in minutes.
        command = [sys.executable, "-c", SCRIPT, str(seconds // 60 + 1)]
        try:
            ended = subprocess.run(
                command, cwd=folder, check=False, capture_output=True, timeout=seconds
            )
        except subprocess.TimeoutExpired:
            return None
        found = Path(folder, "table.out")
        if ended.returncode not in FOUND or not found.is_file():
            return None
        return {int(line.split()[0]) for line in found.read_text().split("\n") if line}


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
