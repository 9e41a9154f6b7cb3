"""Protection of a set of tables: what is published, what is kept secret."""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from monitoring.protection import engine, fallback
from monitoring.protection.build import build, linked
from monitoring.protection.earlier import add_earlier
from monitoring.protection.linear import too_close
from monitoring.protection.measures import Say
from monitoring.protection.refused import ProtectionRefused
from monitoring.protection.rules import Rule
from monitoring.protection.system import System
from monitoring.protection.tables import EarlierValue, Frame, Table
from monitoring.protection.time_sums import refuse_time_sums

# For the engine, and for opening cells again where it has not finished; one period.
SECONDS = 20
# A sentence names so many cells.
MOST_NAMED = 10

Suppress = Callable[[list[System], int], list[set[int] | None]]


@dataclass(slots=True)
class Protected:
    """What must not be published, and how it came about, in numbers."""

    hidden: set[Hashable] = field(default_factory=set)
    values: int = 0
    # Hidden because they are too small, or give away one that is.
    primary: int = 0
    # Were public before they were too small.
    lost: int = 0
    # Periods where the engine found nothing in time.
    without_engine: int = 0
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def secondary(self) -> int:
        """Hidden to protect others."""
        return len(self.hidden) - self.primary


def protect(
    tables: Iterable[Table],
    *,
    frame: Frame,
    rule: Rule,
    earlier: Iterable[EarlierValue] = (),
    say: Say,
    suppress: Suppress = engine.suppress,
    seconds: int = SECONDS,
) -> Protected:
    """Which values of linked tables must not be published. `say` names a cell in words.

    ProtectionRefused where the tables do not add up, or where no safe release is
    possible; whatever `suppress` proposes, nothing unsafe comes back.
    """
    begun = time.monotonic()
    told, earlier = defaultdict(list), list(earlier)
    for one in earlier:
        told[one.period].append(one)
    all_linked = linked(tables, frame, say)
    refuse_time_sums(all_linked, earlier)
    periods = sorted({p for table in all_linked.tables.values() for p in table.entries})
    systems = []
    for period in periods:
        system = build(all_linked, period, rule)
        add_earlier(system, all_linked, told[period])
        systems.append(system)
    found = Protected(notes=all_linked.notes)
    for system in systems:
        found.hidden |= system.withheld(())
        found.lost += len(system.lost)
    found.primary = len(found.hidden)
    small = [system for system in systems if system.needs]
    proposals = suppress(small, seconds) if small else []
    for system, proposal in zip(small, proposals, strict=True):
        secret = _safe(system, proposal, say, seconds)
        found.hidden |= system.withheld(secret)
        found.without_engine += proposal is None
    found.values = sum(len(system.shown) for system in systems)
    found.seconds = time.monotonic() - begun
    return found


def _safe(
    system: System, proposal: set[int] | None, say: Say, seconds: float
) -> set[int]:
    """The proposal, or more than it, so that linear programming finds nothing."""
    secret = (proposal or set()) - system.known
    if not too_close(system, system.hidden(secret)):
        return secret
    everything = set(range(len(system.keys))) - system.known
    hopeless = too_close(system, system.hidden(everything))
    if hopeless:
        raise ProtectionRefused(_refusal(system, hopeless, say))
    more = fallback.hide_more(system, secret)
    if too_close(system, system.hidden(more)):
        more = everything
    return fallback.open_again(system, more, seconds)


def _refusal(system: System, cells: list[int], say: Say) -> str:
    """Names the cells by what everybody knows of them."""
    names = []
    for cell in cells:
        (_kind, indicator), place = system.keys[cell][0][-2:], system.keys[cell][1]
        places = place if isinstance(place, frozenset) else [place]
        period = next(iter(system.shown))[1] if system.shown else ""
        names += [say(indicator, period, one) for one in places]
    named = "; ".join(dict.fromkeys(names[:MOST_NAMED]))
    return _(
        "These cells cannot be kept secret beside what is public already: %s. Release "
        "less detail: leave out the parts around them, or a level of areas."
    ) % (named + (" …" if len(names) > MOST_NAMED else ""))
