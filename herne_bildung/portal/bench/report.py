"""Results as a table, as a file, and beside those of the run before."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from herne_bildung.portal.bench.measure import Cost, Size
from herne_bildung.portal.bench.searches import BARE, PAGES

# Where the aims hold.
AIM_SIZE = 100_000
MEGABYTE = 1024**2
COLUMNS = ("req/s", "p50", "p99", "web", "database", "together", "bare SQL")


@dataclass(frozen=True)
class Figure:
    """One number that counts. `aim` is the most it may be, or the least."""

    name: str
    value: float | None
    aim: float | None = None
    is_least: bool = False

    @property
    def aim_in_words(self) -> str:
        if self.aim is None:
            return ""
        return f"{'at least' if self.is_least else 'at most'} {self.aim:g}"

    @property
    def is_reached(self) -> bool | None:
        """None when there is no aim or no value."""
        if self.aim is None or self.value is None:
            return None
        return self.value >= self.aim if self.is_least else self.value <= self.aim


@dataclass
class Run:
    """All results of one run; `memory` in bytes, by process, `weight` by file;
    `care` what the simulated year and the scan brought, in figures and in lines.
    """

    begun: str
    conditions: dict[str, Any]
    sizes: list[Size] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)
    weight: dict[str, int] = field(default_factory=dict)
    care: list[Figure] = field(default_factory=list)
    care_lines: list[str] = field(default_factory=list)

    @property
    def figures(self) -> list[Figure]:
        """What is compared with aims and with the run before."""
        found = list(page_figures(self.sizes))
        if self.memory:
            total = sum(self.memory.values()) / MEGABYTE
            found.append(Figure("whole stack at rest, MB (PSS)", total, 600))
        if self.weight:
            total = sum(self.weight.values()) / 1000
            found.append(Figure("first visit of the search page, kB", total, 150))
        return found + self.care


def page_figures(sizes: Sequence[Size]) -> Iterable[Figure]:
    """CPU time, growth and ratios, at the size the aims are for or the nearest."""
    if not sizes:
        return
    smallest = min(sizes, key=lambda size: size.offerings)
    size = min(sizes, key=lambda size: abs(size.offerings - AIM_SIZE))
    new = [search.name for search in PAGES if search.is_new]
    for name in new:
        label = f"{name}: CPU ms at {size.offerings:,}"
        yield Figure(label, size.searches[name].together, 5)
    if size is not smallest:
        for name in new:
            growth = ratio(
                size.searches[name].together, smallest.searches[name].together
            )
            label = f"{name}: {size.offerings:,} / {smallest.offerings:,} offers"
            yield Figure(label, growth, 1.5)
    bare = size.searches[BARE.name].per_second
    for name, aim in (("cached", 0.8), ("304", 1.0)):
        share = ratio(size.searches[name].per_second, bare)
        yield Figure(f"{name} / bare view, req/s", share, aim, is_least=True)


def ratio(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def number(value: float | None, decimals: int = 2) -> str:
    return "n/a" if value is None else f"{value:,.{decimals}f}"


def table(size: Size) -> list[str]:
    """The searches of one size as lines; all times in milliseconds."""
    lines = [
        f"{size.offerings:,} offers; the first page after a start took "
        f"{size.first_answer:.1f} s",
        f"{'':18}" + "".join(f"{column:>10}" for column in COLUMNS),
    ]
    for name, cost in size.searches.items():
        lines.append(f"{name:18}" + "".join(f"{cell:>10}" for cell in _cells(cost)))
        if bare := size.statements.get(name):
            lines[-1] += f"{number(bare.cpu):>10}"
    return lines


def _cells(cost: Cost) -> list[str]:
    return [
        number(cost.per_second, 0),
        number(cost.p50, 1),
        number(cost.p99, 1),
        number(cost.web),
        number(cost.database),
        number(cost.together),
    ]


def comparison(figures: Sequence[Figure], before: dict[str, float | None]) -> list[str]:
    """The figures beside their aims and those of the run before."""
    lines = [f"{'':44}{'now':>8}{'before':>8}  aim"]
    for figure in figures:
        former = before.get(figure.name)
        verdict = {True: "reached", False: "missed", None: ""}[figure.is_reached]
        line = f"{figure.name:44}{number(figure.value):>8}"
        line += f"{number(former) if former is not None else '–':>8}"
        lines.append(f"{line}  {figure.aim_in_words:14}{verdict}".rstrip())
    return lines


def parts(title: str, sizes: dict[str, int], unit: int, name: str) -> list[str]:
    """Sizes by name, the largest first."""
    ordered = sorted(sizes.items(), key=lambda item: -item[1])
    return [
        f"{title}: {sum(sizes.values()) / unit:,.1f} {name}",
        *(f"  {size / unit:8,.1f} {name}  {part}" for part, size in ordered),
    ]


def text(run: Run, before: dict[str, float | None]) -> str:
    """The whole report."""
    blocks = [table(size) for size in run.sizes]
    if run.sizes:
        blocks[-1].append(
            "ms; web, database: CPU time of one request; bare SQL: CPU time of its "
            "statements alone"
        )
    if run.memory:
        blocks.append(parts("Memory at rest", run.memory, MEGABYTE, "MB"))
    if run.weight:
        blocks.append(parts("First visit", run.weight, 1000, "kB"))
    if run.care_lines:
        blocks.append(run.care_lines)
    blocks.append(comparison(run.figures, before))
    return "\n\n".join("\n".join(block) for block in blocks)


def write(run: Run, folder: Path) -> Path:
    """Keep the results; the file is named by the time."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{run.begun.replace(':', '').replace('-', '')}.json"
    figures = {figure.name: figure.value for figure in run.figures}
    path.write_text(json.dumps(asdict(run) | {"figures": figures}, indent=1))
    return path


def figures_before(folder: Path) -> dict[str, float | None]:
    """The figures of the runs before, by name, each from the latest that has it."""
    found: dict[str, float | None] = {}
    for path in sorted(folder.glob("*.json")):
        try:
            figures = json.loads(path.read_text())["figures"]
            found |= {str(name): value for name, value in figures.items()}
        except (OSError, ValueError, KeyError, AttributeError):
            continue
    return found
