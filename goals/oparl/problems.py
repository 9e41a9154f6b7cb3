"""What is odd about a server's objects, collected while they are read."""

from dataclasses import dataclass, field

from goals.models import OParlRun, OParlWarning

# Of one run so many are kept; the others are counted.
MOST_KEPT = 2000


@dataclass
class Problems:
    """Remarks that were not written yet, each once."""

    waiting: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def add(self, kind: str, address: str, detail: str = "") -> None:
        """Note something about the object of an address."""
        self.waiting[str(kind), str(address)[:500], str(detail)[:300]] = None

    def take(self) -> list[OParlWarning]:
        """Those that wait, which are then forgotten."""
        found = [
            OParlWarning(kind=kind, address=address, detail=detail)
            for kind, address, detail in self.waiting
        ]
        self.waiting.clear()
        return found


def write_problems(run: OParlRun, problems: Problems) -> None:
    """Keep what was collected with its run; what is there already stays once."""
    found = problems.take()
    room = MOST_KEPT - run.warnings.count() if found else 0
    for one in found:
        one.run = run
    OParlWarning.objects.bulk_create(found[: max(0, room)], ignore_conflicts=True)
