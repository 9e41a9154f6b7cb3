"""CPU time and memory of processes, as Linux tells them in /proc."""

import contextlib
import os
from pathlib import Path

PROCESSES = Path("/proc")


def is_readable() -> bool:
    """Whether this system has /proc; elsewhere nothing here can be measured."""
    return (PROCESSES / "self" / "stat").is_file()


def _numbers(pid: int) -> list[str]:
    """The fields of a process after its name, from its state (field 3) on."""
    return (PROCESSES / str(pid) / "stat").read_text().rpartition(")")[2].split()


def name(pid: int) -> str:
    """The name of a process; empty when there is no such one."""
    try:
        return (PROCESSES / str(pid) / "comm").read_text().strip()
    except OSError:
        return ""


def parent(pid: int) -> int:
    """The parent of a process; 0 when there is no such process."""
    try:
        return int(_numbers(pid)[1])
    except OSError:
        return 0


def family(pid: int) -> list[int]:
    """A process and all below it."""
    below: dict[int, list[int]] = {}
    for entry in PROCESSES.iterdir():
        if entry.name.isdigit():
            below.setdefault(parent(int(entry.name)), []).append(int(entry.name))
    found = [pid]
    for member in found:
        found += below.get(member, [])
    return found


def cpu_seconds(pid: int) -> float:
    """CPU time used by a process, by all below it, and by those that ended there."""
    ticks = 0
    for member in family(pid):
        with contextlib.suppress(OSError):
            # utime stime cutime cstime: fields 14 to 17; a parent has the last two
            # from children that ended.
            ticks += sum(map(int, _numbers(member)[11:15]))
    return ticks / os.sysconf("SC_CLK_TCK")


def memory_bytes(pid: int) -> dict[int, int]:
    """Proportional memory (PSS) of a process and of each below it; pages that
    several share count for each in part, so the sum is what the system gives.
    """
    found = {}
    for member in family(pid):
        with contextlib.suppress(OSError):
            lines = (PROCESSES / str(member) / "smaps_rollup").read_text().split("\n")
            sizes = [line.split() for line in lines if line.startswith("Pss:")]
            found[member] = int(sizes[0][1]) * 1024
    return found


def command(pid: int) -> str:
    """How a process was called, at most 100 letters."""
    try:
        text = (PROCESSES / str(pid) / "cmdline").read_bytes()
    except OSError:
        return ""
    return text.replace(b"\0", b" ").decode(errors="replace").strip()[:100]
