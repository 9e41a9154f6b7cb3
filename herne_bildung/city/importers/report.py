"""What an import found and did, for people to read."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

MOST_PROBLEMS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where (line and column, or feature), and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" if self.where else self.what


class ImportRefused(Exception):
    """A file with problems, all of them; nothing of it was written."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(map(str, self.problems)))

    def in_words(self) -> str:
        """One line for each problem; very many are counted."""
        lines = [
            f"Nichts übernommen. {len(self.problems)} Fehler:",
            *(f"  {problem}" for problem in self.problems[:MOST_PROBLEMS_SHOWN]),
        ]
        if (more := len(self.problems) - MOST_PROBLEMS_SHOWN) > 0:
            lines.append(f"  … und {more} weitere")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Change:
    """One changed value of an entry."""

    field: str
    old: Any
    new: Any

    def __str__(self) -> str:
        return f"{self.field}: {_shown(self.old)} → {_shown(self.new)}"


@dataclass(slots=True)
class Report:
    """What an import did, or would do (`is_dry_run`). Entries by name or number."""

    is_dry_run: bool = False
    new: list[str] = field(default_factory=list)
    changed: dict[str, list[Change]] = field(default_factory=dict)
    unchanged: list[str] = field(default_factory=list)
    vanished: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        """Counts first, then every entry that is new, changed or vanished."""
        lines = [
            f"neu {len(self.new)}, geändert {len(self.changed)}, "
            f"unverändert {len(self.unchanged)}, verschwunden {len(self.vanished)}"
        ]
        lines += [f"neu: {name}" for name in self.new]
        for name, changes in self.changed.items():
            lines.append(f"geändert: {name}")
            lines += [f"    {change}" for change in changes]
        lines += [f"verschwunden: {name}" for name in self.vanished]
        lines += [f"Hinweis: {note}" for note in self.notes]
        if self.is_dry_run:
            lines.append("Probelauf: nichts wurde geschrieben.")
        return "\n".join(lines)


def _shown(value: Any) -> str:
    """A value as a report shows it; long ones (shapes) shortened."""
    if value in (None, ""):
        return "(leer)"
    text = f"„{value}“" if isinstance(value, str) else str(value)
    return text if len(text) <= 120 else f"{text[:117]}…"
